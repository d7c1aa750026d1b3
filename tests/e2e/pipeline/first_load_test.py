"""First load and live changes into Kafka: what the records describe is what the tables hold."""

import signal
import unittest

import lab

TYPES = """
CREATE TABLE every_type (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, m MEDIUMINT, i INT, iu INT UNSIGNED,
  b BIGINT, bu BIGINT UNSIGNED, d DECIMAL(20,5), f FLOAT, g DOUBLE, bits BIT(12), y YEAR, da DATE, ti TIME(3), dt DATETIME(6),
  ts TIMESTAMP(3) NULL, c CHAR(10), v VARCHAR(100), tx TEXT, bn BINARY(4), vb VARBINARY(10), bl BLOB,
  e ENUM('new','paid','ünïcode'), st SET('a','b','c'), j JSON, l VARCHAR(20) CHARACTER SET latin1, k VARCHAR(20) CHARACTER SET gbk);
INSERT INTO every_type VALUES
 (1, -128, 255, -32768, -8388608, -2147483648, 4294967295, -9223372036854775808, 18446744073709551615, -12345.67890, 1.1, 1e100,
  b'101010101010', 2155, '2024-02-29', '-838:59:59.000', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07.999', 'ab', 'héllo ☃ "q"',
  'line1\\nline2', x'01020000', x'00ff', x'deadbeef', 'paid', 'a,c', '{"k": [1, 2.5, "x"]}', 'naïve €', '你好'),
 (18446744073709551615, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, b'0', 1901, '1000-01-01', '-00:00:00.100', '1000-01-01 00:00:00', '1970-01-01 00:00:01', '', '', '',
  '', '', '', 'ünïcode', '', '[]', '', '');
"""


def program(database, tables, snapshot=""):
    return (lab.source(database, snapshot) + lab.kafka_sink() + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "$database$-$tablename$";
  {tables}
}}
""")


class FirstLoad(unittest.TestCase):
    def each_server(self):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                database = lab.Database(server)
                try:
                    yield database
                finally:
                    database.drop()

    def test_rows_and_changes_equal_the_table(self):
        for database in self.each_server():
            database.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(50), price DECIMAL(10,2));"
                             "INSERT INTO item SELECT seq.n, CONCAT('name ', seq.n), seq.n / 3 FROM (SELECT a.d + 10*b.d + 100*c.d + 1000*e.d + 1 AS n FROM "
                             + ", ".join(f"(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) {a}" for a in "abce")
                             + ") seq;")
            run = lab.Program(program(database, f"table {database.name}.item {{ key (id); partition by hash (id); }}"))
            run.catch_up()
            topic = f"{database.name}-item"
            self.assertEqual(len(lab.records(topic)), 10000)
            database.execute("UPDATE item SET price = price + 1 WHERE id <= 100; DELETE FROM item WHERE id BETWEEN 200 AND 220;"
                             "INSERT INTO item VALUES (20000, 'late', 1.5); UPDATE item SET id = 20001 WHERE id = 5;")
            run.catch_up()
            found = lab.records(topic)
            # A changed key is a delete and an insert.
            self.assertEqual(len(found), 10000 + 100 + 21 + 1 + 2)
            expected = {row[0]: row for row in database.rows("SELECT id, name, price FROM item")}
            table = lab.replay_canal(found, "id")
            self.assertEqual(table.keys(), expected.keys())
            for key, (_, name, price) in expected.items():
                self.assertEqual((table[key]["name"], table[key]["price"]), (name, price))
            run.close()

    def test_every_type_is_the_same_from_the_table_and_from_the_log(self):
        for database in self.each_server():
            database.execute(TYPES)
            run = lab.Program(program(database, f"table {database.name}.every_type {{ key (id); }}"))
            run.catch_up()
            # A delete and an insert of the same rows: the log's values.
            database.execute("CREATE TEMPORARY TABLE copy AS SELECT * FROM every_type; DELETE FROM every_type;"
                             "INSERT INTO every_type SELECT * FROM copy;")
            run.catch_up()
            by_type = {}
            for record in lab.records(f"{database.name}-every_type"):
                row = record.value["data"][0]
                by_type.setdefault(record.value["type"], {})[row["id"]] = row
            self.assertEqual(len(by_type["INIT"]), 3)
            self.assertEqual(by_type["INSERT"], by_type["INIT"])
            self.assertEqual(by_type["DELETE"], by_type["INIT"])
            row = by_type["INIT"]["1"]
            self.assertEqual(row["bu"], "18446744073709551615")
            self.assertEqual(row["d"], "-12345.67890")
            self.assertEqual(row["v"], 'héllo ☃ "q"')
            self.assertEqual((row["l"], row["k"]), ("naïve €", "你好"))
            self.assertEqual(row["ti"], "-838:59:59.000")
            run.close()

    def test_start_at_a_place_of_the_log(self):
        for database in self.each_server():
            database.execute("CREATE TABLE n (id INT PRIMARY KEY); INSERT INTO n VALUES (1)")
            file, place = database.rows(database.log_status())[0][:2]
            database.execute("INSERT INTO n VALUES (2); INSERT INTO n VALUES (3)")
            run = lab.Program(program(database, f"table {database.name}.n;"))
            for wrong in (f"{file}:{int(place) + 1}", "nosuch.000001:4"):
                code, _, errors = run.run("--until-caught-up", "--start", f"file:{wrong}")
                self.assertEqual(code, 3, errors)
            run.catch_up("--start", f"file:{file}:{place}")
            database.execute("INSERT INTO n VALUES (4)")
            run.catch_up()
            found = [(r.value["type"], r.value["data"][0]["id"]) for r in lab.records(f"{database.name}-n")]
            self.assertEqual(sorted(found), [("INSERT", "2"), ("INSERT", "3"), ("INSERT", "4")])
            run.close()

    def test_stop_and_resume_repeats_nothing(self):
        for database in self.each_server():
            database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1);")
            run = lab.Program(program(database, f"table {database.name}.n {{ key (id); }}"))
            process = run.start()
            topic = f"{database.name}-n"
            try:
                lab.wait_until(lambda: "streaming" in run.log(), "the pipe streams")
                for v in range(2, 12):
                    database.execute(f"UPDATE n SET v = {v}")
                run_topic = lambda: [r.value["data"][0]["v"] for r in lab.records(topic)]
                lab.wait_until(lambda: len(run_topic()) == 11, "eleven records")
            finally:
                self.assertEqual(lab.end(process), 0, run.log())
            database.execute("UPDATE n SET v = 12")
            run.catch_up()
            self.assertEqual(run_topic(), [str(v) for v in range(1, 13)])
            run.close()


if __name__ == "__main__":
    unittest.main()
