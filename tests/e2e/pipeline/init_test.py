"""`piperun init`: a first program for a server that checks, lints and runs as it is, and no secret anywhere."""

import json
import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

import lab


class Init(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="pipewright-init-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "project.pipe").write_text("")

    def database(self, server, sql):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        database.execute(sql)
        return database

    def url(self, database, login="cdc"):
        return f"mysql://{login}@127.0.0.1:{database.port}/{database.name}"

    def run_in_folder(self, *words, environment=None, code=0):
        """Standard output and error; the password is in neither, nor in any file."""
        environment = {"PIPEWRIGHT_PASSWORD": lab.CAPTURE_PASSWORD} if environment is None else environment
        done = subprocess.run(words, capture_output=True, text=True, cwd=self.folder, stdin=subprocess.DEVNULL,
                              env={**os.environ, **environment}, timeout=lab.RUN_TIMEOUT_S)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.no_secret(done.stdout + done.stderr)
        return done.stdout, done.stderr

    def no_secret(self, output):
        self.assertNotIn(lab.CAPTURE_PASSWORD, output)
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(lab.CAPTURE_PASSWORD, path.read_text())

    def init(self, *words, **options):
        return self.run_in_folder(lab.PIPERUN, "init", *words, **options)

    def is_clean(self, file):
        """Nothing to find for pipec in the program and its snapshot."""
        self.run_in_folder(lab.PIPEC, "fmt", "--check", file)
        for command in ("check", "lint"):
            output, _ = self.run_in_folder(lab.PIPEC, command, "--format", "json", file)
            document = json.loads(output)
            self.assertEqual((document["diagnostics"], document["summary"]["skipped"]), ([], []), output)

    def test_program_and_snapshot(self):
        tables = """CREATE TABLE orders (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v INT, `key` INT, double_v INT GENERATED ALWAYS AS (v * 2));
            INSERT INTO orders (v) VALUES (1), (2);
            CREATE TABLE audit (x INT); CREATE TABLE `grö ße` (id INT PRIMARY KEY); CREATE TABLE `select` (id INT PRIMARY KEY);
            CREATE TABLE uniquely (`group` INT NOT NULL, UNIQUE KEY (`group`)); CREATE VIEW seen AS SELECT id FROM orders"""
        for server, more in (("mysql", "; CREATE TABLE computed (k INT GENERATED ALWAYS AS (1) STORED PRIMARY KEY, `table` INT)"), ("mariadb", "")):
            with self.subTest(server=server):
                database = self.database(server, tables + more)
                output, errors = self.init(self.url(database))
                file = f"{database.name}.pipe"
                self.assertIn(f"{file}: {4 if more else 3} tables captured, snapshot in schema/db\n", output)
                self.assertIn(f"  left out: {database.name}.audit: no primary key", output)
                self.assertIn(f"  left out: {database.name}.grö ße: its name cannot be a topic's", output)
                self.assertNotIn("not ready", errors)
                text = (self.folder / file).read_text()
                for part in ("password = env('PIPEWRIGHT_PASSWORD');", f"table {database.name}.audit skip;", "select * except (double_v);", f"table {database.name}.*;"):
                    self.assertIn(part, text)
                self.is_clean(file)
                self.run_in_folder(lab.PIPERUN, "schema", "check", file)
                output, _ = self.run_in_folder(lab.PIPERUN, "run", file, "--until-caught-up")
                rows = [json.loads(line)["value"]["data"][0] for line in output.splitlines()]
                self.assertEqual(rows, [{"id": "1", "v": "1", "key": None}, {"id": "2", "v": "2", "key": None}])
                self.init(self.url(database), code=2)
                self.assertEqual((self.folder / file).read_text(), text)
                (self.folder / file).unlink()
                _, errors = self.init(self.url(database), code=2)
                self.assertIn("schema/db", errors)
                self.assertFalse((self.folder / file).exists())
                self.init(self.url(database), "--force", "--brokers", "localhost:9092")
                self.assertIn("brokers = ['localhost:9092'];", (self.folder / file).read_text())
                self.is_clean(file)
                for path in (self.folder / "schema").rglob("*.sql"):
                    path.unlink()
                (self.folder / "schema/db/_server.json").unlink()

    def test_several_databases(self):
        first, second = (self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)") for _ in range(2))
        output, _ = self.init(f"{self.url(first)},{second.name}", "two.pipe")
        self.assertIn("two.pipe: 2 tables captured", output)
        self.is_clean("two.pipe")

    def test_passwords(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)")
        _, errors = self.init(self.url(database, f"cdc:{lab.CAPTURE_PASSWORD}"), environment={})
        self.assertIn("a password on the command line", errors)
        self.init(self.url(database), "--force", environment={"MYSQL_PWD": lab.CAPTURE_PASSWORD})
        self.assertIn("env('MYSQL_PWD')", (self.folder / f"{database.name}.pipe").read_text())
        _, errors = self.init(self.url(database, "cdc:wrong-secret"), "--force", environment={}, code=3)
        self.assertIn("Access denied", errors)
        self.assertNotIn("wrong-secret", errors)
        for words in ([], ["postgres://x@y"], [f"mysql://127.0.0.1:{database.port}"], [self.url(database), "a.pipe", "b.pipe"]):
            self.init(*words, code=2)

    def test_password_at_a_terminal(self):
        database = self.database("mysql", "CREATE TABLE n (id INT PRIMARY KEY)")
        ours, theirs = pty.openpty()
        process = subprocess.Popen([lab.PIPERUN, "init", self.url(database)], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   cwd=self.folder, text=True)
        asked = process.stderr.read(len("password of cdc@"))
        self.assertEqual(asked, "password of cdc@")
        while (process.stderr.read(1)) != " ":
            pass
        os.write(ours, lab.CAPTURE_PASSWORD.encode() + b"\n")
        output, errors = process.communicate(timeout=lab.RUN_TIMEOUT_S)
        os.close(theirs)
        os.close(ours)
        self.assertEqual(process.returncode, 0, errors)
        self.no_secret(output + errors)
        self.assertIn("env('PIPEWRIGHT_PASSWORD')", (self.folder / f"{database.name}.pipe").read_text())

    def test_what_the_server_lacks(self):
        for server, keep in (("mysql", "SET PERSIST"), ("mariadb", "SET GLOBAL")):
            with self.subTest(server=server):
                user = lab.new_name("poor")
                database = self.database(server, "CREATE TABLE n (id INT PRIMARY KEY)")
                database.execute(f"CREATE USER {user}@'%' IDENTIFIED BY '{lab.CAPTURE_PASSWORD}'; GRANT SELECT ON {database.name}.* TO {user}@'%'")
                self.addCleanup(database.execute, f"DROP USER {user}@'%'")
                for value in ("FULL", "MINIMAL"):
                    self.addCleanup(database.execute, "SET GLOBAL binlog_row_image = FULL", database="")
                    database.execute(f"SET GLOBAL binlog_row_image = {value}")
                    _, errors = self.init(self.url(database, user), f"{server}.pipe", "--schema", server, "--force")
                    self.assertIn(f"GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '{user}'@'%';", errors)
                    self.assertEqual(f"{keep} binlog_row_image = FULL;" in errors, value == "MINIMAL", errors)
                database.execute("SET GLOBAL binlog_row_image = FULL")

    def test_nothing_to_capture(self):
        database = self.database("mysql", "CREATE VIEW v AS SELECT 1")
        _, errors = self.init(self.url(database), code=1)
        self.assertIn("has no table", errors)
        _, errors = self.init("mysql://cdc@127.0.0.1:1/x", code=3)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["project.pipe"])


if __name__ == "__main__":
    unittest.main()
