"""Calls of functions whose value MySQL knows, over the table of expressions.py, by family."""

import itertools

CALLS = []
# MySQL 9.7 has these no more.
MARIADB_CALLS = [f"{name}({value})" for name in ("md5", "sha1", "sha") for value in ("s", "i", "d", "bin", "da", "null")]
# Functions that MariaDB has not (or with fewer arguments), and functions that it answers otherwise for some of these rows; MySQL's answer is ours.
MARIADB_LACKS = {"regexp_like", "regexp_substr", "regexp_instr", "regexp_replace", "is_uuid", "uuid_to_bin", "bin_to_uuid", "json_overlaps"}
MARIADB_DIFFERS = {
    # A JSON column is text as it was inserted: its members keep their order, its numbers their digits.
    "json_set", "json_insert", "json_replace", "json_remove", "json_array_append", "json_array_insert", "json_merge_patch", "json_merge_preserve", "json_keys", "json_unquote",
    # Members in the order of the arguments; times with the fraction digits of their columns.
    "json_object", "json_array",
    # FALSE where MySQL has NULL for a path that leads nowhere; numbers are JSON; 18446744073709551615 is an INTEGER.
    "json_contains", "json_valid", "json_type",
    # NULL for an empty padding; 0 for the empty text in the empty text; a scale that the number has not; ln(x) / ln(2).
    "lpad", "rpad", "locate", "truncate", "log2",
    # Half away from zero, where MySQL rounds a double to even; no negative zero.
    "hex", "bit_count", "format",
    # Times beyond 838:59:59 are cut where MySQL has NULL; the largest one ends with .999999; fractions are kept.
    "date_add", "addtime", "timediff", "sec_to_time", "maketime", "time_to_sec", "time_format",
    # No year 0; no instant after 2106 (2038); offsets up to +13:00; days that do not exist.
    "from_days", "from_unixtime", "convert_tz", "str_to_date",
    # 0 for NULL.
    "is_ipv4", "is_ipv6",
}
# Where the language decides otherwise, as in expressions.py.
DECIDED = [
    # MySQL shows six digits of the same number.
    ("pi()", "PI()", "3.141592653589793"),
]


def same(*calls):
    CALLS.extend(calls)


def each(template, *choices):
    same(*(template.format(*values) for values in itertools.product(*choices)))


TEXTS = ["s", "p", "c", "l"]
NUMBERS = ["t", "i", "b", "u", "d", "e", "g"]
EXACT = ["t", "i", "b", "u", "d", "e"]
DAYS = ["da", "dt", "dz", "ts"]
CLOCKS = ["ti", "dt", "ts"]

