"""SQL scripts of type families and transaction shapes (tests/e2e/scripts), on both servers at once: the records of each
script's topic, replayed, are its tables as a SELECT gives them, and are exactly those of its .expect file.

A script is NAME.sql, or NAME.SERVER.sql for one server. What stands before the line `-- live` is there when the pipe starts,
the rest happens afterwards. Lines with a meaning: `-- diverges: TABLE …` names tables whose changes the server does not log.
NAME.expect or NAME.SERVER.expect has a line per record, without its clock, position and column types.
Environment: SCRIPTS=name,… runs only these; GOLDEN_UPDATE=1 rewrites the .expect files.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import unittest

import canal_tables
import lab

FOLDER = lab.ROOT / "tests/e2e/scripts"
END = "end_of_scripts"
LIVE = "-- live\n"
DIVERGES = "-- diverges:"
# No .expect: too wide to read.
UNREADABLE = {"wide"}
LONG = 1000
SHOWN = ("type", "table", "pkNames", "data", "old", "sql")


class Script:
    def __init__(self, path, server):
        self.name = path.name.split(".")[0]
        self.server = server
        text = path.read_text().replace("$folder$", str(FOLDER))
        self.diverging = [name for line in text.splitlines() if line.startswith(DIVERGES)
                          for name in line.removeprefix(DIVERGES).split()]
        self.before, _, self.live = text.partition(LIVE)
        self.database = lab.Database(server, prefix=self.name)

    def replayed(self, found):
        replay = canal_tables.Replay()
        for record in found:
            replay.apply(record)
        return replay

    def shown(self, found):
        lines = []
        for record in found:
            if record.value["table"] == END:
                continue
            value = {name: shortened(record.value[name]) for name in SHOWN if record.value[name] not in (None, "")}
            lines.append(json.dumps({"key": record.key and json.loads(record.key), **value}, ensure_ascii=False))
        return "".join(line + "\n" for line in lines).replace(self.database.name, "$database$")

    def expectation(self):
        own = FOLDER / f"{self.name}.{self.server}.expect"
        return own if own.exists() else FOLDER / f"{self.name}.expect"


def scripts(server):
    wanted = os.environ.get("SCRIPTS", "").split(",")
    for path in sorted(FOLDER.glob("*.sql")):
        name, *only, _ = path.name.split(".")
        if (not only or only == [server]) and (wanted == [""] or name in wanted):
            yield Script(path, server)


def program(captured):
    source = lab.source(captured[0].database)
    sink = f"""sink bus: kafka {{
  brokers = ['127.0.0.1:{lab.KAFKA_PORT}'];
  record_max = 64MiB;
  topics {{ auto_create = true; replication = 1; config {{ `max.message.bytes` = '67108864'; }} }}
}}
"""
    rules = "\n".join(f"  table {script.database.name}.*;" for script in captured)
    return f"""{source}{sink}
pipe scripts {{
  from db;
  into bus;
  topic "$database$";
  format canal_json {{ snapshot_as = init; enum = label; }}
{rules}
  on ddl publish;
}}
"""


class Scripts(unittest.TestCase):
    maxDiff = 3000

    def test_scripts(self):
        with concurrent.futures.ThreadPoolExecutor(2) as servers:
            captures = list(servers.map(self.capture, ("mariadb", "mysql")))
        for script, found in (pair for capture in captures for pair in capture):
            with self.subTest(script=script.name, server=script.server):
                self.check_tables(script, found)
                if script.name not in UNREADABLE:
                    self.check_records(script, found)

    def capture(self, server):
        """Runs the scripts of a server under a pipe; returns each with its records."""
        captured = list(scripts(server))
        for script in captured:
            self.addCleanup(script.database.drop)
            script.database.execute(script.before)
        run = lab.Program(program(captured))
        self.addCleanup(run.close)
        run.catch_up()
        self.live(run, captured)
        with concurrent.futures.ThreadPoolExecutor(2) as readers:
            return list(zip(captured, readers.map(lambda script: lab.records(script.database.name), captured)))

    def live(self, run, captured):
        """Runs what the scripts change while the pipe streams, until the last script's end has come out."""
        process = run.start()
        try:
            lab.wait_until(lambda: "streaming" in run.log(), "the pipe streams")
            for script in captured:
                script.database.execute(script.live)
            captured[-1].database.execute(f"CREATE TABLE {END} (id INT PRIMARY KEY)")
            lab.wait_until(lambda: process.poll() is not None or self.ended(captured[-1]), "the end of the last script")
        finally:
            code = lab.end(process)
        self.assertEqual(code, 0, run.log())
        # A start behind all of it repeats nothing and loads nothing again.
        run.catch_up()
        captured[-1].database.execute(f"DROP TABLE {END}")

    @staticmethod
    def ended(script):
        return any(record.value["table"] == END for record in lab.records(script.database.name))

    def check_tables(self, script, found):
        replay = script.replayed(found)
        for table, expected in canal_tables.server_tables(script.database).items():
            if table in script.diverging:
                continue
            actual = replay.rows(table)
            for row in expected:
                same = next((i for i, other in enumerate(actual) if row == other), None)
                if same is None:
                    self.fail(f"{table}: the server has {cut(row)}; the records have {cut(actual)}")
                del actual[same]
            if actual:
                self.fail(f"{table}: the records have rows that the server does not have: {cut(actual)}")

    def check_records(self, script, found):
        path, shown = script.expectation(), script.shown(found)
        if os.environ.get("GOLDEN_UPDATE") == "1":
            self.update(script, shown)
            return
        self.assertEqual(path.read_text().splitlines(), shown.splitlines(), f"against {path.name}; GOLDEN_UPDATE=1 rewrites it")

    @staticmethod
    def update(script, shown):
        """One file for both servers as long as they agree."""
        common = FOLDER / f"{script.name}.expect"
        own = FOLDER / f"{script.name}.{script.server}.expect"
        one_server = (FOLDER / f"{script.name}.{script.server}.sql").exists()
        if one_server or own.exists() or (script.server == "mysql" and common.exists() and common.read_text() != shown):
            own.write_text(shown)
        else:
            common.write_text(shown)


def shortened(part):
    """A part of a record with its long texts as their start, length and hash."""
    if isinstance(part, list):
        return [shortened(item) for item in part]
    if isinstance(part, dict):
        return {name: shortened(value) for name, value in part.items()}
    if isinstance(part, str) and len(part) > LONG:
        return f"{part[:30]}… {len(part)} characters, SHA-256 {hashlib.sha256(part.encode()).hexdigest()}"
    return part


def cut(value):
    text = repr(value)
    return text if len(text) < 2000 else text[:2000] + "…"


if __name__ == "__main__":
    unittest.main()
