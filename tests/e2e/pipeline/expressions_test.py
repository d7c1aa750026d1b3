"""Expressions of the language against MySQL itself: every one as an output column of a pipe and as a SELECT, over rows of all
types. Where the language decides otherwise (LANGUAGE, "Types"), the expression is not in the list, or in DECIDED with the reason."""

import re
import subprocess
import unittest

import expressions
import function_expressions
import lab

# java.sql.Types codes of a record's columns whose text is a Java number.
FLOAT, DOUBLE = 7, 8
# FLOAT's text on the server has six digits.
FLOAT_DIGITS = 6


def same(code, ours, servers):
    if ours is None or servers is None:
        return ours is servers
    if code == DOUBLE:
        return float(ours) == float(servers)
    if code == FLOAT:
        return f"{float(ours):.{FLOAT_DIGITS - 1}e}" == f"{float(servers):.{FLOAT_DIGITS - 1}e}"
    return ours == servers


# Classes of types, by the names that the client of a server has and by ours.
CLASSES = {
    "integer": ("TINY SHORT INT24 LONG LONGLONG YEAR BIT", "bool tinyint smallint mediumint int bigint year bit"),
    "decimal": ("NEWDECIMAL", "decimal"),
    "real": ("FLOAT DOUBLE", "float double"),
    "date": ("DATE NEWDATE", "date"),
    "time": ("TIME", "time"),
    "datetime": ("DATETIME TIMESTAMP", "datetime timestamp"),
    "text": ("VAR_STRING STRING BLOB TINY_BLOB MEDIUM_BLOB LONG_BLOB", "char varchar tinytext text mediumtext longtext enum set"),
    "bytes": ("", "binary varbinary tinyblob blob mediumblob longblob"),
    "json": ("JSON ?-unknown-?", "json"),
}
BINARY_COLLATION = "binary (63)"


def class_of(name, ours):
    return next((kind for kind, names in CLASSES.items() if name in names[ours].split()), name)