# ---- text ----------------------------------------------------------------------------------------------------------
each("{0}({1})", ["ltrim", "rtrim", "reverse", "ascii", "hex", "to_base64", "lcase", "ucase", "character_length"], ["s", "p", "c", "en"])
each("concat('=', quote({0}))", TEXTS + ["en"])
each("{0}({1})", ["bit_length", "ord"], ["s", "p", "c"])
each("hex({0})", EXACT + ["g", "f", "bin", "y", "bits", "da", "dt"])
each("{0}(s, {1}, {2})", ["lpad", "rpad"], ["0", "3", "20", "-1", "t", "null"], ["'*'", "'☃x'", "''", "p"])
each("repeat({0}, {1})", ["s", "c"], ["0", "1", "3", "-2", "t", "null"])
same("repeat('', 1000)", "space(3)", "space(0)", "space(-1)", "space(t)", "char_length(space(i))", "space(null)")
each("locate({0}, s)", ["p", "'o'", "''", "'World'", "'☃'", "null", "c"])
each("locate({0}, s, {1})", ["'l'", "''", "'o'"], ["0", "1", "5", "100", "-1", "t", "null"])
each("instr(s, {0})", ["p", "'o'", "''", "'☃'", "c"])
same("char_length(char(77, 121))", "hex(char(77, 121, 83))", "hex(char(256, null, 65))", "hex(char(t))", "hex(char(i))", "hex(char(0))", "hex(char(null))")
each("hex(unhex({0}))", ["'4D79'", "'fff'", "''", "'xy'", "c", "hex(s)", "s"])
each("hex(from_base64({0}))", ["'YWJj'", "'YW Jj'", "'YWJ'", "'YWJj='", "'/+=='", "to_base64(s)", "s", "''", "'===='"])
same("hex(to_base64(repeat(s, 9)))", "to_base64(bin)", "hex(from_base64(to_base64(bin)))", "length(to_base64(repeat('a', 57)))", "length(to_base64(repeat('a', 58)))", "hex(to_base64(repeat('b', 114)))")
same("concat_ws(',', s, p, c)", "concat_ws('', i, d)", "concat_ws(p, s, s)", "concat_ws(null, s)", "concat_ws('-', s, null, c)", "concat_ws('-', null, null)", "concat_ws(',', da, en)")
same("field(s, 'Hello World', '', 'x')", "field(i, 1, 42, 0)", "field(d, 12.3456, 0.5)", "field(g, 2.25, 0)", "field(c, s, p, c)", "field(null, 1)", "field(t, d, g, 7)", "field(en, 'new', 'paid')")
same("elt(t, 'a', 'b', 'c', 'd', 'e', 'f', 'g')", "elt(1, s, p)", "elt(2, s, p)", "elt(0, s)", "elt(3, s, p)", "elt(null, s)", "elt(2, s, null)", "elt(1, i, d)")
each("find_in_set({0}, {1})", ["'a'", "'b'", "''", "'a,b'", "null"], ["st", "'a,,b'", "''", "'b,a'"])
each("insert(s, {0}, {1}, {2})", ["1", "3", "0", "-1", "100", "t"], ["0", "2", "-1", "100"], ["'XY'"])
same("insert(s, 2, 3, p)", "insert(s, 2, 3, '')", "insert(s, 2, 3, null)", "insert(l, 2, 1, 'ää')")
each("substring_index(s, {0}, {1})", ["' '", "'l'", "'o W'", "''", "p"], ["1", "2", "-1", "-2", "0", "100", "-100"])
same("substring_index('aaaa', 'aa', 1)", "substring_index('aaaa', 'aa', -1)", "substring_index('aaaaa', 'aa', -2)", "substring_index('a.b.c', '.', 2)")
each("strcmp({0}, {1})", ["s", "c", "l"], ["p", "'abc'", "''", "c"])
each("format({0}, {1})", NUMBERS, ["0", "2", "5", "-1", "30"])
same("format(b * 12345, 3)", "format(1234567.5, 0)", "format(-0.5, 0)", "format(999.995, 2)", "format(12332.2, t)", "format(null, 2)", "format(2.5e0, 0)", "format(1e15, 2)")
each("make_set({0}, 'a', 'b', null, 'd')", ["0", "1", "3", "15", "t", "null", "u"])
same("make_set(1 | 4, s, p, c)", "export_set(5, 'Y', 'N', ',', 4)", "export_set(6, '1', '0', ',', 10)", "export_set(t, 'a', 'b')", "export_set(u, '', 'x', '')", "export_set(1, s, p, '|', 3)", "export_set(3, 'on', 'off', ',', -1)", "export_set(3, 'on', 'off', ',', 100)")
each("{0}(s, 2)", ["substr", "mid"])
same("mid(s, 2, 3)", "substr(s, -3, 2)", "octet_length(s)")
PATTERNS = ["'[a-z]+'", "'o'", "'^[A-Z]'", "'[0-9]+'", "'l+'", "'W(or)ld'", "'☃'", "'x*'", "'^$'"]
each("regexp_like(s, {0})", PATTERNS)
each("regexp_like(s, {0}, {1})", ["'hello'", "'^w.*D$'", "'ÜNÏ'"], ["'i'", "'c'", "'im'"])
each("regexp_substr(s, {0})", PATTERNS)
each("regexp_substr(s, '[a-z]', 1, {0})", ["1", "2", "9", "0"])
each("regexp_instr(s, {0})", PATTERNS)
same("regexp_instr(s, 'o', 1, 2)", "regexp_instr(s, 'o', 1, 1, 1)", "regexp_instr(s, 'l+', 1, 1, 1)", "regexp_instr(s, 'O', 1, 1, 0, 'i')", "regexp_instr(s, null)")
each("regexp_replace(s, {0}, {1})", PATTERNS, ["''", "'<$0>'", "'_'"])
same("regexp_replace(s, '([a-z])([a-z])', '$2$1')", "regexp_replace(s, 'o', 'X', 1, 2)", "regexp_replace(s, 'O', 'X', 1, 0, 'i')", "regexp_replace(s, 'o', null)", "regexp_replace('a.b', '[.]', '\\\\$1')")

