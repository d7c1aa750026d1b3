"""kill -9 at random moments under a write load, while loading and while streaming: a read_committed consumer finds every
version once, in order, and every key in at most one record of the first load (ENGINE G1–G4)."""

import random
import signal
import unittest

import lab

KEYS = 20_000
KILLS = 10


class Kills(unittest.TestCase):
    def check(self, server):
        ledger = lab.Ledger(server, KEYS, source_settings="snapshot initial { chunk_rows = 1_000; }")
        self.addCleanup(ledger.close)
        ledger.writer.start()
        chance = random.Random(11)
        for _ in range(KILLS):
            process = ledger.program.start()
            # The moment of the kill is what the test varies.
            ledger.writer.stopping.wait(chance.uniform(0.2, 2.5))
            self.assertIsNone(process.poll(), ledger.program.log())
            lab.end(process, signal.SIGKILL)
        ledger.writer.stop()
        self.assertEqual(ledger.writer.reconnects, 0)
        self.assertGreater(ledger.writer.rows / ledger.writer.seconds, 2000)
        ledger.program.catch_up()
        ledger.verify(self)

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


if __name__ == "__main__":
    unittest.main()
