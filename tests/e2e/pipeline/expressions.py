"""Expressions whose value MySQL knows: (as the language writes it, as MySQL writes it), over one table of all types."""

import itertools

import function_expressions

TABLE = """
CREATE TABLE x (
  id INT PRIMARY KEY, t TINYINT, i INT, b BIGINT, u BIGINT UNSIGNED, flag TINYINT(1), d DECIMAL(12,4), e DECIMAL(20,0), f FLOAT, g DOUBLE,
  s VARCHAR(40), p VARCHAR(40), c CHAR(5), l VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin, da DATE, ti TIME(3), dt DATETIME(6),
  dz DATETIME, ts TIMESTAMP(3) NULL, y YEAR, en ENUM('new', 'paid', 'gone'), st SET('a', 'b', 'c'), j JSON, bits BIT(8), bin VARBINARY(10)
) COLLATE utf8mb4_bin;
INSERT INTO x VALUES
  (1, 7, 42, 9000000000, 12, 1, 12.3456, 100, 1.5, 2.25, 'Hello World', 'lo', 'abc', 'naïve', '2024-02-29', '12:34:56.789', '2024-02-29 12:34:56.789012',
   '2024-02-29 12:34:56', '2024-02-29 12:34:56.789', 2024, 'paid', 'a,c', '{"a": 1, "b": [1, 2.5, "x"], "t": true, "n": null, "s": "text", "d": 12.50}', 200, x'00ff41'),
  (2, -7, -42, -9000000000, 1, 0, -12.3456, -100, -1.5, -2.25, '  padded  ', '', '', '', '1999-12-31', '-12:34:56.789', '1999-12-31 23:59:59.999999',
   '1999-12-31 23:59:59', '1999-12-31 23:59:59.999', 1999, 'new', '', '[]', 0, ''),
  (3, 0, 0, 0, 0, NULL, 0, 0, 0, 0, '', 'x', 'ünï', 'ÿ', '2000-01-01', '00:00:00', '2000-01-01 00:00:00', '2000-01-01', '2000-01-01 00:00:00', 2000, 'gone', 'b', '"plain"', 1, x'61'),
  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (5, 127, 2147483647, 4000000000, 4000000000, 2, 0.5, 5, 0.1, 1e15, 'ünïcödé ☃ 😀', '☃', 'a b', 'Ä', '9999-12-31', '838:59:59', '1000-01-01 00:00:00.000001',
   '9999-12-31 23:59:59', '2037-12-31 23:59:59.5', 2155, 'paid', 'a,b,c', '{"a": -5, "b": {"c": [null, 1e3]}}', 255, x'ffffffffffffffff'),
  (6, 1, 3, 10, 10, 1, 1.5, 3, 2.5, 0.5, 'a_b%c', 'a_', 'AbC', 'abc', '2024-12-30', '00:00:01.5', '2024-12-30 06:07:08.5', '2024-12-30 18:00:00',
   '2024-12-30 00:00:01', 2024, 'new', 'c', '{"a": 18446744073709551615, "b": "é"}', 128, x'616263'),
  (7, -128, -2147483648, -1, 7, 1, -0.5, -3, -0.25, -1e-3, '12', '2', '12', '12', '2021-01-03', '23:59:59.999', '2021-01-03 00:00:00', '2021-01-03',
   '2021-01-03 12:00:00', 2021, 'gone', 'a,b', '12', 16, x'3132');
"""

NUMBERS = ["t", "i", "b", "d", "e", "g", "f"]
SAME = []


def same(*expressions):
    SAME.extend((text, text) for text in expressions)


def each(template, *choices):
    same(*(template.format(*values) for values in itertools.product(*choices)))


