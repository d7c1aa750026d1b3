"""The default format from a real server to a real broker: every record of a first load and of every kind of change, with the
schema in it and without, is what the server's SELECT says, and fits the schema that it carries."""

import json
import unittest

import debezium
import lab
from first_load_test import TYPES

MORE = {"tu2": "SMALLINT UNSIGNED", "mu": "MEDIUMINT UNSIGNED", "one": "BIT(1)", "wide": "BIT(64)", "truth": "BOOL",
        "huge": "DECIMAL(65,30)", "du": "DECIMAL(10,2) UNSIGNED", "dt0": "DATETIME", "dt3": "DATETIME(3)", "t0": "TIME",
        "ts0": "TIMESTAMP NULL", "ts6": "TIMESTAMP(6) NULL", "tt": "TINYTEXT", "mt": "MEDIUMTEXT", "lt": "LONGTEXT", "tb": "TINYBLOB",
        "mb": "MEDIUMBLOB", "lb": "LONGBLOB", "pt": "POINT", "shape": "GEOMETRY"}
OWN = {"mariadb": {"uu": "UUID", "inet": "INET6"}, "mysql": {"vec": "VECTOR(3)", "behind_vec": "INT"}}
MORE_OF_FIRST = {
    "tu2": "65535", "mu": "16777215", "one": "b'1'", "wide": "18446744073709551615", "truth": "true", "huge": f"-{'9' * 35}.{'9' * 30}",
    "du": "99999999.99", "dt0": "'2024-02-29 23:59:59'", "dt3": "'1969-12-31 23:59:59.999'", "t0": "'838:59:59'",
    "ts0": "'1970-01-01 00:00:01'", "ts6": "'2024-02-29 12:13:14.000001'", "tt": "'tiny'", "mt": "'medium \\\\ \\'quoted\\''",
    "lt": "'\t\u2028'", "tb": "x'00'", "mb": "x'80ff'", "lb": "x''", "pt": "ST_GeomFromText('POINT(1.5 -2)')",
    "shape": "ST_GeomFromText('LINESTRING(0 0, 1 1, 2 3)', 3857)"}
OWN_OF_FIRST = {"mariadb": {"uu": "'123e4567-e89b-12d3-a456-426655440000'", "inet": "'2001:db8::ff00:42:8329'"},
                "mysql": {"vec": "STRING_TO_VECTOR('[1.5, -2, 1e-20]')", "behind_vec": "77"}}
VECTORS_SINCE = (9, 0)  # version of MySQL
# Of specs/message-formats.md §8.6, by the server's type; None: no semantic name.
TIME, DATA = "io.debezium.time.", "io.debezium.data."
DECIMAL = "org.apache.kafka.connect.data.Decimal"
DECLARED = {
    "id": ("bytes", DECIMAL), "t": ("int16", None), "tu": ("int16", None), "s": ("int16", None), "m": ("int32", None), "i": ("int32", None),
    "iu": ("int64", None), "b": ("int64", None), "bu": ("bytes", DECIMAL), "d": ("bytes", DECIMAL), "f": ("float", None), "g": ("double", None),
    "bits": ("bytes", DATA + "Bits"), "y": ("int32", TIME + "Year"), "da": ("int32", TIME + "Date"), "ti": ("int64", TIME + "MicroTime"),
    "dt": ("int64", TIME + "MicroTimestamp"), "ts": ("string", TIME + "ZonedTimestamp"), "c": ("string", None), "v": ("string", None),
    "tx": ("string", None), "bn": ("bytes", None), "vb": ("bytes", None), "bl": ("bytes", None), "e": ("string", DATA + "Enum"),
    "st": ("string", DATA + "EnumSet"), "l": ("string", None), "k": ("string", None), "tu2": ("int32", None), "mu": ("int32", None),
    "one": ("boolean", None), "wide": ("bytes", DATA + "Bits"), "truth": ("int16", None), "huge": ("bytes", DECIMAL), "du": ("bytes", DECIMAL),
    "dt0": ("int64", TIME + "Timestamp"), "dt3": ("int64", TIME + "Timestamp"), "t0": ("int64", TIME + "MicroTime"),
    "ts0": ("string", TIME + "ZonedTimestamp"), "ts6": ("string", TIME + "ZonedTimestamp"), "tt": ("string", None), "mt": ("string", None),
    "lt": ("string", None), "tb": ("bytes", None), "mb": ("bytes", None), "lb": ("bytes", None), "pt": ("struct", DATA + "geometry.Point"),
    "shape": ("struct", DATA + "geometry.Geometry")}
