"""Shards that are published as one table: first load, changes, and the same ALTER of one shard after the other."""

import json
import unittest

import lab

SHARDS = range(3)


def program(base, merge_users="strict"):
    return lab.source(base) + lab.kafka_sink(partitions=1) + f"""
pipe p {{
  from db;
  into bus;
  format debezium_json {{ schema = true; }}
  table r'{base.name}_(?P<shard>\\d)'.orders as shop.orders {{
    merge widen;
    topic '{base.name}.orders';
    select match.shard as shard char(1) not null, *;
    key (shard, id);
    on add column, modify column, drop column publish to '{base.name}.ddl';
  }}
  table r'{base.name}_(?P<shard>\\d)'.users as shop.users {{
    merge {merge_users};
    topic '{base.name}.users';
    select match.shard as shard char(1) not null, * except (password);
    key (shard, id);
    on add column publish to '{base.name}.ddl';
  }}
}}
"""


def replayed(found):
    """What the records describe: the last row of each key that was not deleted."""
    rows = {}
    for record in found:
        if record.value is None:
            continue
        key = json.dumps(json.loads(record.key)["payload"])
        payload = record.value["payload"]
        if payload["op"] == "d":
            rows.pop(key, None)
        else:
            rows[key] = payload["after"]
    return sorted(rows.values(), key=lambda row: (row["shard"], row["id"]))


class Merge(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.base = lab.Database("mariadb")
        self.addCleanup(self.base.drop)
        for shard in SHARDS:
            name = f"{self.base.name}_{shard}"
            self.base.execute(f"CREATE DATABASE {name}", database="")
            self.addCleanup(self.base.execute, f"DROP DATABASE {name}", database="")
            cents, labels = ("BIGINT", "'paid','new','gone'") if shard == 2 else ("INT", "'new','paid'")
            self.on(shard, f"CREATE TABLE orders (id INT PRIMARY KEY, cents {cents} NOT NULL, status ENUM({labels}) NOT NULL);"
                           "INSERT INTO orders SELECT seq, seq * 10, IF(seq % 2, 'new', 'paid') FROM seq_1_to_50;"
                           "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, password CHAR(8));"
                           "INSERT INTO users VALUES (1, 'ann', 'secret'), (2, 'bob', 'secret');")
        self.run = lab.Program(program(self.base))
        self.addCleanup(self.run.close)

    def on(self, shard, sql):
        self.base.execute(sql, database=f"{self.base.name}_{shard}")

    def everywhere(self, sql):
        for shard in SHARDS:
            self.on(shard, sql)

    def records(self, what):
        return lab.records(f"{self.base.name}.{what}")

    def union(self, table, columns):
        """All rows of the shards; `columns`: name -> how a record writes its text. A shard may lack some."""
        rows = []
        for shard in SHARDS:
            there = [name for name, in self.base.rows("SELECT column_name FROM information_schema.columns WHERE table_schema = "
                                                      f"'{self.base.name}_{shard}' AND table_name = '{table}'")]
            shown = [name for name in columns if name in there]
            for cells in self.base.rows(f"SELECT {', '.join(shown)} FROM {self.base.name}_{shard}.{table} ORDER BY id"):
                own = dict(zip(shown, cells))
                rows.append({"shard": str(shard), **{name: None if own.get(name) is None else read(own[name])
                                                     for name, read in columns.items()}})
        return rows

    def test_orders_are_one_table_while_shards_are_altered(self):
        self.run.catch_up()
        columns = {"id": int, "cents": int, "status": str}
        first = self.records("orders")
        self.assertEqual(len(first), 50 * len(SHARDS))
        self.assertEqual(replayed(first), self.union("orders", columns))
        schema, = {json.dumps(record.value["schema"]) for record in first}
        fields = next(field for field in json.loads(schema)["fields"] if field["field"] == "after")["fields"]
        self.assertEqual([(field["field"], field["type"]) for field in fields],
                         [("shard", "string"), ("id", "int32"), ("cents", "int64"), ("status", "string")])
        # The labels of the first shard, then what only the last has.
        self.assertIn("new,paid,gone", schema)

        columns["note"] = str
        for shard in SHARDS:
            self.on(shard, "ALTER TABLE orders ADD note VARCHAR(10) NOT NULL DEFAULT ''; UPDATE orders SET note = 'x' WHERE id <= 3")
            self.everywhere("UPDATE orders SET cents = cents + 1 WHERE id BETWEEN 3 AND 5; DELETE FROM orders WHERE id = 6;"
                            f"INSERT INTO orders (id, cents, status) VALUES ({100 + shard}, 1, 'new')")
            self.run.catch_up()
            found = self.records("orders")
            # A row that was not changed since keeps its record without the column.
            self.assertEqual([{**row, "note": row.get("note") or ""} for row in replayed(found)],
                             [{**row, "note": row["note"] or ""} for row in self.union("orders", columns)])
        schemas = []
        for record in found:
            text = json.dumps(record.value["schema"]) if record.value else None
            if text and (not schemas or schemas[-1] != text):
                schemas.append(text)
        # As it was; with a `note` that some lack; and that all have.
        self.assertEqual(len(schemas), 3)
        self.assertEqual([record.value["payload"]["ddl"] for record in self.records("ddl")],
                         ["ALTER TABLE orders ADD note VARCHAR(10) NOT NULL DEFAULT ''"] * 2)
        table = self.records("ddl")[0].value["payload"]["tableChanges"][0]
        self.assertEqual((table["type"], [(column["name"], column["optional"]) for column in table["table"]["columns"]]),
                         ("ALTER", [("id", False), ("cents", False), ("status", False), ("note", True)]))

    def test_a_strict_table_stops_at_the_first_alter_and_widen_goes_on(self):
        self.run.catch_up()
        self.everywhere("UPDATE users SET password = 'other'")
        # What records do not show may differ.
        self.on(1, "ALTER TABLE users MODIFY password CHAR(60) COMMENT 'longer'")
        self.run.catch_up()
        self.on(0, "UPDATE users SET name = 'eve' WHERE id = 2; ALTER TABLE users ADD email VARCHAR(30);"
                   "INSERT INTO users (id, name, email) VALUES (3, 'cem', 'c@x')")
        code, _, errors = self.run.run("--until-caught-up")
        self.assertNotEqual(code, 0)
        for words in ("PIPE129", "`email`: varchar(30) in", "none in", "ALTER TABLE users ADD email", "it goes on here", "merge widen"):
            self.assertIn(words, errors)
        names = {"id": int, "name": str}
        self.assertIn({"shard": "0", "id": 2, "name": "eve"}, replayed(self.records("users")))
        self.run.file.write_text(program(self.base, "widen"))
        self.run.catch_up()
        self.everywhere("ALTER TABLE users ADD COLUMN IF NOT EXISTS email VARCHAR(30)")
        self.run.catch_up()
        self.run.file.write_text(program(self.base, "strict"))
        self.on(1, "INSERT INTO users (id, name, email) VALUES (3, 'dan', 'd@x')")
        self.run.catch_up()
        self.assertEqual([{**row, "email": row.get("email")} for row in replayed(self.records("users"))],
                         self.union("users", {**names, "email": str}))
        self.assertEqual(len(self.records("ddl")), 1)


if __name__ == "__main__":
    unittest.main()