each("{0} {1} {2}", NUMBERS, ["+", "-", "*"], ["t", "d", "g", "3", "2.5", "1e0", "-7"])
each("{0} {1} {2}", NUMBERS, ["/", "%", "div"], ["i", "d", "g", "7", "2.5", "0", "-0.3"])
each("{0} + {1}", ["u"], ["1", "2.5", "u", "1e0", "d"])
each("-{0}", NUMBERS + ["u"])
each("{0} {1} {2}", ["t", "i", "u", "b"], ["&", "|", "^", "<<", ">>"], ["3", "u", "t"])
each("~{0}", ["t", "i", "u", "b", "bits"])
each("{0} {1} {2}", NUMBERS + ["u"], ["=", "<>", "<", "<=", ">", ">=", "<=>"], ["d", "g", "i", "0", "2.5"])
each("{0} {1} {2}", ["s", "c", "l"], ["=", "<>", "<", "<=", ">", ">=", "<=>"], ["p", "'a'", "''", "'ünï'"])
each("da {0} {1}", ["=", "<", ">", "<=>"], ["'2024-02-29'", "dt", "dz"])
each("dt {0} {1}", ["=", "<=", ">="], ["'2024-02-29 12:34:56.789012'", "'2000-01-01'", "dz"])
each("ti {0} {1}", ["=", "<", ">"], ["'12:34:56.789'", "'-00:00:01'", "'100:00:00'"])
each("y {0} {1}", ["=", "<", ">"], ["2024", "i"])
each("{0} {1} {2}", ["(i > 0)", "(g = 0)", "(flag is null)", "flag", "(s like '%o%')"], ["and", "or", "xor"], ["(d < 1)", "flag", "(p is null)", "true", "false", "null"])
each("not {0}", ["(i > 0)", "flag", "(s = '')", "null"])
each("{0} is {1}", ["flag", "(i > 0)", "(d is null)", "t"], ["null", "not null", "true", "not true", "false", "not false"])
each("{0} between {1} and {2}", ["i", "d", "g", "t"], ["-3", "d", "0.5"], ["42", "1e3", "b"])
each("{0} not between {1} and {2}", ["i"], ["-3", "null"], ["42", "null"])
each("s {0} {1}", ["like", "not like"], ["'%o%'", "'a\\\\_b\\\\%c'", "'_ello%'", "'%☃%'", "''", "'%'", "p", "concat('%', p, '%')"])
each("s {0} {1}", ["regexp", "not regexp"], ["'^[A-Z]'", "'o.*d$'", "'[0-9]+'", "'☃'", "'^$'"])
same("i in (1, 42, 0)", "i in (1, null)", "i not in (42, null)", "d in (0.5, 12.3456)", "s in ('12', '')", "s not in ('12', 'x')", "da in ('2024-02-29', '1999-12-31')",
     "en in ('new', 'paid')", "en = 'paid'", "en <> 'paid'", "en <=> 'gone'", "st = 'a,c'", "t in (d, g, 7)", "dt in ('2000-01-01 00:00:00')")
each("round({0})", NUMBERS + ["u", "2.5", "-2.5", "2.5e0"])
each("round({0}, {1})", ["d", "g", "e", "i", "f"], ["0", "1", "2", "-1", "-2"])
each("{0}({1})", ["floor", "ceil", "abs"], [n for n in NUMBERS if n != "t"] + ["u", "-2.5", "2.5e0"])
each("mod({0}, {1})", NUMBERS, ["7", "d", "2.5", "0"])
each("{0}({1})", ["lower", "upper", "length", "char_length", "trim"], ["s", "c", "p", "'ÀéÎ ☃'"])
same("lower(l)", "trim(l)", "char_length(l)")
each("{0}({1})", ["length", "lower", "upper"], ["en", "st"])
each("{0}(s, {1})", ["left", "right"], ["0", "1", "5", "100", "-1", "t"])
each("substring({0}, {1})", ["s", "l"], ["1", "3", "-3", "0", "100", "t"])
each("substring({0}, {1}, {2})", ["s"], ["1", "3", "-3", "0"], ["0", "2", "100", "-1", "null"])
same("concat(s, p)", "concat(s, '-', c)", "concat(s, null)", "concat(i, ':', d)", "concat(da, ' ', ti)", "concat(en, '/', st)", "concat(g)", "concat(f)", "concat(u, b)", "concat(l, s)",
     "replace(s, 'l', 'LL')", "replace(s, p, '')", "replace(s, '', 'x')", "replace(l, 'a', 'ä')", "length(bin)", "concat(y)", "concat(dt)", "concat(ts)", "char_length(dt)", "length(d)")
