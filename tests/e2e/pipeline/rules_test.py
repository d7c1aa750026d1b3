"""What `on` rules make of schema changes while a pipe runs: tables loaded anew, renames followed, a pause before anything else."""

import signal
import unittest

import lab

KEYS = 60_000  # three chunks, the first one small


def program(database, tables, source_settings="", sink_settings=""):
    return lab.Program(lab.source(database, source_settings) + lab.kafka_sink(sink_settings, partitions=1) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "$database$-$tablename$";
  {tables}
}}
""")


class RulesCase(unittest.TestCase):
    def setUp(self):
        self.process = None
        self.addCleanup(lambda: self.process is not None and self.process.poll() is None and lab.end(self.process, signal.SIGKILL))

    def database(self, server):
        made = lab.Database(server)
        self.addCleanup(made.drop)
        return made

    def start(self, made):
        before = len(made.log())
        self.process = made.start()
        self.wait_for(made, lambda: "streaming" in made.log()[before:], "the pipe streams")

    def wait_for(self, made, condition, what):
        def there():
            if self.process.poll() is not None:
                raise AssertionError(f"piperun ended before: {what}\n{made.log()}")
            return condition()
        lab.wait_until(there, what)

    def replayed(self, database, table):
        """Topic of the table -> rows and how often each key was loaded."""
        found = lab.records(f"{database.name}-{table}")
        loads = {}
        for record in found:
            if record.value["type"] == "INIT":
                for row in record.value["data"]:
                    loads[row["id"]] = loads.get(row["id"], 0) + 1
        rows = lab.replay_canal(found, "id")
        return {key: [row.get("id"), row.get("v")] for key, row in rows.items()}, loads

    def expect_table(self, database, table, topic_of=None):
        expected = {row[0]: row for row in database.rows(f"SELECT id, v FROM {table}")}
        rows, loads = self.replayed(database, topic_of or table)
        self.assertEqual(rows, expected, f"{database.server}: {table}")
        return loads


class Resnapshot(RulesCase):
    def check(self, server, setting, first_loads):
        database = self.database(server)
        database.execute("CREATE TABLE a (id INT PRIMARY KEY, v INT); INSERT INTO a VALUES (1, 1), (2, 2), (3, 3)")
        made = program(database, f"""table {database.name}.r'tmp_.*' skip;
  table {database.name}.* {{ key (id); }}
  on create table, modify column, rename table resnapshot;
  on ddl skip;""", f"snapshot {setting};")
        self.addCleanup(made.close)
        self.start(made)
        # A row that the log lacks tells whether the table was read.
        self.process.send_signal(signal.SIGSTOP)
        unlogged = "SET SESSION sql_log_bin = 0; INSERT INTO {} VALUES (100, 100); SET SESSION sql_log_bin = 1;"
        database.execute("CREATE TABLE b (id INT PRIMARY KEY, v INT) AS SELECT id, v + 10 AS v FROM a;" + unlogged.format("b") +
                         "CREATE TABLE IF NOT EXISTS a (id INT);"
                         "CREATE TABLE tmp_c (id INT PRIMARY KEY, v INT); INSERT INTO tmp_c VALUES (1, 5);" + unlogged.format("tmp_c") +
                         "RENAME TABLE tmp_c TO c; UPDATE c SET v = 6 WHERE id = 1;")
        self.process.send_signal(signal.SIGCONT)
        for table in "bc":
            self.wait_for(made, lambda: f"first load of {database.name}.{table} is done" in made.log(), f"{table} is loaded")
        self.assertEqual(made.log().count("is loaded anew"), 2, made.log())
        database.execute(unlogged.format("a") + "ALTER TABLE a MODIFY v BIGINT; UPDATE a SET v = 7 WHERE id = 1; DELETE FROM a WHERE id = 2")
        self.wait_for(made, lambda: made.log().count(f"first load of {database.name}.a is done") == first_loads + 1, "a is loaded again")
        self.assertEqual(lab.end(self.process), 0)
        made.catch_up()
        self.expect_table(database, "b")
        self.expect_table(database, "c")
        loads = self.expect_table(database, "a")
        self.assertEqual([loads.get("3"), loads.get("100")], [first_loads + 1, 1])

    def test_mariadb(self):
        self.check("mariadb", "initial", 1)

    def test_mysql(self):
        self.check("mysql", "none", 0)

    def test_a_table_that_cannot_be_loaded_stops_the_pipe_before_the_statement(self):
        database = self.database("mariadb")
        made = program(database, f"table {database.name}.* {{ key none; }} on create table resnapshot;", "snapshot none;")
        self.addCleanup(made.close)
        made.catch_up()
        database.execute("CREATE TABLE keyless (v INT); INSERT INTO keyless VALUES (1)")
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 1, errors)
        self.assertIn("`CREATE TABLE keyless (v INT)` asks for a load by its `resnapshot` rule", errors)
        self.assertIn("neither a primary key nor a unique key", errors)
        made.file.write_text(made.file.read_text().replace("resnapshot", "skip"))
        made.catch_up()
        self.assertEqual(len(lab.records(f"{database.name}-keyless")), 1)


class KilledResnapshot(unittest.TestCase):
    def check(self, server):
        ledger = lab.Ledger(server, KEYS, source_settings="snapshot none;", rules="on add index resnapshot;")
        self.addCleanup(ledger.close)
        process = ledger.start_under_load()
        ledger.wait_for_records()
        ledger.database.execute("ALTER TABLE ledger ADD INDEX by_step (step)")
        done = f"first load of {ledger.database.name}.ledger is done"
        killed_inside = 0
        while done not in ledger.program.log():
            lab.wait_until(lambda: "loaded anew" in ledger.program.log() or process.poll() is not None, "the rule acts")
            ledger.wait_for_records()
            killed_inside += done not in ledger.program.log()
            lab.end(process, signal.SIGKILL)
            if killed_inside == 3:
                break
            process = ledger.program.start()
        ledger.writer.stop()
        self.assertGreaterEqual(killed_inside, 1, ledger.program.log())
        ledger.program.catch_up()
        ledger.verify()

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


class Follow(RulesCase):
    def check(self, server):
        database = self.database(server)
        database.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT); INSERT INTO t VALUES (1, 1), (2, 2)")
        made = program(database, f"table {database.name}.t {{ key (id); on rename table follow; on ddl skip; }}")
        self.addCleanup(made.close)
        self.start(made)
        database.execute("RENAME TABLE t TO archive; INSERT INTO archive VALUES (3, 3); UPDATE archive SET v = 20 WHERE id = 2")
        self.wait_for(made, lambda: "is followed by the rule of" in made.log(), "the rename is followed")
        self.wait_for(made, lambda: len(self.replayed(database, "t")[0]) == 3, "rows under the new name")
        lab.end(self.process, signal.SIGKILL)
        # Found again by what is saved; the next name comes while nobody reads.
        database.execute("INSERT INTO archive VALUES (4, 4); RENAME TABLE archive TO archive2; DELETE FROM archive2 WHERE id = 1")
        self.start(made)
        database.execute("ALTER TABLE archive2 ADD COLUMN w INT; INSERT INTO archive2 VALUES (5, 5, 5)")
        self.wait_for(made, lambda: "5" in self.replayed(database, "t")[0], "rows under the third name")
        loads = self.expect_table(database, "archive2", "t")
        self.assertEqual(loads, {"1": 1, "2": 1})
        # Its own name again, then a swap as gh-ost makes it: the name stays, the old table goes.
        database.execute("RENAME TABLE archive2 TO t; CREATE TABLE _t_gho LIKE t; ALTER TABLE _t_gho ADD COLUMN x INT;"
                         "INSERT INTO _t_gho (id, v) SELECT id, v FROM t;"
                         "RENAME TABLE t TO _t_del, _t_gho TO t; INSERT INTO _t_del VALUES (90, 90, 90); INSERT INTO t VALUES (6, 6, 6, 6)")
        self.wait_for(made, lambda: "6" in self.replayed(database, "t")[0], "rows behind the swap")
        self.assertEqual(self.expect_table(database, "t"), {"1": 1, "2": 1})
        # In two statements: the table that comes is loaded, the one that went is left alone.
        database.execute("CREATE TABLE _t_new LIKE t; INSERT INTO _t_new SELECT id, v + 100, w, x FROM t;"
                         "RENAME TABLE t TO _t_old; INSERT INTO _t_old VALUES (91, 91, 91, 91); DELETE FROM _t_old WHERE id = 91;"
                         "RENAME TABLE _t_new TO t; INSERT INTO _t_old VALUES (92, 92, 92, 92); INSERT INTO t VALUES (7, 7, 7, 7)")
        self.wait_for(made, lambda: "7" in self.replayed(database, "t")[0], "rows behind the second swap")
        self.wait_for(made, lambda: "is followed no longer" in made.log(), "the old table is let go")
        self.assertEqual(lab.end(self.process), 0)
        made.catch_up()
        self.expect_table(database, "t")

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


class Pause(RulesCase):
    def test_a_rule_for_a_change_comes_before_what_it_does_to_the_program(self):
        database = self.database("mariadb")
        database.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT); INSERT INTO t VALUES (1, 1)")
        made = program(database, f"table {database.name}.t {{ select id, v; key (id); on drop column pause; }}")
        self.addCleanup(made.close)
        made.catch_up()
        database.execute("INSERT INTO t VALUES (2, 2); ALTER TABLE t DROP COLUMN v; INSERT INTO t VALUES (3)")
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 6, errors)
        self.assertIn("`ALTER TABLE t DROP COLUMN v` of", errors)
        self.assertIn("pauses the pipe by `on drop column pause`", errors)
        made.file.write_text(made.file.read_text().replace("select id, v;", "select id;"))
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 6, errors)
        made.file.write_text(made.file.read_text().replace("pause", "skip"))
        made.catch_up()
        self.assertEqual(sorted(lab.replay_canal(lab.records(f"{database.name}-t"), "id")), ["1", "2", "3"])


if __name__ == "__main__":
    unittest.main()
