"""What happens to servers and to the engine while a pipe runs under load: after each, a read_committed consumer finds every
version once and in order (ENGINE G1–G4, §3)."""

import re
import signal
import unittest

import lab
import relay

SERVERS = ("mariadb", "mysql")
KEYS = 2_000
# Commits follow each other without a pause, so that whatever happens, happens to a commit.
ALWAYS_COMMITTING = "delivery exactly_once { commit_every = 5ms; }"
SHORT_TRANSACTIONS = ("delivery exactly_once { commit_every = 5ms; transaction_timeout = 2s; }"
                      "client { `socket.timeout.ms` = 1_000; }")
ONE_SECOND_TRANSACTIONS = "delivery exactly_once { commit_every = 5ms; transaction_timeout = 1s; }"
SMALL_CHUNKS = "snapshot initial { chunk_rows = 5; }"


class Faults(unittest.TestCase):
    def running(self, server="mariadb", sink="", source="", load=True, kafka_port=lab.KAFKA_PORT):
        """A ledger whose program streams, under load; with the process."""
        ledger = lab.Ledger(server, KEYS, sink, source, kafka_port)
        self.addCleanup(ledger.close)
        process = ledger.program.start()
        self.addCleanup(self.kill, process)
        lab.wait_until(lambda: "streaming" in ledger.program.log(), "the pipe streams")
        if load:
            ledger.writer.start()
            ledger.wait_for_records()
        return ledger, process

    def loading(self, server="mariadb", sink=ALWAYS_COMMITTING, kafka_port=lab.KAFKA_PORT):
        """A ledger in the middle of its first load, under load; with the process."""
        ledger = lab.Ledger(server, KEYS, sink, SMALL_CHUNKS, kafka_port)
        self.addCleanup(ledger.close)
        process = ledger.start_under_load()
        self.addCleanup(self.kill, process)
        ledger.wait_for_records()
        self.check_loading(ledger)
        return ledger, process

    def check_loading(self, ledger):
        """Rows of the first load are still to be committed, whatever has been read."""
        self.assertIn("snapshotting", ledger.program.log())
        self.assertNotIn("streaming", ledger.program.log())

    def kill(self, process):
        if process.poll() is None:
            process.kill()
            process.wait()

    def finish(self, *pipes, under_load=True):
        """The runs that lived through it all end cleanly; the next ones find nothing to repair. Not `under_load` if the database
        itself was stopped."""
        for ledger, _ in pipes:
            lab.wait_until(lambda: "streaming" in ledger.program.log(), "the first load is done")
            ledger.wait_for_records()
        for ledger, _ in pipes:
            if under_load:
                ledger.stop_writing()
            else:
                ledger.writer.stop()
        for ledger, process in pipes:
            ledger.wait_for_the_rest()
            self.assertEqual(lab.end(process), 0, ledger.program.log())
            ledger.program.catch_up()
            ledger.verify()

    def test_broker_killed_and_restarted(self):
        pipes = [self.running(server, ALWAYS_COMMITTING) for server in SERVERS]
        kafka = lab.Server("kafka")
        kafka.kill()
        try:
            for ledger, process in pipes:
                self.assertIsNone(process.poll(), ledger.program.log())
        finally:
            kafka.start()
        self.finish(*pipes)

    def relay(self):
        network = relay.Relay()
        self.addCleanup(network.close)
        return network

    def stand_still_past_a_transaction(self, network, ledger):
        """The network stands still with a transaction open, and the broker has given that up."""
        while True:
            network.stand_still()
            if lab.transaction_is_open(ledger.topic):
                break
            network.go_on()
        lab.wait_until(lambda: not lab.transaction_is_open(ledger.topic), "the broker gives the transaction up")

    def test_broker_stands_still_past_the_transaction(self):
        """Commits get no answer until the broker has given their transaction up: what was decided is read, not guessed."""
        network = self.relay()
        ledger, process = self.running(sink=SHORT_TRANSACTIONS, kafka_port=relay.PORT)
        # If the commit itself was under way, it is asked for again and no rewind is needed; else records are too old to be sent.
        for _ in range(8):
            self.stand_still_past_a_transaction(network, ledger)
            network.go_on()
            ledger.wait_for_records()
            if "retrying" in ledger.program.log():
                break
        self.assertIn("retrying", ledger.program.log())
        self.finish((ledger, process))

    def test_broker_killed_while_loading(self):
        kafka = lab.Server("kafka")
        pipes = [self.loading(server) for server in SERVERS]
        kafka.signal(signal.SIGKILL)
        try:
            for ledger, _ in pipes:
                self.check_loading(ledger)
            kafka.kill()
        finally:
            kafka.start()
        self.finish(*pipes)

    def test_network_stands_still_while_loading(self):
        network = self.relay()
        ledger, process = self.loading("mysql", "delivery exactly_once { commit_every = 5ms; transaction_timeout = 2s; }", relay.PORT)
        self.stand_still_past_a_transaction(network, ledger)
        self.check_loading(ledger)
        network.go_on()
        self.finish((ledger, process))

    def test_second_engine_takes_over_while_loading(self):
        ledger, first = self.loading()
        second = ledger.program.start()
        self.addCleanup(self.kill, second)
        self.assertEqual(first.wait(60), 3, ledger.program.log())
        self.assertIn(f"was taken over by process {second.pid} on", ledger.program.log())
        lab.wait_until(lambda: "streaming" in ledger.program.log(), "the first load is done")
        # Both had rows to load, and the second one finished that.
        self.assertGreaterEqual(ledger.program.log().count("pipe p: snapshotting"), 2, ledger.program.log())
        self.assertEqual(ledger.program.log().count("pipe p: streaming"), 1, ledger.program.log())
        self.finish((ledger, second))

    def hold_commit(self, network, ledger):
        """Returns the hold, once the relay has a commit of rows of the ledger that the broker has not."""
        while True:
            hold = network.hold_commit()
            lab.wait_until(hold.holding.is_set, "a commit is held back")
            # A transaction without rows, a position alone, is let go.
            if lab.transaction_is_open(ledger.topic):
                return hold
            hold.release()

    def let_commit_arrive(self, hold, ledger):
        """Until all that is visible of it is the answer, which is held back."""
        hold.let_arrive()
        lab.wait_until(hold.answered.is_set, "the broker answers")
        lab.wait_until(lambda: not lab.transaction_is_open(ledger.topic), "the commit is done")

    def test_commits_in_doubt(self):
        """The engine dies while a commit is on its way to the broker, which gets it later or never, or while the answer is on
        its way back: the next start finds out."""
        network = self.relay()
        ledger, process = self.running("mysql", ALWAYS_COMMITTING, kafka_port=relay.PORT)
        for doubt in ("arrives late", "never arrives", "answer is lost"):
            hold = self.hold_commit(network, ledger)
            if doubt == "answer is lost":
                self.let_commit_arrive(hold, ledger)
            lab.end(process, signal.SIGKILL)
            self.assertEqual(lab.transaction_is_open(ledger.topic), doubt != "answer is lost")
            if doubt == "arrives late":
                self.let_commit_arrive(hold, ledger)
            hold.lose()
            process = ledger.program.start()
            self.addCleanup(self.kill, process)
            ledger.wait_for_records()
        self.finish((ledger, process))

    def test_commits_in_doubt_of_an_engine_that_lives(self):
        """A commit is lost, or the answer to one: it is asked for again."""
        network = self.relay()
        ledger, process = self.running(sink=ALWAYS_COMMITTING, kafka_port=relay.PORT)
        for arrives in (False, True):
            hold = self.hold_commit(network, ledger)
            if arrives:
                self.let_commit_arrive(hold, ledger)
            hold.lose()
            ledger.wait_for_records()
        self.finish((ledger, process))

    def stop_inside_a_transaction(self, ledger, process):
        while True:
            process.send_signal(signal.SIGSTOP)
            if lab.transaction_is_open(ledger.topic):
                return
            process.send_signal(signal.SIGCONT)

    def stop_past_the_transaction(self, ledger, process):
        """Until the pipe has noticed that its transaction is gone."""
        noticed = ledger.program.log().count("retrying")
        self.stop_inside_a_transaction(ledger, process)
        try:
            lab.wait_until(lambda: not lab.transaction_is_open(ledger.topic), "the broker gives the transaction up")
        finally:
            process.send_signal(signal.SIGCONT)
        lab.wait_until(lambda: ledger.program.log().count("retrying") > noticed, "the pipe has noticed")

    def test_engine_stopped_past_its_transaction(self):
        """Fenced by its own time-out is not taken over: the pipe rewinds and goes on."""
        for server in SERVERS:
            with self.subTest(server=server):
                ledger, process = self.running(server, ONE_SECOND_TRANSACTIONS)
                for _ in range(2):
                    self.stop_past_the_transaction(ledger, process)
                    ledger.wait_for_records()
                self.assertNotIn("taken over", ledger.program.log())
                self.finish((ledger, process))

    def test_engine_stopped_past_its_transaction_while_loading(self):
        for server in SERVERS:
            with self.subTest(server=server):
                ledger, process = self.loading(server, ONE_SECOND_TRANSACTIONS)
                self.stop_past_the_transaction(ledger, process)
                self.check_loading(ledger)
                self.finish((ledger, process))
                self.assertNotIn("taken over", ledger.program.log())

    def take_over(self, server, load):
        ledger, first = self.running(server, load=load)
        second = ledger.program.start()
        self.addCleanup(self.kill, second)
        self.assertEqual(first.wait(60), 3, ledger.program.log())
        self.assertIn(f"was taken over by process {second.pid} on", ledger.program.log())
        self.assertRegex(ledger.program.log(), r"process \d+ on \S+ ran it before, since")
        if not load:
            ledger.writer.start()
        self.finish((ledger, second))

    def test_second_engine_takes_over_under_load(self):
        self.take_over("mariadb", load=True)

    def test_second_engine_takes_over_an_idle_pipe(self):
        for server in SERVERS:
            with self.subTest(server=server):
                self.take_over(server, load=False)

    def test_database_killed_and_restarted(self):
        pipes = [self.running(name) for name in SERVERS]
        servers = [lab.Server(name) for name in SERVERS]
        try:
            for server in servers:
                server.kill()
            for ledger, _ in pipes:
                lab.wait_until(lambda: "trying again" in ledger.program.log(), "the pipe has noticed")
        finally:
            for server in servers:
                server.start()
        self.finish(*pipes, under_load=False)
        for ledger, _ in pipes:
            self.assertGreater(ledger.writer.reconnects, 0)

    def test_database_stands_still(self):
        """As when the network is cut: the connection stays open, and not even heartbeats come."""
        ledger, process = self.running(source="heartbeat = 1s; connect_timeout = 1s;", load=False)
        database = lab.Server("mariadb")
        database.signal(signal.SIGSTOP)
        try:
            lab.wait_until(lambda: "trying again" in ledger.program.log(), "the pipe has noticed")
        finally:
            database.signal(signal.SIGCONT)
        self.assertIn("not even a heartbeat", ledger.program.log())
        ledger.writer.start()
        self.finish((ledger, process))

    def test_state_is_read_behind_open_transactions(self):
        """A position that was committed behind another pipe's open transaction counts, although a read_committed consumer is
        not shown it yet: a start waits for it, and says for whom."""
        ledger, process = self.running(sink=f"state_topic = '{lab.new_name('state')}';")
        topic = re.search("state_topic = '(.*?)'", ledger.program.file.read_text()).group(1)
        saved = [r for r in lab.records(topic) if '"position"' in r.key]
        other = saved[0].key.replace(ledger.program.name, "other_program")
        held = lab.OpenTransaction(topic, saved[0].partition, other, "{}")
        self.addCleanup(held.close)
        lab.wait_until(lambda: lab.transaction_is_open(topic, 8), "another pipe's transaction is open")
        # From here on, what this pipe commits is hidden.
        ledger.wait_for_records()
        ledger.stop_writing()
        lab.end(process, signal.SIGKILL)
        streamed = ledger.program.entered("streaming")
        process = ledger.program.start()
        self.addCleanup(self.kill, process)
        lab.wait_until(lambda: "waiting for the transaction that pipe `p` of program `other_program`" in ledger.program.log(),
                       "the start says for whom it waits" + ledger.program.log(), 10)
        held.commit()
        lab.wait_until(lambda: ledger.program.entered("streaming") > streamed, "the pipe streams again")
        self.assertEqual(lab.end(process), 0, ledger.program.log())
        ledger.program.catch_up()
        ledger.verify()

    def test_stop_and_start_repeat_nothing(self):
        """SIGTERM under load, while loading and while streaming: exit 0 within 10 s."""
        for server in SERVERS:
            with self.subTest(server=server):
                ledger = lab.Ledger(server, KEYS, source_settings="snapshot initial { chunk_rows = 100; }")
                self.addCleanup(ledger.close)
                for stop in range(4):
                    # The first run may end before it has saved a position.
                    process = ledger.start_under_load() if stop == 1 else ledger.program.start()
                    self.addCleanup(self.kill, process)
                    lab.wait_until(lambda: ledger.program.entered("snapshotting", "streaming") > stop,
                                   "the pipe runs")
                    if stop > 0:
                        ledger.wait_for_records()
                    self.assertEqual(lab.end(process, timeout_s=10), 0, ledger.program.log())
                ledger.stop_writing()
                ledger.program.catch_up()
                ledger.verify()

    def test_stop_while_the_broker_stands_still(self):
        """What cannot be committed is left for the next run, and said; ten seconds hold."""
        network = self.relay()
        ledger, process = self.running(kafka_port=relay.PORT)
        network.stand_still()
        written = ledger.writer.rows
        lab.wait_until(lambda: ledger.writer.rows > written + 5000, "there is much to commit")
        self.assertEqual(lab.end(process, timeout_s=10), 3, ledger.program.log())
        network.go_on()
        ledger.stop_writing()
        ledger.program.catch_up()
        ledger.verify()


if __name__ == "__main__":
    unittest.main()