same("coalesce(i, 0)", "coalesce(null, d, 1)", "coalesce(s, p, 'none')", "coalesce(i, d)", "coalesce(t, g)", "coalesce(flag, 9)", "coalesce(da, '2000-01-01')", "coalesce(null, null)",
     "ifnull(i, -1)", "ifnull(s, 'none')", "ifnull(d, g)", "ifnull(flag, t)", "nullif(i, 42)", "nullif(s, '')", "nullif(d, 0.5)", "nullif(i, d)", "nullif(flag, null)",
     "if(i > 0, 'pos', 'neg')", "if(flag, i, b)", "if(null, 1, 2)", "if(s = '', null, s)", "if(g > 0, t, g)", "if(i > 0, da, null)")
same("case when i > 0 then 'p' when i < 0 then 'n' else 'z' end", "case i when 42 then 1 when 0 then 2 end", "case en when 'paid' then 'P' when 'new' then 'N' else '?' end",
     "case when flag then i else b end", "case s when '' then 'empty' else s end", "case when d > 0 then d when g > 0 then g else i end", "case when null then 1 else 0 end",
     "case t when d then 'd' when null then 'n' else 'e' end")
same("j -> '$.a'", "j -> '$.b'", "j ->> '$.s'", "j ->> '$.b[2]'", "j -> '$.b[1]'", "j ->> '$.n'", "j -> '$.n'", "j ->> '$.t'", "j -> '$.missing'", "j ->> '$'", "j -> '$.b.c'", "j ->> '$.d'",
     "json_value(j, '$.a')", "json_value(j, '$.s')", "json_value(j, '$.b[1]')", "json_value(j, '$.n')", "json_value(j, '$.t')", "json_value(j, '$.d')", "json_value(j, '$.missing')", "length(j ->> '$.b')")
FORMATS = ["%Y-%m-%d", "%H:%i:%s.%f", "%a %b %c %D %d %e", "%h %I %k %l %p %r %T", "%j %M %m %y", "%U %u %V %v %X %x %w %W", "%%", "Q%Y/%m"]
each("date_format({0}, '{1}')", ["da", "dt", "ts"], FORMATS)

CASTS = {"bigint": "SIGNED", "bigint unsigned": "UNSIGNED", "decimal(20,2)": "DECIMAL(20,2)", "decimal(10,0)": "DECIMAL(10,0)", "double": "DOUBLE", "float": "FLOAT",
         "varchar(3)": "CHAR(3)", "varchar(40)": "CHAR(40)", "date": "DATE", "time(2)": "TIME(2)", "datetime(3)": "DATETIME(3)", "datetime": "DATETIME", "time": "TIME", "json": "JSON", "year": "YEAR"}


def casts(columns, types):
    return [(f"try_cast({column} as {kind})", f"CAST({column} AS {CASTS[kind]})") for column in columns for kind in types]


CAST_PAIRS = (casts(["t", "i", "d", "e"], ["bigint", "decimal(20,2)", "double", "varchar(40)"]) + casts(["g", "f"], ["bigint", "decimal(20,2)", "double"])
              + casts(["u"], ["bigint", "bigint unsigned", "decimal(20,2)", "double", "varchar(40)"]) + casts(["dt", "dz", "ts"], ["date", "time(2)", "datetime(3)", "datetime", "varchar(40)", "varchar(3)", "bigint"])
              + casts(["da"], ["datetime(3)", "varchar(40)", "bigint", "json"]) + casts(["ti"], ["time(2)", "time", "varchar(40)", "bigint", "decimal(20,2)", "double"]) + casts(["dt", "dz", "ts", "da"], ["decimal(20,2)", "double"])
              + casts(["s", "en", "st", "l"], ["varchar(3)", "varchar(40)"]) + casts(["i", "d", "j"], ["json"]) + casts(["j"], ["varchar(40)"]) + casts(["bits"], ["bigint", "double"])
              + casts(["y"], ["bigint", "varchar(40)"]) + casts(["en", "st"], ["bigint"]))