def server_classes(database):
    """The class of each column that the expressions are, None for NULL."""
    command = [*database.command(database.name), "--table", "--column-type-info", "-e", f"SELECT {', '.join(SERVERS)} FROM x LIMIT 0"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    types = re.findall(r"^Type: +(\S+).*\nCollation: +(.*)$", done.stdout, re.MULTILINE)
    assert len(types) == len(SERVERS), len(types)
    classes = [None if name == "NULL" else class_of(name, 0) for name, _ in types]
    return ["bytes" if kind == "text" and types[i][1] == BINARY_COLLATION else kind for i, kind in enumerate(classes)]


# The calls of function_expressions.py are the last of the pairs.
FIRST_CALL = len(expressions.PAIRS) - len(function_expressions.CALLS)
OURS = [pair[0] for pair in expressions.PAIRS + expressions.DECIDED] + function_expressions.MARIADB_CALLS
SERVERS = [pair[1] for pair in expressions.PAIRS + expressions.DECIDED]


class Expressions(unittest.TestCase):
    def test_values_are_those_of_mysql(self):
        database = lab.Database("mysql")
        self.addCleanup(database.drop)
        database.execute(expressions.TABLE)
        columns = ",\n".join(f"      {ours} as e{i}" for i, ours in enumerate(OURS))
        run = lab.Program(lab.source(database) + lab.kafka_sink() + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ enum = label; }}
  table {database.name}.x {{
    select id,
{columns};
    key (id);
  }}
}}
""")
        self.addCleanup(run.close)
        run.catch_up()
        found = {int(record.value["data"][0]["id"]): record.value for record in lab.records(f"{database.name}-x")}
        self.check_types(server_classes(database), found[1]["mysqlType"])
        self.check_mariadb(found)
        for row in database.rows(f"SET time_zone = '+00:00'; SELECT id, {', '.join(SERVERS)} FROM x ORDER BY id"):
            self.check_row(row, found.pop(int(row[0])))
        self.assertEqual(found, {})

    def check_types(self, classes, types):
        for i, (ours, _) in enumerate(expressions.PAIRS):
            found = class_of(re.match(r"\w+", types[f"e{i}"])[0], 1)
            if classes[i] not in (None, found) and expressions.CLASS_DECIDED.get(ours) != found:
                with self.subTest(type_of=ours):
                    self.fail(f"{types[f'e{i}']}; MySQL: {classes[i]}")

    def check_row(self, row, record):
        values = record["data"][0]
        for i, (ours, servers) in enumerate(expressions.PAIRS):
            if not same(record["sqlType"][f"e{i}"], values[f"e{i}"], row[i + 1]):
                with self.subTest(row=row[0], expression=ours):
                    self.fail(f"{values[f'e{i}']} ({record['mysqlType'][f'e{i}']}); MySQL: {row[i + 1]} ({servers})")
        if row[0] == "1":
            for i, (ours, servers, decided) in enumerate(expressions.DECIDED, len(expressions.PAIRS)):
                with self.subTest(decided=ours):
                    self.assertEqual(values[f"e{i}"], decided)
                    self.assertNotEqual(row[i + 1], decided, f"MySQL agrees: {servers}")

    def check_mariadb(self, records):
        """The same values on the other server, but for what the lists of function_expressions.py name."""
        lacks = re.compile(r"\b(" + "|".join(function_expressions.MARIADB_LACKS) + r")\(")
        asked = [i for i in range(FIRST_CALL, len(expressions.PAIRS)) if not lacks.search(OURS[i])]
        asked += range(len(OURS) - len(function_expressions.MARIADB_CALLS), len(OURS))
        database = lab.Database("mariadb")
        self.addCleanup(database.drop)
        database.execute(expressions.TABLE)
        differ = re.compile(r"\b(" + "|".join(function_expressions.MARIADB_DIFFERS) + r")\(")
        seen = set()
        for row in database.rows(f"SET time_zone = '+00:00'; SELECT id, {', '.join(OURS[i] for i in asked)} FROM x ORDER BY id"):
            record = records[int(row[0])]
            for i, value in zip(asked, row[1:]):
                if same(record["sqlType"][f"e{i}"], record["data"][0][f"e{i}"], value):
                    continue
                names = differ.findall(OURS[i])
                seen.update(names)
                with self.subTest(row=row[0], expression=OURS[i]):
                    self.assertTrue(names, f"{record['data'][0][f'e{i}']}; MariaDB: {value}")
        self.assertEqual(seen, function_expressions.MARIADB_DIFFERS)

    def test_what_is_out_of_range_is_so_for_both(self):
        """Every row evaluates one expression; rows that fail are left out, as the program says."""
        database = lab.Database("mysql")
        self.addCleanup(database.drop)
        database.execute(expressions.EXTREMES + "INSERT INTO extremes VALUES "
                         + ", ".join(f"({i}, {expressions.EXTREME_ROW})" for i in range(len(expressions.EDGES))))
        cases = "\n".join(f"      when {i} then concat({edge})" for i, edge in enumerate(expressions.EDGES))
        run = lab.Program(lab.source(database) + lab.kafka_sink() + f"""
pipe p {{
  from db;
  into bus;
  format canal_json;
  table {database.name}.extremes {{
    select id, case id
{cases}
    end as e;
    key (id);
    on error (transform) skip;
  }}
}}
""")
        self.addCleanup(run.close)
        run.catch_up()
        rows = [record.value["data"][0] for record in lab.records(f"{database.name}-extremes")]
        ours = {int(row["id"]): row["e"] for row in rows}
        done = database.execute("".join(f"SELECT '#'; SELECT {edge} FROM extremes WHERE id = {i};\n"
                                        for i, edge in enumerate(expressions.EDGES)), force=True)
        servers = [part.split("\n")[1:] for part in done.split("#\n#\n")[1:]]
        self.assertEqual(len(servers), len(expressions.EDGES))
        for i, edge in enumerate(expressions.EDGES):
            value = servers[i][0] if servers[i][:1] not in ([], [""]) else "out of range"
            with self.subTest(expression=edge):
                if edge in expressions.MORE_THAN_65_DIGITS:
                    self.assertNotIn(i, ours)
                    continue
                self.assertTrue(alike(ours.get(i, "out of range"), value), f"{ours.get(i, 'out of range')}; MySQL: {value}")


def alike(ours, servers):
    """Equal texts, or two spellings of one double."""
    if ours is None:
        return servers == "NULL"
    return ours == servers or ("e" in ours + servers and "out" not in (ours + servers)[:3] and float(ours) == float(servers))


if __name__ == "__main__":
    unittest.main()
