"""What piperun tells: the structured log, the text log, and the line of progress on a terminal."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
import unittest

import lab


class Terminal:
    """A run whose stderr is a terminal."""

    def __init__(self, made):
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen([lab.PIPERUN, "run", str(made.file)], stdout=subprocess.DEVNULL, stderr=theirs, env=made.environment)
        os.close(theirs)
        self.bytes = b""

    @property
    def shown(self):
        return self.bytes.decode(errors="replace")

    def wait_for(self, pattern):
        deadline = time.monotonic() + 60
        while not re.search(pattern, self.shown):
            if not select.select([self.ours], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"not shown: {pattern}\n{self.shown}")
            self.bytes += os.read(self.ours, 4096)

    def close(self):
        if self.process.poll() is None:
            lab.end(self.process, signal.SIGKILL)
        os.close(self.ours)


class Log(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.database.execute("CREATE TABLE n (id INT PRIMARY KEY); INSERT INTO n VALUES (1), (2), (3);")

    def program(self, table="n", password=lab.CAPTURE_PASSWORD):
        made = lab.Program(lab.source(self.database, "retry { first = 10ms; }") + f"""sink out: stdout {{}}
pipe p {{
  from db;
  into out;
  format canal_json;
  table {self.database.name}.{table} {{ key (id); }}
}}
""", password=password)
        self.addCleanup(made.close)
        return made

    def json_log(self, made, code):
        found, _, errors = made.run("--until-caught-up", "--log-format", "json")
        self.assertEqual(found, code, errors)
        lines = [json.loads(line) for line in errors.splitlines()]
        for line in lines:
            self.assertLessEqual({"time", "level", "message"}, set(line), line)
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        return lines

    def test_json_tells_states_and_progress(self):
        lines = self.json_log(self.program(), 0)
        self.assertEqual([line["state"] for line in lines if "state" in line and "rows" not in line], ["checking", "snapshotting", "streaming", "stopped"])
        last = lines[-1]
        self.assertEqual((last["pipe"], last["state"], last["rows"], last["restarts"]), ("p", "stopped", 3, 0))
        self.assertEqual(last["tables"], 1)
        self.assertIsInstance(last["lag_ms"], int)
        self.assertIsInstance(last["rows_per_second"], int)

    def test_json_tells_why_it_failed(self):
        lines = self.json_log(self.program(password="wrong"), 3)
        self.assertEqual([line["level"] for line in lines if line.get("state") == "retrying"], ["warning", "warning"])
        failure = next(line for line in lines if line["level"] == "error")
        self.assertEqual((failure["pipe"], failure["state"], failure["exit_code"]), ("p", "failed", 3))
        self.assertIn("Access denied", failure["message"])

    def test_json_tells_what_is_wrong_with_the_program(self):
        made = self.program()
        made.file.write_text(made.file.read_text().replace("into out", "into owt"))
        lines = self.json_log(made, 1)
        self.assertEqual((lines[0]["level"], lines[0]["id"], lines[0]["line"]), ("error", "PIPE103", 10), lines)
        self.assertEqual(lines[0]["file"], str(made.file))

    def test_warnings_of_the_pipe_are_told(self):
        """A table without a key, and what a `skip` rule says; each once."""
        name, position = self.database.rows("SHOW MASTER STATUS")[0][:2]
        self.database.execute("CREATE TABLE keyless (a INT); INSERT INTO keyless VALUES (1); ALTER TABLE keyless ADD COLUMN b INT;"
                              "INSERT INTO keyless VALUES (2, 2);")
        made = self.program("keyless")
        text = made.file.read_text().replace(" { key (id); }", "; on add column skip 'tell the data team';")
        made.file.write_text(text.replace("retry {", f"snapshot none; start file {{ name = '{name}'; position = {position}; }} retry {{"))
        warnings = [line for line in self.json_log(made, 0) if line["level"] == "warning"]
        self.assertEqual([line["pipe"] for line in warnings], ["p", "p"], warnings)
        self.assertIn("keyless has no primary key and no unique key without NULLs", warnings[0]["message"])
        self.assertIn("skipped: tell the data team", warnings[1]["message"])

    def test_progress_line_is_for_terminals(self):
        """Phase, tables, rows, rate and lag, and how far the first load has come."""
        self.database.execute("CREATE TABLE a_first (id INT PRIMARY KEY); INSERT INTO a_first SELECT seq FROM seq_1_to_20000;")
        made = self.program("*")
        made.file.write_text(made.file.read_text().replace("retry {", "snapshot initial { chunk_rows = 200; } retry {"))
        terminal = Terminal(made)
        self.addCleanup(terminal.close)
        session = lab.Session(self.database)
        self.addCleanup(session.close)
        terminal.wait_for(", log from ")
        # The load stands still before its second table.
        session.execute("LOCK TABLES n WRITE")
        rate = r"\d[\d,]*/s · lag \d+\.\d s"
        terminal.wait_for(rf"\r\x1b\[Kp snapshotting · 2 tables · 20,000 rows, {rate} · first load 1/2 tables, 20,000 rows\r")
        session.execute("UNLOCK TABLES")
        session.close()
        terminal.wait_for(rf"\r\x1b\[Kp streaming · 2 tables · 20,003 rows, {rate}\r")
        self.database.execute("INSERT INTO n SELECT seq FROM seq_1000_to_3999")
        terminal.wait_for(r"\r\x1b\[Kp streaming · 2 tables · 23,003 rows, [1-9][\d,]*/s · lag \d+\.\d s\r")
        self.assertEqual(lab.end(terminal.process), 0)
        # A line of the log takes the place of the progress that stands there.
        for line in terminal.shown.split("\n")[:-1]:
            self.assertTrue(line.startswith("\r\x1b[K"), line)
        _, _, errors = made.run("--until-caught-up")
        self.assertNotIn("\r", errors)
        self.assertNotIn("\x1b", errors)


if __name__ == "__main__":
    unittest.main()