# ---- numbers -------------------------------------------------------------------------------------------------------
each("sign({0})", NUMBERS + ["f", "null"])
each("truncate({0}, {1})", ["d", "e", "i", "g", "b", "u"], ["0", "1", "3", "-1", "-2", "-30", "t", "null"])
each("{0}({1})", ["sqrt", "ln", "log", "log2", "log10", "asin", "acos"], ["d", "g", "i", "u", "0.5", "-1", "0", "1"])
each("{0}({1})", ["sin", "cos", "tan", "atan", "radians", "degrees"], ["d", "g", "t", "0.5", "-1", "0"])
each("exp({0})", ["d", "t", "1", "-2.5", "0"])
each("pow({0}, {1})", ["d", "t", "2", "0.5"], ["2", "0", "3"])
each("log({0}, {1})", ["2", "10", "1", "0", "-2", "0.5"], ["d", "8", "0", "g"])
same("atan(1, d)", "atan2(d, 2)", "atan2(-1, -1)", "cot(1)", "cot(d + 1)", "power(2, -1)", "pow(u, 2)", "pi() + g")
each("greatest({0}, {1})", ["t", "i", "d", "g"], ["0", "2.5", "d", "b", "1e0", "null"])
each("least({0}, {1})", ["t", "i", "d", "g"], ["0", "2.5", "d", "b", "1e0", "null"])
same("greatest(s, p)", "least(s, p, c)", "greatest(dt, dz)", "least(dt, dz)", "greatest(en, st)", "greatest(1, 2, 3, t)", "least(u, u)", "greatest(ti, ti)")
each("bit_count({0})", NUMBERS + ["bits", "null", "7"])
each("crc32({0})", ["s", "i", "d", "bin", "da", "en", "null", "''"])
each("conv({0}, {1}, {2})", ["i", "b", "'ff'", "'-17'", "'zz'", "''", "s"], ["10", "16", "36", "-10"], ["2", "16", "-10", "36"])
same("conv('1', 1, 10)", "conv('1', 37, 10)", "conv('12x', 10, 10)", "conv('99999999999999999999999', 10, 16)", "conv('-99999999999999999999999', -10, 16)", "conv(null, 10, 2)")
each("{0}({1})", ["bin", "oct"], ["t", "i", "b", "u", "12.9", "-12.9", "d", "y", "null"])

# ---- hashes and encodings ------------------------------------------------------------------------------------------
each("sha2({0}, {1})", ["s", "i", "bin"], ["224", "256", "384", "512", "0"])
each("is_uuid({0})", ["'6ccd780c-baba-1026-9564-5b8c656024db'", "'6ccd780cbaba102695645b8c656024db'", "'{6ccd780c-baba-1026-9564-5b8c656024db}'", "s", "null", "''"])
same("hex(uuid_to_bin('6ccd780c-baba-1026-9564-5b8c656024db'))", "hex(uuid_to_bin('6ccd780c-baba-1026-9564-5b8c656024db', 1))", "bin_to_uuid(uuid_to_bin('6CCD780C-BABA-1026-9564-5B8C656024DB'))",
     "bin_to_uuid(uuid_to_bin('6ccd780c-baba-1026-9564-5b8c656024db'), 1)", "bin_to_uuid(unhex(left(sha2(s, 256), 32)))", "bin_to_uuid(unhex(left(sha2(s, 256), 32)), true)")
