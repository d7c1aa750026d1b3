"""What settings do, on real servers: first load and start, delivery, state and names."""

import json
import signal
import socket
import subprocess
import unittest

import lab


STATE_PARTITIONS = 8


class Settings(unittest.TestCase):
    def database(self, server="mariadb", rows=3):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE n (id INT PRIMARY KEY, filler VARCHAR(2000) NOT NULL DEFAULT '');"
                         f"INSERT INTO n (id) VALUES {','.join(f'({i})' for i in range(1, rows + 1))}")
        return database

    def program(self, database, source="", sink="", partitions=1, kafka_port=lab.KAFKA_PORT):
        run = lab.Program(lab.source(database, source) + lab.kafka_sink(sink, partitions=partitions, port=kafka_port) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "{database.name}-n";
  table {database.name}.n;
}}
""")
        self.addCleanup(run.close)
        return run

    def ids(self, database):
        return [(record.value["type"], int(record.value["data"][0]["id"])) for record in lab.records(f"{database.name}-n")]

    def on_each_server(self, check):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                check(self.database(server))

    def test_snapshot_only_ends_with_the_first_load(self):
        def check(database):
            run = self.program(database, "snapshot only;")
            code, _, errors = run.run()
            self.assertEqual(code, 0, errors)
            loaded = [("INIT", 1), ("INIT", 2), ("INIT", 3)]
            self.assertEqual(self.ids(database), loaded)
            # Nothing is loaded twice.
            code, _, errors = run.run()
            self.assertEqual(code, 0, errors)
            self.assertEqual(self.ids(database), loaded)

        self.on_each_server(check)

    def test_chunks_end_by_bytes(self):
        database = self.database(rows=200)
        database.execute("UPDATE n SET filler = REPEAT('x', 2000)")
        run = self.program(database, "snapshot initial { chunk_bytes = 16KiB; }")
        _, _, errors = run.run("--until-caught-up")
        self.assertEqual(sorted(self.ids(database)), [("INIT", i) for i in range(1, 201)])
        chunks = int(errors.split("200 rows in ")[1].split(" ")[0])
        self.assertGreaterEqual(chunks, 200 * 2000 // (16 << 10))

    def log_state(self, database):
        if database.server == "mariadb":
            return database.rows("SELECT @@gtid_binlog_pos")[0][0]
        return database.rows("SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')")[0][0]

    def test_start_by_gtid(self):
        """As a setting and as an option; a saved position wins over the setting."""
        def check(database):
            database.execute("INSERT INTO n (id) VALUES (10)")
            place = self.log_state(database)
            database.execute("INSERT INTO n (id) VALUES (11)")
            run = self.program(database, f"snapshot none; start gtid {{ gtid_set = '{place}'; }}")
            run.catch_up()
            self.assertEqual(self.ids(database), [("INSERT", 11)])
            database.execute("INSERT INTO n (id) VALUES (12)")
            run.catch_up()
            self.assertEqual(self.ids(database), [("INSERT", 11), ("INSERT", 12)])
            self.program(database).catch_up("--start", f"gtid:{place}")
            self.assertEqual(self.ids(database), [("INSERT", 11), ("INSERT", 12)] * 2)
            code, _, errors = self.program(database).run("--until-caught-up", "--start", "gtid:nonsense")
            self.assertNotEqual(code, 0)
            self.assertIn("`gtid:nonsense` is no place to start", errors)

        self.on_each_server(check)

    def later_second(self, database):
        """A moment behind everything that was committed, and before everything to come, as the server's clock has it."""
        now = database.rows("SELECT UNIX_TIMESTAMP()")[0][0]
        lab.wait_until(lambda: database.rows("SELECT UNIX_TIMESTAMP()")[0][0] != now, "the clock goes on")
        return database.rows("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')")[0][0]

    def test_start_by_the_clock(self):
        def check(database):
            moment = self.later_second(database)
            database.execute("INSERT INTO n (id) VALUES (10); FLUSH BINARY LOGS; INSERT INTO n (id) VALUES (11)")
            after = [("INSERT", 10), ("INSERT", 11)]
            run = self.program(database, f"snapshot none; start time {{ at = '{moment}'; }}")
            run.catch_up()
            self.assertEqual(self.ids(database), after)
            database.execute("INSERT INTO n (id) VALUES (12)")
            run.catch_up()
            self.assertEqual(self.ids(database), after + [("INSERT", 12)])
            later = self.later_second(database)
            self.program(database).catch_up("--start", f"time:{later}")
            self.assertEqual(self.ids(database), after + [("INSERT", 12)])

        self.on_each_server(check)

    def test_start_before_the_log(self):
        """Nothing was before the first log of a server: there a start by the clock is one from the beginning."""
        database = self.database("mysql")
        self.assertEqual(database.rows("SELECT @@GLOBAL.gtid_purged")[0][0], "")
        self.program(database).catch_up("--start", "time:2000-01-01T00:00:00+08:00")
        self.assertEqual(self.ids(database), [("INSERT", i) for i in (1, 2, 3)])

    def test_start_by_a_clock_that_is_ahead(self):
        def check(database):
            code, _, errors = self.program(database).run("--until-caught-up", "--start", "time:2100-01-01T00:00:00Z")
            self.assertEqual(code, 2, errors)
            self.assertIn("`time:2100-01-01T00:00:00Z` lies ahead", errors)

        self.on_each_server(check)
        code, _, errors = self.program(self.database()).run("--start", "time:tomorrow")
        self.assertEqual(code, 2, errors)
        self.assertIn("`time:tomorrow` is no moment", errors)

    def test_start_at_the_earliest_place(self):
        def check(database):
            expected = [("INSERT", 1), ("INSERT", 2), ("INSERT", 3)]
            self.program(database, "snapshot none; start earliest;").catch_up()
            self.assertEqual(self.ids(database), expected)
            self.program(database).catch_up("--start", "earliest")
            self.assertEqual(self.ids(database), expected * 2)

        self.on_each_server(check)

    def test_state_replication(self):
        database, topic = self.database(), lab.new_name("state")
        code, _, errors = self.program(database, sink=f"state_topic = '{topic}'; state_replication = 3;").run("--until-caught-up")
        self.assertEqual(code, 3, errors)
        self.assertIn(topic, errors)
        self.assertIn("replication", errors.lower())
        self.program(database, sink=f"state_topic = '{topic}'; state_replication = 1;").catch_up()
        listed = json.loads(subprocess.run(["kcat", "-L", "-J", "-b", f"127.0.0.1:{lab.KAFKA_PORT}", "-t", topic], check=True,
                                           capture_output=True, text=True).stdout)
        self.assertEqual({len(partition["replicas"]) for partition in listed["topics"][0]["partitions"]}, {1})

    def test_transactional_id(self):
        """Whoever else uses the id fences the pipe: it is the one that was set, with the lane's number."""
        database, name = self.database(), lab.new_name("mine")
        run = self.program(database, sink=f"delivery exactly_once {{ transactional_id = '{name}'; }}")
        process = run.start()
        try:
            lab.wait_until(lambda: "streaming" in run.log(), "the pipe streams")
            intruder = lab.OpenTransaction(f"{database.name}-n", 0, "k", json.dumps("x" * 100), f"{name}-0")
            self.addCleanup(intruder.close)
            lab.wait_until(lambda: lab.transaction_is_open(f"{database.name}-n", 1), "another producer has the id")
            database.execute("INSERT INTO n (id) VALUES (4)")
            lab.wait_until(lambda: "fenced" in run.log(), "the pipe is fenced")
        finally:
            lab.end(process, signal.SIGKILL)

    def markers(self, database):
        """How often transactions ended in the topic's only partition: each end takes an offset."""
        topic = f"{database.name}-n"
        return lab.end_offsets(topic, 1) - len(lab.records(topic))

    def test_transaction_max(self):
        """What is committed at once is bounded by bytes, not by time alone."""
        ends = []
        for size in ("64KiB", "256MiB"):
            database = self.database(rows=500)
            database.execute("UPDATE n SET filler = REPEAT('x', 2000)")
            self.program(database, "snapshot initial { chunk_rows = 20; }",
                         f"delivery exactly_once {{ commit_every = 10s; transaction_max = {size}; }}").catch_up()
            self.assertEqual(len(self.ids(database)), 500)
            ends.append(self.markers(database))
        self.assertGreaterEqual(ends[0], 500 * 2000 // (64 << 10) // 2)
        self.assertLessEqual(ends[1], 3)

    def test_client_id(self):
        """Every request says it; the first one is read here in place of a broker."""
        for setting, expected in (("client_id = 'my-own-name';", b"my-own-name"), ("", b"pipewright-p")):
            with socket.create_server(("127.0.0.1", 0)) as listener:
                process = self.program(self.database(), sink=setting, kafka_port=listener.getsockname()[1]).start()
                try:
                    listener.settimeout(30)
                    connection, _ = listener.accept()
                    with connection:
                        self.assertIn(expected, connection.recv(4096))
                finally:
                    lab.end(process, signal.SIGKILL)

    def test_at_least_once_loses_nothing(self):
        """kill -9 while loading and while streaming: records may come again, none is missing, and what is new is in order."""
        state = lab.new_name("state")
        ledger = lab.Ledger("mysql", 5_000, f"delivery at_least_once; state_topic = '{state}';", "snapshot initial { chunk_rows = 20; }")
        self.addCleanup(ledger.close)
        killed_while_loading = 0
        for kill in range(4):
            before = ledger.program.log()
            process = ledger.program.start() if kill > 0 else ledger.start_under_load()
            ledger.wait_for_records()
            if kill == 0:
                # Records go out before the position behind them is saved: without any, the next run would begin anew.
                saved = lab.end_offsets(state, STATE_PARTITIONS)
                lab.wait_until(lambda: lab.end_offsets(state, STATE_PARTITIONS) > saved, "a position is saved")
            if kill >= 2:
                lab.wait_until(lambda: "streaming" in ledger.program.log()[len(before):], "the pipe streams")
                ledger.wait_for_records()
            lab.end(process, signal.SIGKILL)
            killed_while_loading += "streaming" not in ledger.program.log()[len(before):]
        self.assertGreater(killed_while_loading, 0)
        ledger.stop_writing()
        ledger.program.catch_up()
        ledger.verify(repeats=True)


if __name__ == "__main__":
    unittest.main()
