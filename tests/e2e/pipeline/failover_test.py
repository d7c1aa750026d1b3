"""`failover`: a primary that is killed while its replica goes on, by GTIDs alone (binlog.md §10.7)."""

import concurrent.futures
import os
import shutil
import subprocess
import tempfile
import unittest

import lab

KEYS = 10_000
SERVERS = lab.ROOT / "scripts/servers"
REPLICATE = {
    "mariadb": ("RESET MASTER", "RESET MASTER; SET GLOBAL gtid_slave_pos = ''; CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = {port}, "
                "MASTER_USER = 'cdc', MASTER_PASSWORD = '{password}', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1; START SLAVE"),
    "mysql": ("RESET BINARY LOGS AND GTIDS", "RESET BINARY LOGS AND GTIDS; CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = {port}, "
              "SOURCE_USER = 'cdc', SOURCE_PASSWORD = '{password}', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1, "
              "SOURCE_CONNECT_RETRY = 1; START REPLICA"),
}
STOP = {"mariadb": "STOP SLAVE", "mysql": "STOP REPLICA"}
START = {"mariadb": "START SLAVE", "mysql": "START REPLICA"}
PROMOTE = {"mariadb": "STOP SLAVE; RESET SLAVE ALL", "mysql": "STOP REPLICA; RESET REPLICA ALL"}
HAS = {"mariadb": "SELECT @@gtid_binlog_pos", "mysql": "SELECT @@gtid_executed"}


class Member:
    """One of a pair: a private server of its own folder."""

    def __init__(self, server, folder, number):
        self.server, self.home = server, f"{folder}/{number}"
        self.environment = {**os.environ, f"PIPEWRIGHT_{server.upper()}_OPTIONS": f"--server-id={30 + number}" +
                            (" --log-slave-updates=ON" if server == "mariadb" else "")}
        self.run("start", server)
        with open(f"{self.home}/{server}/port", encoding="ascii") as port:
            self.port = int(port.read())

    def run(self, verb, *words):
        done = subprocess.run([SERVERS, verb, self.home, *words], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)

    def execute(self, sql):
        """What one statement, or the last of several, prints."""
        done = subprocess.run(["mariadb", "--no-defaults", "--protocol=TCP", "-h127.0.0.1", f"-P{self.port}", "-uroot", "-N", "-e", sql],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{sql}: {done.stderr}")
        return done.stdout.strip()

    def has(self):
        return self.execute(HAS[self.server])


class Failover(unittest.TestCase):
    def pair(self, server):
        folder = tempfile.mkdtemp(prefix="pw-pair-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            members = list(pool.map(lambda number: Member(server, folder, number), (1, 2)))
        for member in members:
            self.addCleanup(member.run, "stop")
        primary, replica = members
        of_primary, of_replica = REPLICATE[server]
        primary.execute(of_primary)
        replica.execute(of_replica.format(port=primary.port, password=lab.CAPTURE_PASSWORD))
        return primary, replica

    def wait_for_replica(self, primary, replica):
        lab.wait_until(lambda: primary.has() == replica.has(), "the replica has everything")

    def lost_on_the_replica(self, server, primary, replica):
        """A transaction that was published, and died with the primary: a stop that names it; with the primary the pipe goes on."""
        database = lab.Database(server, port=primary.port)
        database.execute("CREATE TABLE t (id INT PRIMARY KEY)")
        made = lab.Program(lab.source(database, f"failover = ['127.0.0.1:{replica.port}']; retry {{ first = 50ms; max = 500ms; }}") +
                           lab.kafka_sink(partitions=1) + f"""
pipe p {{ from db; into bus; format canal_json; topic '{database.name}-t'; table {database.name}.t; }}
""")
        self.addCleanup(made.close)
        process = made.start()
        try:
            lab.wait_until(lambda: "streaming" in made.log(), "the pipe streams")
            self.wait_for_replica(primary, replica)
            replica.execute(STOP[server])
            database.execute("INSERT INTO t VALUES (1)")
            lab.wait_until(lambda: lab.end_offsets(f"{database.name}-t", 1, committed=True) > 0, "the row is published")
            primary.run("kill9", server)
            self.assertEqual(process.wait(60), 3, made.log())
        finally:
            process.kill()
            process.wait()
        for words in ("none of the source's addresses can be read from", f"127.0.0.1:{primary.port}: connecting",
                      f"127.0.0.1:{replica.port}: cannot go on from", "has never executed"):
            self.assertIn(words, made.log())
        primary.run("restart", server)
        replica.execute(START[server])
        database.execute("INSERT INTO t VALUES (2)")
        made.catch_up()
        self.assertEqual([r.value["data"][0]["id"] for r in lab.records(f"{database.name}-t")], ["1", "2"])

    def goes_on(self, server, primary, replica):
        """The primary dies in the middle of a first load: what was not emitted is read from the replica."""
        ledger = lab.Ledger(server, KEYS, port=primary.port,
                            source_settings=f"failover = ['127.0.0.1:{replica.port}']; snapshot initial {{ parallel = 3; chunk_rows = 50; }}")
        self.addCleanup(ledger.close)
        made = ledger.program
        process = ledger.start_under_load()
        try:
            ledger.wait_for_records()
            # Neither the writer nor the readers get past this, so the load is under way when the primary dies.
            session = lab.Session(ledger.database)
            session.execute("LOCK TABLES ledger WRITE")
            self.assertNotIn("streaming", made.log())
            self.wait_for_replica(primary, replica)
            replica.execute(PROMOTE[server])
            ledger.database.port = replica.port
            primary.run("kill9", server)
            session.process.kill()
            session.close()
            lab.wait_until(lambda: f"reads from 127.0.0.1:{replica.port}" in made.log(), "the replica is read from")
            lab.wait_until(lambda: "streaming" in made.log(), f"the load is over:\n{made.log()[-2000:]}")
            ledger.wait_for_records()
        finally:
            ledger.writer.stop()
            code = lab.end(process)
        self.assertEqual(code, 0, made.log())
        self.assertGreater(ledger.writer.reconnects, 0)
        made.catch_up()
        ledger.verify()

    def check(self, server):
        primary, replica = self.pair(server)
        self.lost_on_the_replica(server, primary, replica)
        self.wait_for_replica(primary, replica)
        self.goes_on(server, primary, replica)

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")

    def test_a_server_that_does_not_log_what_it_replicates_is_refused(self):
        database = lab.Database("mariadb")
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE t (id INT PRIMARY KEY)")
        made = lab.Program(lab.source(database, "failover = ['127.0.0.1:1'];") + lab.kafka_sink() +
                           f"pipe p {{ from db; into bus; format canal_json; table {database.name}.t; }}")
        self.addCleanup(made.close)
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 1, errors)
        self.assertIn("log_slave_updates = OFF", errors)


if __name__ == "__main__":
    unittest.main()