DIFFERENT = CAST_PAIRS + [(f"sha256({x})", f"SHA2({x}, 256)") for x in ("s", "i", "concat(s, p)", "bin")]
# Where the language decides otherwise: the third is its value for the row with id 1.
DECIDED = [
    # Text is UTF-8, whatever the column's character set was.
    ("length(l)", "LENGTH(l)", "6"),
    ("sha256(l)", "SHA2(l, 256)", "f86fd89de87a848a45bfe77708d91a5d2ff48b8e4a4b98af5165af82692f8928"),
    # A DECIMAL has its column's scale; MySQL's IF and CASE give 42 in a DECIMAL(14,4).
    ("if(flag, i, d)", "IF(flag, i, d)", "42.0000"),
    ("case when flag then i else d end", "CASE WHEN flag THEN i ELSE d END", "42.0000"),
    # Text that is no number is no number, not 0 or a part of it.
    ("try_cast(s as bigint)", "CAST(s AS SIGNED)", None),
    ("try_cast('12x' as bigint)", "CAST('12x' AS SIGNED)", None),
    ("try_cast('2.5' as bigint)", "CAST('2.5' AS SIGNED)", None),
    # Strings compare by their bytes, without regard to a collation.
    ("'a' = 'A'", "'a' = 'A'", "0"),
]

PAIRS = SAME + DIFFERENT + [(call, call) for call in function_expressions.CALLS]
DECIDED += function_expressions.DECIDED

# The class of a result's type, where it is not MySQL's.
CLASS_DECIDED = {}

# Over one row: b and n are the ends of BIGINT, u of BIGINT UNSIGNED, d the largest DECIMAL(65,0), g the largest DOUBLE. Some have
# a value, some are out of range.
EXTREMES = """
CREATE TABLE extremes (id INT PRIMARY KEY, b BIGINT, n BIGINT, u BIGINT UNSIGNED, o BIGINT UNSIGNED, d DECIMAL(65,0), g DOUBLE, s VARCHAR(20)) COLLATE utf8mb4_bin;
"""
EXTREME_ROW = "9223372036854775807, -9223372036854775808, 18446744073709551615, 1, REPEAT('9', 65), 1.7976931348623157e308, 'text'"
EDGES = ["b + 0", "b + 1", "b + o", "n - 1", "n + 1", "-b", "-n", "abs(n)", "abs(b)", "u + 0", "u + o", "u - u", "o - u", "u - b", "o - 2", "b * 2",
         "b * 1", "b * b", "n * -1", "u * o", "u * u", "u * -1", "n div -1", "b div -1", "u div -1", "u div o", "u div 0", "b % -1", "n % -1", "u % b", "d + 0", "d + 1",
         "d * 2", "d - d", "d * 0.1", "d / 3", "-d", "g + g", "g * 1", "g * 2", "g * -2", "g / 0.5", "g - g", "g div 1", "b << 1", "u << 63", "u >> 1", "~o", "b | u",
         "n & u", "b ^ n", "o << 64", "o << u", "b = u", "n < u", "b < u", "n = -9223372036854775808", "u = 18446744073709551615", "b = 9223372036854775807.0",
         "b between n and u", "round(b)", "round(b, -1)", "round(b, -19)", "round(u, -1)", "round(d, -64)", "floor(g)", "ceil(n)", "round(n, -2)", "mod(n, 10)", "mod(u, 10)", "b / n", "u / o", "n / 0"]
# Out of range here, as no column can hold them; MySQL's intermediate results have up to 81 digits.
MORE_THAN_65_DIGITS = ["d + 1", "d * 2", "d / 3", "round(d, -64)"]
