"""One pipe that reads a MariaDB and a MySQL into one topic: each row of each server once, across a stop, a kill -9 and a
source that is added; what one source cannot do stops the pipe and says which."""

import json
import signal
import subprocess
import unittest

import lab

KEYS = 2_000
SERVERS = {"maria": "mariadb", "my": "mysql"}


class Sources(unittest.TestCase):
    def ledgers(self, keys=KEYS):
        """A ledger on each server, both published by one program to one topic."""
        topic = lab.new_name("everywhere")
        ledgers = {}
        for name, server in SERVERS.items():
            ledgers[name] = lab.Ledger(server, keys)
            self.addCleanup(ledgers[name].close)
            ledgers[name].program.close()
            ledgers[name].topic = topic
        return ledgers

    def program(self, ledgers, sources=tuple(SERVERS), extra=None):
        databases = "|".join(ledger.database.name for ledger in ledgers.values())
        text = "".join(lab.source(ledgers[source].database, f"retry {{ first = 50ms; max = 500ms; }} {(extra or {}).get(source, '')}", name=source)
                       for source in sources)
        text += lab.kafka_sink("retry { first = 50ms; max = 500ms; }") + f"""
pipe everywhere {{
  from {', '.join(sources)};
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "{next(iter(ledgers.values())).topic}";
  table r'{databases}'.ledger {{
    select meta.source as server, *;
    key (server, id);
    partition by hash (server, id);
  }}
}}
"""
        program = lab.Program(text)
        self.addCleanup(program.close)
        return program

    def positions(self, program):
        """Sources of the program with a saved position."""
        done = subprocess.run(["kcat", "-C", "-q", "-e", "-b", f"127.0.0.1:{lab.KAFKA_PORT}", "-t", "_pipewright", "-f", "%k\n",
                               "-X", "isolation.level=read_committed"], capture_output=True, text=True, check=True)
        keys = [json.loads(line) for line in done.stdout.splitlines() if program.name in line]
        return {key["source"] for key in keys if key["kind"] == "position"}

    def servers_of(self, topic):
        """What each server sent: (type, server, id)."""
        return [(record.value["type"], record.value["data"][0]["server"], int(record.value["data"][0]["id"])) for record in lab.records(topic)]

    def test_every_row_once(self):
        """First load and changes of both under load; a clean stop, then kill -9, then the rest."""
        ledgers = self.ledgers()
        program = self.program(ledgers, extra={name: "snapshot initial { chunk_rows = 100; }" for name in SERVERS})
        for ledger in ledgers.values():
            ledger.program = program
        process = program.start()
        lab.wait_until(lambda: program.log().count(", log from ") == 2, "both logs are read")
        for ledger in ledgers.values():
            ledger.writer.start()
        ledgers["maria"].wait_for_records()
        self.assertEqual(lab.end(process), 0, program.log())
        for how, code in ((signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 0)):
            streaming = program.entered("streaming")
            process = program.start()
            lab.wait_until(lambda: program.entered("streaming") >= streaming + 2, "both sources stream")
            ledgers["my"].wait_for_records()
            self.assertIsNone(process.poll(), program.log())
            self.assertEqual(lab.end(process, how), code, program.log())
        for ledger in ledgers.values():
            ledger.writer.stop()
        errors = program.catch_up()
        for ledger in ledgers.values():
            ledger.verify()
        self.assertEqual(self.positions(program), set(SERVERS))
        for name in SERVERS:
            self.assertIn(f"pipe everywhere ({name}): streaming", errors)

    def test_a_source_is_added(self):
        """What the first source has saved is found again; the second begins with a first load."""
        ledgers = self.ledgers(keys=1000)
        topic = ledgers["maria"].topic
        program = self.program(ledgers, sources=("maria",))
        program.catch_up()
        ledgers["maria"].database.execute("UPDATE ledger SET version = 1 WHERE id = 7")
        program.file.write_text(self.program(ledgers).file.read_text())
        program.catch_up()
        sent = self.servers_of(topic)
        self.assertEqual(sorted(sent), sorted([("INIT", name, i) for name in SERVERS for i in range(1000)] + [("UPDATE", "maria", 7)]))

    def test_files(self):
        """A folder of files for each source."""
        ledgers = self.ledgers(keys=1000)
        program = self.program(ledgers)
        text = program.file.read_text()
        head, _, rest = text.partition("sink bus: kafka {")
        program.file.write_text(head + "sink bus: files { directory = 'out'; }\n" + rest[rest.index("pipe everywhere"):])
        for _ in range(2):
            program.catch_up()
            for name, ledger in ledgers.items():
                lines = [json.loads(line) for path in (program.file.parent / "out" / name).glob("*.jsonl") for line in path.read_text().splitlines()]
                self.assertEqual(len(lines), 1000)
                self.assertEqual({line["value"]["data"][0]["server"] for line in lines}, {name})

    def test_one_source_fails(self):
        """The pipe ends with what is wrong with one of its sources, and names it."""
        ledgers = self.ledgers(keys=1000)
        program = self.program(ledgers, extra={"my": "snapshot none; start file { name = 'gone.000001'; }"})
        code, _, errors = program.run()
        self.assertNotEqual(code, 0)
        self.assertIn("pipe everywhere (my): ", errors)
        self.assertIn("gone.000001", errors)
        self.assertIn("stopping the others", errors)

    def test_start_of_several(self):
        """`now` is of every source, without a first load; a place is of one server."""
        ledgers = self.ledgers(keys=1000)
        topic = ledgers["my"].topic
        program = self.program(ledgers)
        program.catch_up("--start", "now")
        for ledger in ledgers.values():
            ledger.database.execute("UPDATE ledger SET version = 1 WHERE id = 3")
        program.catch_up()
        self.assertEqual(sorted(self.servers_of(topic)), [("UPDATE", name, 3) for name in sorted(SERVERS)])
        code, _, errors = program.run("--start", "file:a.000001:4")
        self.assertEqual(code, 2)
        self.assertIn("is a place of one server, and pipe `everywhere` reads 2", errors)

    def test_schema_of_each(self):
        """Snapshots are pulled and checked for each source, and looked at again when a run starts."""
        ledgers = self.ledgers(keys=1000)
        program = self.program(ledgers)
        code, output, errors = program.piperun("schema", "pull", program.file.name)
        self.assertEqual(code, 0, output + errors)
        for name, ledger in ledgers.items():
            self.assertTrue((program.file.parent / "schema" / name / ledger.database.name / "ledger.sql").exists(), output)
        code, output, errors = program.piperun("schema", "check", program.file.name)
        self.assertEqual(code, 0, output + errors)
        ledgers["my"].database.execute("ALTER TABLE ledger MODIFY id BIGINT")
        code, output, _ = program.piperun("schema", "check", program.file.name)
        self.assertNotEqual(code, 0)
        self.assertIn("my (", output)
        code, _, errors = program.run("--until-caught-up")
        self.assertNotEqual(code, 0)
        self.assertIn("pipe everywhere (my): ", errors)
        self.assertIn("bigint", errors)


if __name__ == "__main__":
    unittest.main()
