"""The pipe of README.md makes the record that README.md shows, and examples/hello.pipe runs; both as they stand there but
for the addresses."""

import json
import re
import unittest

import lab

PARTITIONS = 6
TABLE = """
CREATE TABLE shop.orders (id INT PRIMARY KEY, status ENUM('draft', 'paid') NOT NULL, total_cents INT NOT NULL, card_pan CHAR(16));
INSERT INTO shop.orders VALUES (7, 'draft', 1250, '4111111111111111');
"""


def block(language):
    text = (lab.ROOT / "README.md").read_text()
    return re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]


class Readme(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.database.execute("DROP DATABASE IF EXISTS shop; CREATE DATABASE shop;" + TABLE, database="")
        self.addCleanup(lambda: self.database.execute("DROP DATABASE shop", database=""))

    def program(self, text):
        text = text.replace("localhost:3306", f"127.0.0.1:{self.database.port}").replace("localhost:9092", f"127.0.0.1:{lab.KAFKA_PORT}")
        program = lab.Program(text.replace("MYSQL_PASSWORD", "LAB_PASSWORD"))
        self.addCleanup(program.close)
        return program

    def published(self):
        # There is no topic before its first record.
        return lab.records("shop-orders") if lab.end_offsets("shop-orders", PARTITIONS) else []

    def test_its_pipe_makes_its_record(self):
        program = self.program(block("pipe"))
        program.catch_up()
        before = len(self.published())
        self.database.execute("UPDATE shop.orders SET status = 'paid' WHERE id = 7")
        program.catch_up()
        found = self.published()[before:]
        self.assertEqual(len(found), 1)
        key, value = block("json").split("\n", 1)
        self.assertEqual(json.loads(found[0].key), json.loads(key))
        shown = json.loads(value)
        self.assertEqual({name: found[0].value[name] for name in shown}, shown)
        self.assertNotIn("4111111111111111", json.dumps(found[0].value))

    def test_hello_runs(self):
        # It makes no topics: the pipe of README.md makes this one.
        self.database.execute("UPDATE shop.orders SET status = 'paid' WHERE id = 7")
        self.program(block("pipe")).catch_up()
        before = len(self.published())
        self.program((lab.ROOT / "examples/hello.pipe").read_text()).catch_up()
        found = self.published()[before:]
        self.assertEqual([(record.value["payload"]["op"], record.value["payload"]["after"]["id"]) for record in found], [("r", 7)])


if __name__ == "__main__":
    unittest.main()