each("inet_aton({0})", ["'10.0.5.9'", "'127.1'", "'127.0.1'", "'1'", "'256.1.1.1'", "'1.2.3.'", "'x'", "s", "''", "null"])
each("inet_ntoa({0})", ["167773449", "0", "-1", "4294967295", "4294967296", "i", "u"])
ADDRESSES = ["'::'", "'::1'", "'fdfe::5a55:caff:fefa:9089'", "'1:2:3:4:5:6:7:8'", "'::ffff:1.2.3.4'", "'::1.2.3.4'", "'10.0.5.9'", "'1::2::3'", "'1:2:3'", "'fe80::'", "'12345::'", "'1:0:0:2:0:0:0:3'", "'2001:db8:0:1:1:1:1:1'", "s", "null"]
each("hex(inet6_aton({0}))", ADDRESSES)
each("inet6_ntoa(inet6_aton({0}))", ADDRESSES)
each("{0}({1})", ["is_ipv4", "is_ipv6"], ADDRESSES + ["'1.2.3'", "'01.02.03.04'", "'1.2.3.4.5'"])
each("isnull({0})", ["s", "i", "da", "null", "j"])

# ---- dates and times -----------------------------------------------------------------------------------------------
each("{0}({1})", ["year", "month", "day", "dayofmonth", "dayofweek", "weekday", "dayofyear", "week", "weekofyear", "yearweek", "quarter", "to_days", "to_seconds", "last_day", "dayname", "monthname", "date"], DAYS)
each("{0}({1})", ["hour", "minute", "second", "microsecond", "time_to_sec", "time"], CLOCKS + ["dz"])
same("hour('10:11:12.5')", "minute('10:11:12')", "microsecond('10:11:12.5')", "time_to_sec('-01:00:01')", "hour('2024-01-01 23:00:00')", "year('2024-02-29')", "time_to_sec('10:11')", "dayname('2024-02-29')")
each("week({0}, {1})", ["da", "dt"], range(8))
each("yearweek({0}, {1})", ["da", "dt"], range(8))
UNITS = ["microsecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"]
each("date_add({0}, interval {1} {2})", ["da", "dt", "dz", "ts"], ["1", "-5"], UNITS)
each("date_sub({0}, interval {1} {2})", ["da", "dt"], ["t", "13"], UNITS)
each("date_add(ti, interval {0} {1})", ["1", "-90"], UNITS[:4])
each("{0} {1} interval {2} {3}", ["da", "dt"], ["+", "-"], ["100", "i"], ["day", "month", "hour"])
same("interval 1 day + da", "adddate(da, 31)", "subdate(da, 31)", "adddate(dt, t)", "date_add(dt, interval 1.5 second)", "date_add(da, interval 0.25 second)", "date_add(da, interval null day)", "adddate(da, interval 1 week)",
     "date_add(dt, interval 100000 year)", "date_sub(dt, interval 100000 month)", "date_add(dt, interval b day)", "date_add(dt, interval b second)")
