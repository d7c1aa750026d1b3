"""`piperun schema`: the snapshot of a server, written, compared, and replaced in one step."""

import json
import pathlib
import random
import subprocess
import time
import unittest

import lab

SINK = "sink out: stdout {}\n"


class SchemaTest(unittest.TestCase):
    def program(self, database, rules=None, **options):
        made = lab.Program(lab.source(database, **options) + SINK +
                           f"pipe p {{ from db; into out; format canal_json; {rules or f'table {database.name}.*;'} }}\n")
        self.addCleanup(made.close)
        (pathlib.Path(made.folder.name) / "project.pipe").write_text("")
        self.folder = pathlib.Path(made.folder.name) / "schema/db"
        return made

    def database(self, server, sql):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        database.execute(sql)
        return database

    def schema(self, made, verb, *options, code=0):
        """What `piperun schema VERB` prints on standard output."""
        found, output, errors = made.piperun("schema", verb, made.file.name, *options)
        self.assertEqual(found, code, output + errors)
        self.assertNotIn(lab.CAPTURE_PASSWORD, output + errors)
        self.errors = errors
        return output

    def files(self):
        """Every file of the snapshot with its text and its time."""
        return {str(path.relative_to(self.folder)): (path.read_text(), path.stat().st_mtime_ns)
                for path in self.folder.rglob("*") if path.is_file()}

    def pipec(self, made, command):
        done = subprocess.run([lab.PIPEC, command, made.file.name], capture_output=True, text=True, cwd=made.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout


class Pull(SchemaTest):
    def test_what_it_writes(self):
        for server, name in (("mariadb", "MariaDB 10.11."), ("mysql", "MySQL ")):
            with self.subTest(server=server):
                database = self.database(server, """
                    CREATE TABLE orders (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v ENUM('a', 'b'), note VARCHAR(20)) COMMENT 'x AUTO_INCREMENT=7';
                    INSERT INTO orders VALUES (41, 'a', NULL);
                    CREATE TABLE parts (id INT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10));
                    CREATE VIEW seen AS SELECT id FROM orders; CREATE TABLE tmp_x (id INT)""")
                other = self.database(server, "CREATE TABLE t (id INT)")
                made = self.program(database, f"table {database.name}.r'tmp_.*' skip; table {database.name}.*;")
                output = self.schema(made, "pull")
                self.assertIn(f"db ({name}", output)
                self.assertIn(f"2 tables in schema/db: 2 added\n  + {database.name}.orders\n  + {database.name}.parts\n", output)
                first = self.files()
                self.assertEqual(set(first), {"_server.json", f"{database.name}/orders.sql", f"{database.name}/parts.sql"})
                heading, definition = first[f"{database.name}/orders.sql"][0].split("\n", 1)
                self.assertRegex(heading, rf"^-- schema/db/{database.name}/orders.sql · {name}[0-9.]+ · pulled 20\d\d-\d\d-\d\dT\d\d:\d\dZ$")
                self.assertTrue(definition.startswith("CREATE TABLE `orders` (\n  `id` bigint"), definition)
                self.assertNotIn("AUTO_INCREMENT=41", definition)
                self.assertIn("COMMENT='x AUTO_INCREMENT=7'", definition)
                facts = json.loads(first["_server.json"][0])
                for fact in ("version", "sql_mode", "time_zone", "server_id", "pulled", "character_set_server"):
                    self.assertIn(fact, facts)
                self.assertEqual([facts[f] for f in ("log_bin", "binlog_format", "binlog_row_image")], ["ON", "ROW", "FULL"])
                self.assertIsInstance(facts["binlog_expire_logs_seconds"], int)
                # Rows and partitions are no alteration.
                database.execute("INSERT INTO orders (v) VALUES ('b'); ALTER TABLE parts ADD PARTITION (PARTITION p1 VALUES LESS THAN (20))")
                self.assertIn("2 tables in schema/db: no change", self.schema(made, "pull"))
                self.assertEqual(self.files(), first)
                self.assertIn("2 of 2 tables", self.pipec(made, "plan"))
                self.schema(made, "pull", "--all", "--quiet")
                self.assertIn(f"{other.name}/t.sql", self.files())
                self.assertIn(f"{database.name}/tmp_x.sql", self.files())

    def test_changes(self):
        database = self.database("mysql", "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id INT PRIMARY KEY); CREATE TABLE c (id INT PRIMARY KEY)")
        made = self.program(database)
        self.schema(made, "pull")
        before = self.files()
        (self.folder / database.name / "notes.md").write_text("ours")
        (self.folder / database.name / "by_hand.sql").write_text("CREATE TABLE by_hand (id INT)")
        (self.folder / "README").write_text("ours too")
        facts = json.loads((self.folder / "_server.json").read_text())
        (self.folder / "_server.json").write_text(json.dumps({**facts, "broker": "added by hand"}))
        database.execute("DROP TABLE a; ALTER TABLE b ADD v INT; CREATE TABLE d (id INT PRIMARY KEY)")
        self.assertIn(f"1 added, 1 changed, 1 removed\n  - {database.name}.a\n  ~ {database.name}.b\n  + {database.name}.d\n", self.schema(made, "pull"))
        after = self.files()
        self.assertEqual({name.split("/")[-1] for name in after}, {"_server.json", "README", "notes.md", "by_hand.sql", "b.sql", "c.sql", "d.sql"})
        self.assertEqual(after[f"{database.name}/c.sql"], before[f"{database.name}/c.sql"])
        self.assertIn("`v` int", after[f"{database.name}/b.sql"][0])
        self.assertEqual(json.loads(after["_server.json"][0])["broker"], "added by hand")
        self.assertEqual([path.name for path in self.folder.parent.iterdir()], ["db"], "nothing is left behind")

    def test_names_that_no_file_can_have(self):
        names = ("a/b", ".hidden", "Orders", "orders", "größe", "50%", "x.y", "select")
        database = self.database("mariadb", ";".join(f"CREATE TABLE `{name}` (id INT PRIMARY KEY)" for name in names))
        made = self.program(database, f"topic \"all\"; table {database.name}.*;")
        self.schema(made, "pull")
        folded = [name.lower() for name in self.files()]
        self.assertEqual(len(set(folded)), len(names) + 1, folded)
        plan = self.pipec(made, "plan")
        for name in names:
            self.assertIn(name, plan)
        self.assertIn(f"{len(names)} of {len(names)} tables", plan)
        self.assertIn("as in schema/db", self.schema(made, "check"))

    def test_snapshot_that_the_program_does_not_fit(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)")
        made = self.program(database, f"table {database.name}.n {{ select id, v; }}")
        self.schema(made, "pull")
        self.assertEqual(subprocess.run([lab.PIPEC, "check", made.file], capture_output=True).returncode, 1)
        database.execute("ALTER TABLE n ADD v INT")
        self.schema(made, "pull")
        self.pipec(made, "check")

    def test_tables_that_are_not_seen_any_more(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)")
        made = self.program(database)
        self.schema(made, "pull")
        before = self.files()
        database.execute("DROP TABLE n")
        self.schema(made, "pull", code=1)
        self.assertIn("the account may lack SELECT", self.errors)
        self.assertEqual(self.files(), before)

    def test_wrong_usage_and_servers_that_are_away(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)")
        made = self.program(database)
        for words in (["push", made.file.name], ["pull"], ["pull", made.file.name, "nosuch"], ["check", made.file.name, "--format", "xml"]):
            self.assertEqual(made.piperun("schema", *words)[0], 2, words)
        made.file.write_text(made.file.read_text().replace(f":{database.port}", ":1"))
        for verb in ("pull", "check", "diff"):
            self.schema(made, verb, code=3)
            self.assertIn("127.0.0.1:1", self.errors)
        self.assertFalse(self.folder.exists())
        made.file.write_text("source db: mysql {")
        self.schema(made, "pull", code=1)

    def test_killed_at_any_moment(self):
        """The old snapshot stays whole, or the new one is."""
        count = 80
        database = self.database("mariadb", ";".join(f"CREATE TABLE t{i} (id INT PRIMARY KEY, v INT)" for i in range(count)))
        made = self.program(database)
        began = time.monotonic()
        self.schema(made, "pull")
        whole_s = time.monotonic() - began
        text = {True: "`v` int", False: "`v` bigint"}
        old, randomly = True, random.Random(3)
        for _ in range(4):
            kind = "BIGINT" if old else "INT"
            database.execute(";".join(f"ALTER TABLE t{i} MODIFY v {kind}" for i in range(count)))
            process = subprocess.Popen([lab.PIPERUN, "schema", "pull", made.file.name], env=made.environment, cwd=made.folder.name,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole_s * randomly.uniform(0.3, 1.0))
            process.kill()
            process.wait()
            tables = [path.read_text() for path in (self.folder / database.name).iterdir()]
            self.assertEqual(len(tables), count)
            self.assertEqual(len({text[True] in table for table in tables}), 1, "half of it is new")
            self.schema(made, "pull")
            old = not old
            tables = [path.read_text() for path in (self.folder / database.name).iterdir()]
            self.assertEqual([text[old] in table for table in tables], [True] * count)
        self.assertEqual([path.name for path in self.folder.parent.iterdir()], ["db"])


class Check(SchemaTest):
    def test_drift(self):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                database = self.database(server, "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE n (id INT PRIMARY KEY, v INT, w INT, KEY w (w))")
                made = self.program(database)
                self.schema(made, "check", code=1)
                self.schema(made, "pull")
                before = self.files()
                self.assertIn("2 tables as in schema/db", self.schema(made, "check"))
                self.assertEqual(self.schema(made, "diff"), "")
                database.execute("DROP TABLE a; ALTER TABLE n MODIFY v BIGINT NOT NULL, DROP w, ADD `x y` CHAR(3) CHARACTER SET ascii; CREATE TABLE m (id INT PRIMARY KEY)")
                output = self.schema(made, "check", code=1)
                for line in (f"  - {database.name}.a", f"  + {database.name}.m", f"  ~ {database.name}.n", " -> bigint", "      - KEY `w` (`w`)", "      + `x y` char(3) CHARACTER SET ascii"):
                    self.assertIn(line, output)
                self.assertIn("piperun schema pull", self.errors)
                diff = self.schema(made, "diff", code=1)
                self.assertIn(f"--- schema/db/{database.name}/n.sql\n+++ server: schema/db/{database.name}/n.sql\n@@ -1,7 +1,6 @@\n CREATE TABLE `n` (\n", diff)
                self.assertIn("--- /dev/null\n+++ server: ", diff)
                document = json.loads(self.schema(made, "check", "--format", "json", code=1))
                self.assertEqual([(t["table"], t["change"]) for t in document["drift"]], [("a", "removed"), ("m", "added"), ("n", "changed")])
                self.assertEqual([(p["change"], p.get("column")) for p in document["drift"][2]["parts"]],
                                 [("changed", "v"), ("removed", "w"), ("removed", None), ("added", "x y")])
                self.assertEqual(self.files(), before, "a check writes nothing")

    def test_facts_of_the_server(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)")
        made = self.program(database)
        self.schema(made, "pull")
        path = self.folder / "_server.json"
        path.write_text(path.read_text().replace('"FULL"', '"MINIMAL"'))
        self.assertIn('  ~ server: binlog_row_image "MINIMAL" -> "FULL"', self.schema(made, "check", code=1))
        document = json.loads(self.schema(made, "check", "--format", "json", code=1))
        self.assertIn({"source": "db", "name": "binlog_row_image", "snapshot": "MINIMAL", "server": "FULL"}, document["server"])


class Start(SchemaTest):
    """The columns that a program uses are looked at again before the first row."""

    def made(self, database, select, sink=SINK, into="out"):
        made = self.program(database)
        made.file.write_text(lab.source(database) + sink + f"""pipe p {{
  from db; into {into}; format canal_json;
  table {database.name}.n {{ {select} }}
}}
""")
        self.schema(made, "pull")
        return made

    def refused(self, made, *texts):
        code, output, errors = made.run("--until-caught-up")
        self.assertEqual((code, output), (1, ""), errors)
        for text in (*texts, "piperun schema pull"):
            self.assertIn(text, errors)

    def test_columns_in_use(self):
        for server, integer, wide in (("mysql", "int", "bigint"), ("mariadb", "int", "bigint")):
            with self.subTest(server=server):
                database = self.database(server, "CREATE TABLE n (id INT PRIMARY KEY, v INT, w INT, e ENUM('a', 'b'), gone INT); INSERT INTO n VALUES (1, 1, 1, 'a', 1)")
                made = self.made(database, "where e = 'a'; select *, v + 1 as more, coalesce(gone, 0) as other;")
                made.catch_up()
                database.execute("ALTER TABLE n MODIFY v BIGINT, MODIFY e ENUM('a', 'b', 'c'), DROP gone")
                self.refused(made, f"  ~ {database.name}.n.v: `{integer}` in the schema snapshot, `{wide}` on the server",
                             f"  ~ {database.name}.n.e: `enum('a','b')` in the schema snapshot, `enum('a','b','c')` on the server",
                             f"  - {database.name}.n.gone: `{integer}` in the schema snapshot, not on the server")
                plan = subprocess.run([lab.PIPEC, "plan", "--format", "json", made.file], capture_output=True, text=True)
                made.file.write_text(plan.stdout)
                self.refused(made, f"{database.name}.n.gone: ")

    def test_columns_that_are_not_used(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY, v INT, w INT, hidden INT); INSERT INTO n VALUES (1, 1, 1, 1)")
        made = self.made(database, "where v > 0; select * except (hidden);")
        database.execute("ALTER TABLE n MODIFY w BIGINT, MODIFY hidden VARCHAR(10), ADD x INT, MODIFY v INT NOT NULL, ADD KEY (w)")
        made.catch_up()
        database.execute("ALTER TABLE n DROP w")
        made.catch_up()

    def test_the_key(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY, v INT)")
        made = self.made(database, "")
        database.execute("ALTER TABLE n MODIFY id BIGINT")
        self.refused(made, f"  ~ {database.name}.n.id: `int not null` in the schema snapshot, `bigint not null` on the server")
        self.schema(made, "pull")
        made.catch_up()

    def test_changes_that_the_pipe_has_followed(self):
        """They are no reason to refuse a restart; what changed while it did not run is."""
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1)")
        made = self.made(database, "select id, v;", lab.kafka_sink(), "bus")
        process = made.start()
        lab.wait_until(lambda: lab.end_offsets(f"{database.name}-n") > 0, "the first load")
        database.execute("ALTER TABLE n MODIFY v BIGINT; INSERT INTO n VALUES (2, 2)")
        lab.wait_until(lambda: len(lab.records(f"{database.name}-n")) == 2, "the row behind the ALTER")
        self.assertEqual(lab.end(process), 0)
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 0, errors)
        self.assertIn(f"{database.name}.n.v: `int` in the schema snapshot, `bigint` on the server", errors)
        database.execute("ALTER TABLE n MODIFY v SMALLINT")
        self.refused(made, f"{database.name}.n.v: `int` in the schema snapshot, `smallint` on the server")
        self.schema(made, "pull")
        made.catch_up()


if __name__ == "__main__":
    unittest.main()
