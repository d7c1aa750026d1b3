"""kill -9 at random moments under a write load, while loading and while streaming: a read_committed consumer finds every
version from the very first one on once, in order, and every key in at most one record of the first load (ENGINE G1–G4)."""

import collections
import random
import signal
import unittest

import lab

KEYS = 20_000
KILLS = 10


class Kills(unittest.TestCase):
    def check(self, server):
        ledger = lab.Ledger(server, KEYS, source_settings="snapshot initial { parallel = 4; chunk_rows = 50; }")
        self.addCleanup(ledger.close)
        chance = random.Random(11)
        killed_while = collections.Counter()
        for kill in range(KILLS):
            runs_before = ledger.program.log()
            process = ledger.program.start() if kill > 0 else ledger.start_under_load()
            # A run has got somewhere; then the moment of the kill is what the test varies.
            if kill < KILLS // 2:
                ledger.wait_for_records()
            else:
                lab.wait_until(lambda: "streaming" in ledger.program.log()[len(runs_before):], "the pipe streams")
            ledger.writer.stopping.wait(chance.uniform(0, 0.2 if kill < KILLS // 2 else 0.7))
            self.assertIsNone(process.poll(), ledger.program.log())
            lab.end(process, signal.SIGKILL)
            killed_while["streaming" if "streaming" in ledger.program.log()[len(runs_before):] else "loading"] += 1
        ledger.stop_writing()
        self.assertEqual(ledger.writer.reconnects, 0)
        self.assertGreaterEqual(min(killed_while["loading"], killed_while["streaming"]), 2, killed_while)
        ledger.program.catch_up()
        ledger.verify()

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


if __name__ == "__main__":
    unittest.main()