each("timestampdiff({0}, {1}, {2})", UNITS, ["da", "dt"], ["dz", "da", "'2001-02-03 04:05:06'"])
each("timestampdiff({0}, ts, {1})", UNITS, ["'2024-02-29 12:34:56.5'"])
each("timestampadd({0}, {1}, {2})", UNITS, ["3", "-t"], ["da", "dt"])
each("datediff({0}, {1})", ["da", "dt", "dz"], ["da", "dt"])
each("datediff({0}, {1})", DAYS, ["'2001-02-03'", "'2024-02-28 23:59:59'"])
same("timediff(ti, '01:00:00')", "timediff(ti, ti)", "timediff(dt, dz)", "timediff(dz, dt)", "timediff(ts, '2024-02-29 00:00:00')", "timediff('10:00', '12:30')", "timediff(ti, '-838:59:59')")
same("addtime(dt, '01:00:00')", "addtime(ti, '01:00:00.5')", "addtime(dz, ti)", "subtime(dt, ti)", "subtime(ti, '100:00:00')", "addtime(ti, ti)", "subtime(dz, '1:1:1.000002')", "addtime(ts, '-23:00:00')")
each("from_days({0})", ["to_days(da)", "719528", "1", "365", "366", "3652424", "3652425", "i", "null"])
each("makedate({0}, {1})", ["2024", "2023", "70", "69", "9999", "y"], ["1", "60", "366", "0", "-1", "400", "t"])
each("maketime({0}, {1}, {2})", ["1", "-1", "837", "1000", "t"], ["0", "59", "60", "-1"], ["0", "59.5", "60", "1.123456"])
each("sec_to_time({0})", ["i", "d", "t", "0.5", "-3661", "1e10", "3020399", "3020400", "null", "12.345678"])
each("time_format({0}, '{1}')", ["ti", "dt"], ["%H:%i:%s", "%k %h %I %l %p", "%r|%T|%f", "%M", "%Y-%m-%d", "x%%y"])
each("period_add({0}, {1})", ["202411", "2411", "9912", "199901"], ["0", "3", "-13", "t"])
each("period_diff({0}, {1})", ["202411", "2411", "9912"], ["202402", "7001", "6912"])
each("unix_timestamp({0})", ["ts", "'2024-02-29 10:11:12'", "'2024-02-29 10:11:12.25'", "'2024-02-29'", "'1970-01-01'", "null"])
each("from_unixtime({0})", ["0", "1709164800", "1709164800.25", "i", "b", "u", "-1", "32536771199", "32536771200", "null", "1.5e9"])
each("convert_tz({0}, {1}, {2})", ["dt", "dz", "ts", "da"], ["'+00:00'", "'+05:30'"], ["'-08:00'", "'+14:00'", "'+00:00'"])
FORMATTED = [("'29.02.2024'", "%d.%m.%Y"), ("'2024-02-29 10:11:12'", "%Y-%m-%d %H:%i:%s"), ("'2024-02-30'", "%Y-%m-%d"), ("'2024-13-01'", "%Y-%m-%d"), ("'24-2-9'", "%y-%c-%e"),
             ("'Feb 29, 2024 1:02 PM'", "%b %e, %Y %l:%i %p"), ("'february 29th 2024'", "%M %D %Y"), ("'2024-060'", "%Y-%j"), ("'10:11:12.5'", "%T.%f"), ("'01:02:03 PM'", "%r"),
             ("'13:02:03 PM'", "%r"), ("'2024-02-29x'", "%Y-%m-%d"), ("'2024-02'", "%Y-%m-%d"), ("'  2024 -02-29'", "%Y-%m-%d"), ("''", "%Y-%m-%d"), ("'Thu 29 Feb 2024'", "%a %d %b %Y"),
             ("'20240229'", "%Y%m%d"), ("'2024-02-29T10:11:12'", "%Y-%m-%dT%H:%i:%s"), ("'10:60'", "%H:%i"), ("'24:00'", "%H:%i"), ("'2024-02-29 10:11:12.123456789'", "%Y-%m-%d %H:%i:%s.%f")]
same(*(f"str_to_date({text}, '{form}')" for text, form in FORMATTED))
same(*(f"str_to_date(date_format(dt, '{form}'), '{form}')" for form in ["%Y-%m-%d %H:%i:%s.%f", "%d/%b/%Y", "%W %e %M %Y %r", "%T", "%Y %j"]))

