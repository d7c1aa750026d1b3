"""kill -9 at random moments under a write load, while loading and while streaming: a read_committed consumer finds every
version once, in order, and every key in at most one record of the first load (ENGINE G1–G4)."""

import random
import signal
import subprocess
import threading
import time
import unittest

import lab

KEYS = 20_000
ROWS_PER_TRANSACTION = 50
KILLS = 10


class Writer(threading.Thread):
    """Raises the versions of random keys until told to stop."""

    def __init__(self, database):
        super().__init__()
        self.database = database
        self.stopping = threading.Event()
        self.rows = 0
        self.seconds = 0.0
        self.random = random.Random(7)
        self.failure = None

    def run(self):
        process = subprocess.Popen(self.database.command(self.database.name), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        began = time.monotonic()
        while not self.stopping.is_set():
            keys = self.random.sample(range(KEYS), ROWS_PER_TRANSACTION)
            process.stdin.write(f"UPDATE ledger SET version = version + 1 WHERE id IN ({','.join(map(str, keys))});\n")
            process.stdin.flush()
            self.rows += ROWS_PER_TRANSACTION
            # About 4,000 rows a second, whatever the machine can do beyond that.
            ahead = self.rows / 4000 - (time.monotonic() - began)
            if ahead > 0:
                self.stopping.wait(ahead)
        process.stdin.close()
        self.failure = process.stderr.read()
        process.wait()
        self.seconds = time.monotonic() - began


class Ledger(unittest.TestCase):
    def check(self, server):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE ledger (id INT PRIMARY KEY, version INT NOT NULL, filler CHAR(100) NOT NULL)")
        for first in range(0, KEYS, 1000):
            rows = ",".join(f"({i},0,'{'x' * 100}')" for i in range(first, first + 1000))
            database.execute(f"INSERT INTO ledger VALUES {rows}")
        program = lab.Program(lab.source(database, "snapshot initial { chunk_rows = 1_000; }") + lab.kafka_sink() + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "$database$-$tablename$";
  table {database.name}.ledger {{ key (id); partition by hash (id); }}
}}
""")
        self.addCleanup(program.close)
        writer = Writer(database)
        writer.start()
        chance = random.Random(11)
        try:
            for _ in range(KILLS):
                process = program.start()
                # The moment of the kill is what the test varies.
                writer.stopping.wait(chance.uniform(0.2, 2.5))
                self.assertIsNone(process.poll(), program.log())
                lab.end(process, signal.SIGKILL)
        finally:
            writer.stopping.set()
            writer.join()
        self.assertEqual(writer.failure, "")
        self.assertGreater(writer.rows / writer.seconds, 2000)
        program.catch_up()
        self.verify(database, lab.records(f"{database.name}-ledger"))

    def verify(self, database, found):
        expected = {row[0]: int(row[1]) for row in database.rows("SELECT id, version FROM ledger")}
        newest, loaded, streamed = {}, set(), {}
        for record in found:
            row = record.value["data"][0]
            key, version = row["id"], int(row["version"])
            if record.value["type"] == "INIT":
                self.assertNotIn(key, loaded, f"key {key} was loaded twice")
                loaded.add(key)
                self.assertGreaterEqual(version, newest.get(key, 0), f"key {key}: an older row behind a newer one")
            else:
                self.assertGreater(version, newest.get(key, -1), f"key {key}: version {version} repeated or out of order")
                streamed.setdefault(key, []).append(version)
            newest[key] = max(version, newest.get(key, 0))
        self.assertEqual(newest, expected)
        self.assertEqual(loaded, set(expected))
        for key, versions in streamed.items():
            self.assertEqual(versions, list(range(versions[0], versions[-1] + 1)), f"key {key}: a version is missing or repeated")

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


if __name__ == "__main__":
    unittest.main()