OWN_DECLARED = {"mariadb": {"j": ("string", None), "uu": ("string", None), "inet": ("string", None)},
                "mysql": {"j": ("string", DATA + "Json"), "vec": ("array", DATA + "FloatVector"), "behind_vec": ("int32", None)}}


def program(database):
    def pipe(name):
        return f"""
pipe {name} {{
  from db;
  into bus;
  format debezium_json {{ schema = {"true" if name == "schema" else "false"}; bigint_unsigned = precise; }}
  topic "$database$-$pipe$";
  table {database.name}.every_type {{ on delete publish and tombstone; }}
  on truncate table publish;
  on ddl publish to "$database$-$pipe$-ddl";
}}
"""
    return lab.source(database) + lab.kafka_sink(partitions=1) + pipe("plain") + pipe("schema")


class Debezium(unittest.TestCase):
    maxDiff = 4000

    def prepare(self, server):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        self.left_out = set()
        if server == "mysql" and database.version() < VECTORS_SINCE:
            self.left_out = {"vec"}
            print(f"without VECTOR, which MySQL {database.version()} does not have … ", end="", flush=True)
        types, values = self.known({**MORE, **OWN[server]}), self.known({**MORE_OF_FIRST, **OWN_OF_FIRST[server]})
        database.execute(TYPES + f"ALTER TABLE every_type {', '.join(f'ADD {name} {kind}' for name, kind in types.items())};"
                         f"UPDATE every_type SET {', '.join(f'{name} = {value}' for name, value in values.items())} WHERE id = 1;")
        return database

    def known(self, columns):
        """Those that the server has types for."""
        return {name: what for name, what in columns.items() if name not in self.left_out}

    def change(self, database):
        """Every kind of change; returns the table before it is truncated."""
        names = [c.name for c in debezium.columns(database, "every_type") if c.name != "id"]
        database.execute("CREATE TEMPORARY TABLE copy AS SELECT * FROM every_type; DELETE FROM every_type; INSERT INTO every_type SELECT * FROM copy;"
                         f"UPDATE every_type a, every_type b SET {', '.join(f'a.{n} = b.{n}' for n in names)} WHERE a.id = 3 AND b.id = 1;"
                         "UPDATE every_type SET id = 4 WHERE id = 3; DELETE FROM every_type WHERE id = 1;"
                         "ALTER TABLE every_type ADD extra INT UNSIGNED NOT NULL DEFAULT 7;"
                         "INSERT INTO every_type (id) VALUES (5); UPDATE every_type SET extra = 4294967295;")
        before_truncate = debezium.server_table(database, "every_type")
        database.execute("TRUNCATE TABLE every_type; INSERT INTO every_type (id, extra) VALUES (18446744073709551614, 0);")
        return before_truncate

    def check_source(self, database, value):
        source = value["source"]
        self.assertEqual((source["db"], source["table"], source["name"], source["connector"]),
                         (database.name, "every_type", "db", "mysql"))
        self.assertEqual(source["snapshot"], "true" if value["op"] == "r" else "false")
        self.assertEqual(str(source["server_id"]), "0" if value["op"] == "r" else database.rows("SELECT @@server_id")[0][0], value)
        self.assertEqual(source["gtid"] is None, value["op"] == "r")
        for unit in ("ms", "us", "ns"):
            self.assertEqual(source[f"ts_{unit}"] // 10 ** {"ms": 3, "us": 6, "ns": 9}[unit], source["ts_ms"] // 1000)

    def check_declared(self, server, schema):
        fields = next(field for field in schema["fields"] if field["field"] == "after")["fields"]
        self.assertEqual({field["field"]: (field["type"], field.get("name")) for field in fields if field["field"] != "extra"},
                         self.known({**DECLARED, **OWN_DECLARED[server]}))
        self.assertEqual([field["field"] for field in fields if not field["optional"]], ["id", "extra"][:1 + (fields[-1]["field"] == "extra")])
        if fields[-1]["field"] == "extra":
            self.assertEqual(fields[-1]["default"], 7)

    def check_rows(self, database, pipe, loaded, before_truncate):
        replay = debezium.Replay(debezium.columns(database, "every_type"), {"extra": 7})
        operations, previous = [], None
        for record in lab.records(f"{database.name}-{pipe}"):
            key = debezium.opened(record.key and json.loads(record.key), pipe == "schema")
            value = debezium.opened(record.value, pipe == "schema")
            if value and value["op"] == "t":
                self.assertIsNone(key)
                self.assertEqual(replay.rows, before_truncate)
            if previous == "r" and value["op"] != "r":
                self.assertEqual(replay.rows, loaded)
            replay.apply(key, value)
            previous = value and value["op"]
            operations.append((previous or "tombstone") + "".join(sorted(name.removeprefix("__debezium.") for name in record.headers)))
            if value:
                self.check_source(database, value)
            if value and pipe == "schema":
                self.check_declared(database.server, record.value["schema"])
            for half, other in record.headers.items():
                self.assertEqual(debezium.unscaled(debezium.opened(json.loads(other), pipe == "schema")["id"]),
                                 4 if half == "__debezium.newkey" else 3)
        self.assertEqual(operations, ["r"] * 3 + ["d", "tombstone"] * 3 + ["c"] * 3 + ["u", "dnewkey", "tombstone", "coldkey", "d", "tombstone",
                                                                                     "c", "u", "u", "u", "t", "c"])
        self.assertEqual(replay.rows, debezium.server_table(database, "every_type"))

    def check_ddl(self, database, pipe):
        found = lab.records(f"{database.name}-{pipe}-ddl")
        self.assertEqual(len(found), 1)
        key = debezium.opened(json.loads(found[0].key), pipe == "schema")
        value = debezium.opened(found[0].value, pipe == "schema")
        self.assertEqual(key, {"databaseName": database.name})
        self.check_source(database, {**value, "op": "ddl"})
        self.assertEqual(value["ddl"], "ALTER TABLE every_type ADD extra INT UNSIGNED NOT NULL DEFAULT 7")
        change, = value["tableChanges"]
        self.assertEqual((change["type"], change["id"]), ("ALTER", f'"{database.name}"."every_type"'))
        self.assertEqual(change["table"]["primaryKeyColumnNames"], ["id"])
        self.assertEqual([column["name"] for column in change["table"]["columns"]], [c.name for c in debezium.columns(database, "every_type")])

    def check(self, server):
        database = self.prepare(server)
        run = lab.Program(program(database))
        self.addCleanup(run.close)
        run.catch_up()
        loaded = debezium.server_table(database, "every_type")
        before_truncate = self.change(database)
        run.catch_up()
        for pipe in ("plain", "schema"):
            with self.subTest(pipe=pipe):
                self.check_rows(database, pipe, loaded, before_truncate)
                self.check_ddl(database, pipe)

    def test_what_the_default_cannot_hold_is_refused(self):
        """`bigint_unsigned = long` wraps in Debezium; here the pipe stops and says what to set."""
        database = lab.Database("mysql")
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE n (id INT PRIMARY KEY, b BIGINT UNSIGNED); INSERT INTO n VALUES (1, 9223372036854775808)")
        run = lab.Program(lab.source(database) + f"""sink out: stdout {{}}
pipe p {{
  from db;
  into out;
  format debezium_json;
  table {database.name}.n;
}}
""")
        self.addCleanup(run.close)
        code, output, errors = run.run("--until-caught-up")
        self.assertEqual((code, output), (3, ""), errors)
        self.assertIn("set `bigint_unsigned = precise` in the format", errors)

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


if __name__ == "__main__":
    unittest.main()