# ---- JSON ----------------------------------------------------------------------------------------------------------
VALUES = ["1", "'x'", "null", "2.50", "s", "i", "d", "da", "dt", "ti", "json_array(1, t)", "true", "g", "en"]
each("json_set(j, '$.a', {0})", VALUES)
each("json_insert(j, '$.zz', {0})", VALUES)
each("{0}(j, {1}, 7)", ["json_set", "json_insert", "json_replace", "json_array_append"], ["'$'", "'$.a'", "'$.b'", "'$.b[0]'", "'$.b[9]'", "'$.x.y'", "'$.\"new name\"'", "'$.a[0]'", "'$.a[1]'", "'$[0]'", "'$[3]'", "'$.b.c'"])
each("json_array_insert(j, {0}, 'v')", ["'$[0]'", "'$.b[0]'", "'$.b[1]'", "'$.b[9]'", "'$.a[0]'", "'$.b.c[0]'"])
each("json_remove(j, {0})", ["'$.a'", "'$.b'", "'$.b[0]'", "'$.b[2]'", "'$.n'", "'$.x'", "'$[0]'", "'$.b.c'", "'$.a', '$.b'", "'$.t', '$.d', '$.s'"])
same("json_set(j, '$.p', 1, '$.q', json_object('r', 2))", "json_set(j, '$.a', 1, '$.a', 2)", "json_set('{\"a\":2}', '$.c', 3)")
each("{0}(j)", ["json_length", "json_depth", "json_keys", "json_valid", "json_unquote"])
each("{0}(j, {1})", ["json_length", "json_keys"], ["'$.a'", "'$.b'", "'$.b[0]'", "'$.x'", "'$'", "'$.b.c'"])
each("concat('=', json_type(json_extract(j, {0})))", ["'$'", "'$.a'", "'$.b'", "'$.t'", "'$.n'", "'$.s'", "'$.d'", "'$.b[1]'"])
same("json_valid(s)", "json_valid('{\"a\": 1}')", "json_valid('{a: 1}')", "json_valid(i)", "json_valid(null)", "json_quote(s)", "json_quote('a\"b\\\\c\\n')", "json_quote(null)", "hex(json_unquote('\"a\\\\tb\"'))", "json_unquote(s)", "json_unquote(json_quote(s))", "json_unquote(json_extract(j, '$.s'))")
each("json_contains(j, {0})", ["'1'", "'[1]'", "'{\"a\": 1}'", "'{\"t\": true}'", "'{\"b\": [1, \"x\"]}'", "'\"plain\"'", "'12'", "'12.0'", "'[]'", "'{}'", "j", "'null'"])
each("json_contains(j, {0}, {1})", ["'1'", "'\"x\"'", "'[2.5]'", "'null'"], ["'$.a'", "'$.b'", "'$.n'", "'$.x'"])
each("json_contains_path(j, {0}, {1})", ["'one'", "'all'", "'ALL'"], ["'$.a'", "'$.a', '$.x'", "'$.n', '$.b[1]'", "'$.x'"])
each("json_overlaps(j, {0})", ["'[12, 1]'", "'{\"a\": 1}'", "'12'", "'\"plain\"'", "'{\"zz\": 1, \"t\": true}'", "'[]'", "j"])
same("json_object()", "json_array()", "json_object('id', i, 'longer', s, 'b', d)", "json_object('a', 1, 'a', 2)", "json_object('k', null)", "json_object(concat('n', 1), j)", "json_array(i, s, d, null, true, false)", "json_array(da, dt, ti, dz)",
     "json_array(g, 1e100, 0.5)", "json_array(j, json_array())", "json_array(en, st, c)", "json_array(i = 42, i is null)", "json_object('é', 'ü', 'q\"', 'b\\\\')", "json_array(u, b)", "json_array(y)")
each("json_merge_patch(j, {0})", ["'{\"a\": null}'", "'{\"b\": {\"c\": null, \"d\": 1}, \"new\": {\"x\": null, \"y\": 1}}'", "'[1]'", "'5'", "null", "j", "'{}'"])
each("json_merge_preserve(j, {0})", ["'{\"a\": 2}'", "'[1]'", "'5'", "j", "'{\"b\": [3], \"z\": 1}'", "'[]'", "null"])
same("json_merge_patch('{\"a\": 1}', j, '{\"a\": 3}')", "json_merge_patch(null, '[1]')", "json_merge_preserve('[1]', '2', j)")
