"""Bad input at the start and mid-stream: a clear error, an exit code that says whose fault it is, and nothing lost."""

import unittest

import lab


class Failures(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1);")

    def program(self, source=None, sink=None, rules=None, **options):
        text = (source or lab.source(self.database)) + (sink or lab.kafka_sink()) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json;
  {rules or f"table {self.database.name}.n;"}
}}
"""
        made = lab.Program(text, **options)
        self.addCleanup(made.close)
        return made

    def test_wrong_password(self):
        code, _, errors = self.program(password="wrong-secret").run("--until-caught-up")
        self.assertEqual(code, 3, errors)
        self.assertIn("Access denied", errors)
        self.assertNotIn("wrong-secret", errors)

    def test_unknown_column_is_found_at_the_start(self):
        rules = f"table {self.database.name}.n {{ where vv > 1; key (id); }}"
        code, _, errors = self.program(rules=rules).run("--until-caught-up")
        self.assertEqual(code, 1, errors)
        self.assertIn("unknown column `vv`", errors)
        self.assertIn("PIPE101", errors)

    def test_missing_topic(self):
        sink = f"sink bus: kafka {{ brokers = ['127.0.0.1:{lab.KAFKA_PORT}']; }}\n"
        code, _, errors = self.program(sink=sink).run("--until-caught-up")
        self.assertEqual(code, 3, errors)
        self.assertIn(f"{self.database.name}-n", errors)
        self.assertIn("auto_create", errors)

    def test_purged_position(self):
        made = self.program()
        made.catch_up()
        self.database.execute("INSERT INTO n VALUES (2, 2); FLUSH BINARY LOGS; INSERT INTO n VALUES (3, 3); FLUSH BINARY LOGS;")
        last = self.database.rows("SHOW BINARY LOGS")[-1][0]
        self.database.execute(f"PURGE BINARY LOGS TO '{last}'")
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 3, errors)
        self.assertIn("--reset-position", errors)

    def test_dropped_table_stops_by_its_rule(self):
        made = self.program()
        made.catch_up()
        self.database.execute("INSERT INTO n VALUES (2, 2); DROP TABLE n;")
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 6, errors)
        self.assertIn(f"{self.database.name}.n", errors)
        self.assertEqual(len(lab.records(f"{self.database.name}-n")), 2)


if __name__ == "__main__":
    unittest.main()
