"""Every name of LANGUAGE §5 while a pipe runs: all of `meta`, `match` and every placeholder, in topics, headers, columns and
conditions, against what the server says."""

import unittest

import lab

META = ("source database table op op_label gtid position committed_at snapshot server_id schema_version txid tx_ordinal tx_last"
        " pipe sink target_database target_table").split()
ROWS_EVENTS = {"insert": "Write_rows", "update": "Update_rows", "delete": "Delete_rows"}


def program(database):
    headers = "".join(f"  header '{name}' = meta.{name};\n" for name in META)
    return "param env: string in ('dev', 'prod') = 'dev';\n" + lab.source(database) + lab.kafka_sink(partitions=1) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
{headers}
  table {database.name}.r'orders_(?P<year>[0-9]{{4}})' as shop.orders {{
    topic "{database.name}.$source$.$pipe$.$database$.$tablename$.$match.year$.$param.env$.$op$";
    header 'text' = "$source$ $pipe$ $database$ $tablename$ $op$ $match.year$ $param.env$ $$";
    header "of-$tablename$-$op$" = concat(match.year, '/', param.env);
    where v > 0 or (match.year = '1999' and meta.op = 'delete');
    select *, meta.gtid as gtid, meta.tx_ordinal as n, match.year as year, meta.op as op;
    on leave, delete when meta.op_label = 'leave' or meta.op = 'delete' publish;
    on delete fail 'not reached';
    on ddl when meta.op = 'ddl' and match.year = '2024'
      publish to "{database.name}.$source$.$pipe$.$database$.$tablename$.$match.year$.$param.env$.$op$";
  }}
}}
"""


class Names(unittest.TestCase):
    maxDiff = 4000

    def check(self, server):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE orders_2024 (id INT PRIMARY KEY, v INT); INSERT INTO orders_2024 VALUES (1, 1), (2, -1);")
        run = lab.Program(program(database))
        self.addCleanup(run.close)
        run.catch_up()
        began = self.clock(database)
        transactions = [self.transaction(database, *statements) for statements in (
            ("INSERT INTO orders_2024 VALUES (3, 3), (4, 4)", "UPDATE orders_2024 SET v = 5 WHERE id = 1"),
            ("UPDATE orders_2024 SET v = 6 WHERE id = 2",),
            ("UPDATE orders_2024 SET v = -6 WHERE id = 2",),
            ("DELETE FROM orders_2024 WHERE id = 3",))]
        altered = self.transaction(database, "ALTER TABLE orders_2024 ADD w INT")
        transactions.append(self.transaction(database, "INSERT INTO orders_2024 (id, v) VALUES (9, 9)"))
        ended = self.clock(database)
        run.catch_up()
        self.database, self.server_id = database, database.rows("SELECT @@server_id")[0][0]
        self.check_first_load(began)
        rows = [(transactions[0], "insert", "insert", 0, 0, "insert"), (transactions[0], "insert", "insert", 1, 0, "insert"),
                (transactions[0], "update", "update", 2, 1, "update"), (transactions[1], "update", "enter", 0, 1, "insert"),
                (transactions[2], "update", "leave", 0, 1, "delete"), (transactions[3], "delete", "delete", 0, 1, "delete"),
                (transactions[4], "insert", "insert", 0, 1, "insert")]
        found = [record for op in ("insert", "update", "delete") for record in self.records(op)]
        found.sort(key=lambda record: (transactions.index(record.headers["gtid"]), int(record.headers["tx_ordinal"])))
        self.assertEqual(len(found), len(rows))
        for record, row in zip(found, rows):
            self.check_row(record, row, began, ended)
        versions = [record.headers["schema_version"] for record in found]
        self.assertEqual(len(set(versions[:-1])), 1)
        self.assertGreater(int(versions[-1]), int(versions[0]))
        ddl, = self.records("ddl")
        self.assertEqual((ddl.value["type"], ddl.value["sql"]), ("ALTER", "ALTER TABLE orders_2024 ADD w INT"))
        self.assertIn(altered, ddl.value["gtid"])

    def records(self, op):
        return lab.records(f"{self.database.name}.db.p.shop.orders.2024.dev.{op}")

    def clock(self, database):
        return database.rows("SET time_zone = '+00:00'; SELECT NOW(6)")[0][0]

    def transaction(self, database, *statements):
        """Runs statements as one transaction; returns its GTID."""
        last = ("SELECT @@last_gtid" if database.server == "mariadb" else
                "SELECT CONCAT(@@server_uuid, ':', REGEXP_SUBSTR(@@GLOBAL.gtid_executed, '[0-9]+$'))")
        return database.execute("BEGIN;" + "".join(f"{statement};" for statement in statements) + f"COMMIT; {last}").split()[-1]

    def check_constants(self, record, op):
        headers = record.headers
        self.assertEqual({name: headers[name] for name in ("source", "database", "table", "pipe", "sink", "target_database", "target_table")},
                         {"source": "db", "database": self.database.name, "table": "orders_2024", "pipe": "p", "sink": "bus",
                          "target_database": "shop", "target_table": "orders"})
        # In a value `$op$` is `meta.op`, at the source; in a topic and in a header's name, what is published.
        self.assertEqual(headers["text"], f"db p shop orders {headers['op']} 2024 dev $")
        self.assertEqual(headers[f"of-orders-{op}"], "2024/dev")
        self.assertEqual(set(headers), {*META, "text", f"of-orders-{op}"})
        row = record.value["data"][0]
        self.assertEqual((row["gtid"], row["n"], row["year"], row["op"]), (headers["gtid"], headers["tx_ordinal"], "2024", headers["op"]))

    def check_first_load(self, began):
        record, = self.records("snapshot")
        self.check_constants(record, "snapshot")
        headers = record.headers
        self.assertEqual((headers["op"], headers["op_label"], headers["snapshot"]), ("snapshot", "snapshot", "1"))
        self.assertEqual([headers[name] for name in ("gtid", "server_id", "txid", "tx_ordinal", "tx_last")], [None] * 5)
        self.assertLessEqual(headers["committed_at"], began)
        self.assertRegex(headers["position"], r"^binlog\.\d+:\d+$")

    def check_row(self, record, row, began, ended):
        gtid, op, label, ordinal, last, becomes = row
        self.check_constants(record, becomes)
        headers = record.headers
        self.assertEqual([headers[name] for name in ("gtid", "txid", "op", "op_label", "tx_ordinal", "tx_last", "snapshot", "server_id")],
                         [gtid, gtid, op, label, str(ordinal), str(last), "0", self.server_id])
        # MariaDB's log has whole seconds.
        self.assertLessEqual(began[:19], headers["committed_at"][:19])
        self.assertLessEqual(headers["committed_at"], ended)
        file, place = headers["position"].split(":")
        event = self.database.rows(f"SHOW BINLOG EVENTS IN '{file}' FROM {place} LIMIT 1")[0]
        self.assertTrue(event[2].startswith(ROWS_EVENTS[op]), event)

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


if __name__ == "__main__":
    unittest.main()
