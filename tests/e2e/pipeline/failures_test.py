"""Bad input at the start and mid-stream: a clear error that says what, where and what to do, an exit code that says whose
fault it is, and nothing lost: after the repair the next run goes on."""

import contextlib
import itertools
import pathlib
import socket
import tempfile
import threading
import unittest
import zlib

import lab

UNREACHABLE = 1  # a port that nothing listens on
GIVE_UP = "retry { first = 50ms; max = 200ms; give_up = 500ms; }"


class Failures(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1);")
        self.topic = f"{self.database.name}-n"

    def program(self, source=None, sink=None, rules=None, database=None, **options):
        database = database or self.database
        text = (source or lab.source(database)) + (sink or lab.kafka_sink()) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json;
  {rules or f"table {database.name}.n;"}
}}
"""
        made = lab.Program(text, **options)
        self.addCleanup(made.close)
        return made

    def fails(self, made, code, *texts, options=()):
        """The run ends with this exit code, and its output has these texts and no secret."""
        found, output, errors = made.run("--until-caught-up", *options)
        self.assertEqual(found, code, errors)
        for text in texts:
            self.assertIn(text, errors)
        self.assertNotIn(made.environment["LAB_PASSWORD"], output + errors)
        return errors

    def published(self, database=None):
        """The values of `v` in all records."""
        return sorted((r.value["data"][0]["v"] for r in lab.records(f"{(database or self.database).name}-n")), key=int)


class AtTheStart(Failures):
    def test_wrong_password(self):
        errors = self.fails(self.program(password="wrong-secret"), 3, "Access denied", "cdc", f"127.0.0.1:{self.database.port}")
        self.assertEqual(errors.count("trying again"), 2, "an account is not locked by trying on and on")

    def test_server_is_not_there(self):
        errors = self.fails(self.program(source=lab.source(self.database, GIVE_UP, port=UNREACHABLE)), 3,
                            f"connecting to 127.0.0.1:{UNREACHABLE} as `cdc`", "gave up")
        self.assertGreater(errors.count("trying again"), 1)

    def test_broker_is_not_there(self):
        self.fails(self.program(sink=lab.kafka_sink(GIVE_UP, port=UNREACHABLE)), 3, f"no answer from Kafka at `127.0.0.1:{UNREACHABLE}`",
                   "Connection refused", "gave up")

    def test_stop_while_nothing_answers(self):
        made = self.program(sink=lab.kafka_sink(port=UNREACHABLE))
        process = made.start()
        lab.wait_until(lambda: "checking" in made.log(), "the pipe begins")
        self.assertEqual(lab.end(process, timeout_s=10), 0, made.log())

    def test_rights_are_missing(self):
        self.database.execute(f"CREATE USER {self.database.name}@'%' IDENTIFIED BY '{lab.CAPTURE_PASSWORD}'; GRANT SELECT ON *.* TO {self.database.name}@'%';")
        self.addCleanup(self.database.execute, f"DROP USER {self.database.name}@'%'", database="")
        self.fails(self.program(source=lab.source(self.database, user=self.database.name)), 1, "Access denied", "grant SELECT, REPLICATION SLAVE, REPLICATION CLIENT")

    def test_log_is_not_in_row_format(self):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                database = lab.Database(server)
                self.addCleanup(database.drop)
                database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); SET GLOBAL binlog_format = 'MIXED';")
                try:
                    self.fails(self.program(database=database), 1, "binlog_format = MIXED", "needs binlog_format = ROW")
                finally:
                    database.execute("SET GLOBAL binlog_format = 'ROW'")

    def test_unknown_column(self):
        self.fails(self.program(rules=f"table {self.database.name}.n {{ where vv > 1; key (id); }}"), 1, "unknown column `vv`", "PIPE101")

    def test_a_rule_that_finds_no_table(self):
        made = self.program(rules=f"table {self.database.name}.nn;\n  table {self.database.name}.n;")
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 0, errors)
        self.assertRegex(errors, rf"\.pipe:\d+:3 \({self.database.name}\.nn\) finds no table")
        self.assertEqual(errors.count("finds no table"), 1)
        self.assertEqual(self.published(), ["1"])

    def test_a_start_that_is_not_used(self):
        made = self.program()
        made.catch_up()
        code, _, errors = made.run("--until-caught-up", "--start", "earliest")
        self.assertEqual(code, 0, errors)
        self.assertIn("--start earliest is not used, as a position is saved", errors)
        self.assertEqual(self.published(), ["1"])

    def test_missing_topic(self):
        sink = f"sink bus: kafka {{ brokers = ['127.0.0.1:{lab.KAFKA_PORT}']; }}\n"
        self.fails(self.program(sink=sink), 3, f"topic `{self.topic}` does not exist", "auto_create = true")

    def test_topic_that_must_be_empty_is_not(self):
        self.program().catch_up()
        sink = lab.kafka_sink().replace("auto_create", "existing = error; auto_create")
        self.fails(self.program(sink=sink), 3, f"topic `{self.topic}` is not empty", "topics.existing")

    def test_wrong_password_for_kafka(self):
        sink = lab.kafka_sink("auth plain { user = 'alice'; password = env('KAFKA_PASSWORD'); }", port=lab.KAFKA_SASL_PORT)
        made = self.program(sink=sink)
        made.environment["KAFKA_PASSWORD"] = "wrong-kafka-secret"
        errors = self.fails(made, 3, "refused the connection", "Authentication failed", f"127.0.0.1:{lab.KAFKA_SASL_PORT}")
        self.assertNotIn("wrong-kafka-secret", errors)

    def test_kafka_grants_too_little(self):
        prefix = self.database.name
        mine = ("--resource-pattern-type", "prefixed", "--topic")
        lab.grant_in_kafka("bob", "--operation", "All", *mine, prefix, "--cluster")
        lab.grant_in_kafka("carol", "--operation", "All", *mine, f"{prefix}_state", "--transactional-id", "pipewright-")
        for user, refused in (("alice", f"topic `{prefix}_state`"), ("bob", "transactional id `pipewright-"), ("carol", f"topic `{self.topic}`")):
            with self.subTest(user=user):
                sink = lab.kafka_sink(f"state_topic = '{prefix}_state'; auth plain {{ user = '{user}'; password = env('LAB_PASSWORD'); }}",
                                      port=lab.KAFKA_SASL_PORT)
                errors = self.fails(self.program(sink=sink), 3, refused, "uthorization failed")
                if user == "bob":
                    self.assertIn("`delivery at_least_once;`", errors)


class MidStream(Failures):
    def test_purged_position(self):
        made = self.program()
        made.catch_up()
        self.database.execute("INSERT INTO n VALUES (2, 2); FLUSH BINARY LOGS; INSERT INTO n VALUES (3, 3); FLUSH BINARY LOGS;")
        last = self.database.rows("SHOW BINARY LOGS")[-1][0]
        self.database.execute(f"PURGE BINARY LOGS TO '{last}'")
        self.fails(made, 3, "--reset-position")
        self.fails(made, 3, "does not reach back to `time:2000-01-01T00:00:00Z`: its oldest file, binlog.",
                   options=("--reset-position", "--start", "time:2000-01-01T00:00:00Z"))

    def test_rows_put_aside(self):
        """A row that fails goes to the rule's topic with its place, in order and once; the others to theirs."""
        name = self.database.name
        self.database.execute("CREATE TABLE q (id INT PRIMARY KEY, t VARCHAR(20), b VARBINARY(8));"
                              "INSERT INTO q VALUES (1, '5', NULL), (2, 'five', x'00FF')")
        made = self.program(rules=f"""on error (transform) quarantine to "{name}-aside";
  table {name}.q {{ select id, cast(t as int) as v, b; }}""")
        errors = made.catch_up()
        self.database.execute("INSERT INTO q VALUES (3, '6', NULL), (4, 'six', NULL); UPDATE q SET t = 'seven' WHERE id = 3")
        errors += made.catch_up()
        self.assertEqual([(r.value["data"][0]["id"], r.value["data"][0]["v"]) for r in lab.records(f"{name}-q")], [("1", "5"), ("3", "6")])
        aside = [r.value for r in lab.records(f"{name}-aside")]
        self.assertEqual([(r["op"], r["before"], r["after"]) for r in aside],
                         [("snapshot", None, {"id": "2", "t": "five", "b": {"base64": "AP8="}}),
                          ("insert", None, {"id": "4", "t": "six", "b": None}),
                          ("update", {"id": "3", "t": "6", "b": None}, {"id": "3", "t": "seven", "b": None})])
        for record in aside:
            self.assertEqual((record["pipe"], record["source"], record["table"]), ("p", "db", f"{name}.q"))
            self.assertEqual(record["error"]["kind"], "transform")
            self.assertIn("`on error (transform) quarantine to", record["error"]["rule"])
        self.assertGreater(aside[2]["position"]["offset"], aside[1]["position"]["offset"])
        self.assertEqual(errors.count("cannot be processed"), 2, errors)

    def test_dropped_table_stops_by_its_rule(self):
        made = self.program()
        made.catch_up()
        self.database.execute("INSERT INTO n VALUES (2, 2); DROP TABLE n;")
        self.fails(made, 6, f"{self.database.name}.n")
        self.assertEqual(self.published(), ["1", "2"])

    def test_a_pipe_that_pauses(self):
        """It waits in front of the statement while the other pipe goes on; a program that says otherwise goes on there."""
        name = self.database.name
        self.database.execute("CREATE TABLE m (id INT PRIMARY KEY, v INT); INSERT INTO m VALUES (1, 1)")
        made = lab.Program(lab.source(self.database) + lab.kafka_sink() + f"""
pipe held {{ from db; into bus; format canal_json; on drop table pause; table {name}.n; }}
pipe free {{ from db; into bus; format canal_json; table {name}.m; }}
""")
        self.addCleanup(made.close)
        process = made.start()
        try:
            lab.wait_until(lambda: made.entered("streaming") == 2, "both pipes stream")
            self.database.execute("INSERT INTO n VALUES (2, 2); DROP TABLE n; CREATE TABLE n (id INT PRIMARY KEY, v INT);"
                                  "INSERT INTO n VALUES (3, 3)")
            lab.wait_until(lambda: "pipe held: paused: " in made.log(), "the pipe pauses")
            self.database.execute("INSERT INTO m VALUES (4, 4)")
            lab.wait_until(lambda: len(lab.records(f"{name}-m")) == 2, "the other pipe goes on")
        finally:
            code = lab.end(process)
        self.assertEqual(code, 0, made.log())
        self.assertEqual(self.published(), ["1", "2"])
        self.assertIn("`skip` or `publish` instead of `pause`", made.log())
        self.fails(made, 6, "`on drop table pause` (")
        self.edit(made, "on drop table pause", "on drop table skip")
        made.catch_up()
        self.assertEqual(self.published(), ["1", "2", "3"])

    def test_a_table_that_is_renamed_away(self):
        made = self.program()
        made.catch_up()
        self.database.execute("RENAME TABLE n TO m; INSERT INTO m VALUES (2, 2)")
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 0, errors)
        self.assertIn(f"table {self.database.name}.n has another name from", errors)

    def edit(self, made, before, after):
        made.file.write_text(made.file.read_text().replace(before, after))

    def test_a_column_that_the_program_uses_gets_another_name(self):
        """The pipe stops before the statement, and a program that fits goes on there: nothing is lost or repeated."""
        made = self.program(rules=f"table {self.database.name}.n {{ select id, v * 10 as v; key (id); }}")
        made.catch_up()
        self.database.execute("UPDATE n SET v = 2; ALTER TABLE n RENAME COLUMN v TO u; UPDATE n SET u = 3")
        self.fails(made, 1, "unknown column `v`", "everything before this statement is published")
        self.edit(made, "v * 10", "w * 10")
        self.fails(made, 1, "unknown column `w`", "did you mean `u`?")
        self.edit(made, "w * 10", "u * 10")
        made.catch_up()
        self.assertEqual(self.published(), ["10", "20", "30"])

    def test_a_column_that_comes_later_in_the_log(self):
        """A program of the new columns goes on where the old one ended if no row of the old ones is left, else it says so."""
        made = self.program(rules=f"table {self.database.name}.n {{ select id, v as v; key (id); }}")
        made.catch_up()
        self.database.execute("ALTER TABLE n ADD COLUMN w INT DEFAULT 5; UPDATE n SET v = 2")
        self.edit(made, "v as v", "v + w as v")
        made.catch_up()
        self.assertEqual(self.published(), ["1", "7"])
        self.database.execute("UPDATE n SET v = 3; ALTER TABLE n ADD COLUMN x INT DEFAULT 50; UPDATE n SET v = 4")
        self.edit(made, "v + w as v", "v + x as v")
        self.fails(made, 1, "unknown column `x`", "let the program of before read up to the change")
        self.edit(made, "v + x as v", "v + w as v")
        made.catch_up()
        self.assertEqual(self.published(), ["1", "7", "8", "9"])

    def test_row_above_the_limit(self):
        self.database.execute("ALTER TABLE n ADD COLUMN long_text TEXT")
        made = self.program(sink=lab.kafka_sink("record_max = 2KiB;"))
        made.catch_up()
        self.database.execute("INSERT INTO n VALUES (2, 2, 'short'); INSERT INTO n VALUES (3, 3, REPEAT('x', 5000)); INSERT INTO n VALUES (4, 4, NULL);")
        self.fails(made, 3, "record_max", "2048", self.topic, f"of {self.database.name}.n at ", "on error (oversize) quarantine to")
        made.file.write_text(made.file.read_text().replace("record_max = 2KiB;", "record_max = 8KiB;"))
        made.catch_up()
        self.assertEqual(self.published(), ["1", "2", "3", "4"])

    def test_first_row_of_a_log_read_from_its_beginning(self):
        """What is known of the tables is saved although the first row fails: nothing is loaded unasked after the repair."""
        database = lab.Database("mysql")
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); FLUSH BINARY LOGS; INSERT INTO n VALUES (1, 1);")
        file = database.rows(database.log_status())[0][0]
        made = self.program(database=database, rules=f"table {database.name}.n {{ on insert fail 'not yet'; }}")
        self.fails(made, 6, "not yet", options=("--start", f"file:{file}:4"))
        made.file.write_text(made.file.read_text().replace("fail 'not yet'", "publish"))
        made.catch_up()
        self.assertEqual([r.value["type"] for r in lab.records(f"{database.name}-n")], ["INSERT"])

    def test_statements_in_the_log(self):
        made = self.program()
        made.catch_up()
        self.database.execute("INSERT INTO n VALUES (2, 2); SET SESSION binlog_format = 'STATEMENT'; UPDATE n SET v = v + 1;")
        self.fails(made, 1, f"a change of {self.database.name}.n is logged as a statement", "binlog_format=ROW")
        self.assertEqual(self.published(), ["1", "2"])

    def test_two_phase_xa(self):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                database = lab.Database(server)
                self.addCleanup(database.drop)
                database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1);")
                made = self.program(database=database)
                made.catch_up()
                database.execute("INSERT INTO n VALUES (2, 2); XA START 'x'; INSERT INTO n VALUES (3, 3); XA END 'x'; XA PREPARE 'x'; XA COMMIT 'x';")
                self.fails(made, 1, "XA")
                self.assertEqual(self.published(database), ["1", "2"])


class Balancer:
    """An address that leads every connection to the next of the ports."""

    def __init__(self, ports):
        self.ports = ports
        self.sockets = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", int(next(self.ports))))
            self.sockets += [client, server]
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self.pass_on, args=ends, daemon=True).start()

    @staticmethod
    def pass_on(source, target):
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.sockets:
            end.close()


class Servers(Failures):
    """What servers do in their defaults, or in passing."""

    LEAST_METADATA = {"mariadb": "NO_LOG", "mysql": "MINIMAL"}

    def with_least_metadata(self, server):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        self.addCleanup(database.execute, "SET GLOBAL binlog_row_metadata = FULL", database="")
        database.execute(f"SET GLOBAL binlog_row_metadata = {self.LEAST_METADATA[server]}; CREATE TABLE n (id INT PRIMARY KEY, v INT);"
                         "INSERT INTO n VALUES (1, 1)")
        return database

    def test_sequences_without_metadata(self):
        database = self.with_least_metadata("mariadb")
        database.execute("CREATE SEQUENCE `old one` NOCACHE; SELECT NEXTVAL(`old one`)")
        made = self.program(database=database, rules=f"table {database.name}.*;")
        made.catch_up()
        database.execute("SELECT NEXTVAL(`old one`); CREATE SEQUENCE fresh NOCACHE; SELECT NEXTVAL(fresh); RENAME TABLE fresh TO other; SELECT NEXTVAL(other);"
                         "INSERT INTO n VALUES (2, 2);")
        made.catch_up()
        database.execute("SELECT NEXTVAL(`old one`), NEXTVAL(other); DROP SEQUENCE `old one`; DROP SEQUENCE IF EXISTS other; INSERT INTO n VALUES (3, 3);"
                         "CREATE TABLE other (id INT PRIMARY KEY, v INT); INSERT INTO other VALUES (4, 4)")
        made.catch_up()
        self.assertEqual(self.published(database), ["1", "2", "3"])
        self.assertEqual([r.value["data"][0] for r in lab.records(f"{database.name}-other")], [{"id": "4", "v": "4"}])

    def test_tables_of_databases_with_another_charset(self):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                database = self.with_least_metadata(server)
                database.execute(f"ALTER DATABASE {database.name} CHARACTER SET latin1")
                made = self.program(database=database, rules=f"table {database.name}.*;")
                made.catch_up()
                database.execute("CREATE TABLE l (id INT PRIMARY KEY, v VARCHAR(10)); INSERT INTO l VALUES (1, 'é');"
                                 f"ALTER DATABASE {database.name} COLLATE gbk_bin; ALTER TABLE l COMMENT 'as before'")
                made.catch_up()
                database.execute("CREATE TABLE g (id INT PRIMARY KEY, v VARCHAR(10)); INSERT INTO g VALUES (1, '中');"
                                 "INSERT INTO l VALUES (2, 'ö')")
                made.catch_up()
                for table, texts in (("l", {"1": "é", "2": "ö"}), ("g", {"1": "中"})):
                    rows = [r.value["data"][0] for r in lab.records(f"{database.name}-{table}")]
                    self.assertEqual({row["id"]: row["v"] for row in rows}, texts, server)

    def test_an_address_of_two_servers(self):
        mine, other = self.database.port, lab.DATABASE_PORTS["mysql"]
        # Every opening makes two connections. From the second on, the one that the log is read by comes to the other server.
        balancer = Balancer(itertools.chain([mine, mine], itertools.cycle([mine, other])))
        self.addCleanup(balancer.close)
        made = self.program(source=lab.source(self.database, GIVE_UP + " snapshot none;", port=balancer.port))
        made.catch_up()
        self.fails(made, 3, "leads to server", "and the log is to be read from 10")

    def test_gtids_turned_on(self):
        database = lab.Database("mysql")
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1); SET GLOBAL gtid_mode = ON_PERMISSIVE")
        self.addCleanup(database.execute, "SET GLOBAL gtid_mode = ON", database="")
        made = self.program(source=lab.source(database, "snapshot none;"), database=database)
        made.catch_up()
        for mode, value in (("ON_PERMISSIVE", 2), ("ON", 3), ("ON_PERMISSIVE", 4), ("ON", 5)):
            database.execute(f"SET GLOBAL gtid_mode = {mode}; INSERT INTO n VALUES ({value}, {value})")
            made.catch_up()
        self.assertEqual(self.published(database), ["2", "3", "4", "5"])

    def test_statements_with_settings_of_their_own(self):
        """MariaDB logs them as they were typed."""
        made = self.program()
        made.catch_up()
        self.database.execute("SET STATEMENT max_statement_time = 10 FOR ALTER TABLE n ADD COLUMN w INT; INSERT INTO n VALUES (2, 2, 2);"
                              "SET STATEMENT max_statement_time = 10, sql_mode = 'ANSI' FOR TRUNCATE TABLE n")
        self.fails(made, 6, "TRUNCATE TABLE n", f"{self.database.name}.n")
        self.assertEqual(self.published(), ["1", "2"])

    def test_partitions_exchanged_for_a_table(self):
        """Rows come and go without row events, on both sides."""
        for server in ("mariadb", "mysql"):
            for captured in ("n", "p"):
                with self.subTest(server=server, captured=captured):
                    database = lab.Database(server)
                    self.addCleanup(database.drop)
                    database.execute("CREATE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1);"
                                     "CREATE TABLE p (id INT PRIMARY KEY, v INT) PARTITION BY RANGE (id) (PARTITION `with` VALUES LESS THAN (100))")
                    made = self.program(source=lab.source(database, "snapshot none;"), rules=f"table {database.name}.{captured};")
                    made.catch_up()
                    database.execute("ALTER TABLE p EXCHANGE PARTITION `with` WITH TABLE n WITHOUT VALIDATION" if server == "mysql" else
                                     "ALTER TABLE p EXCHANGE PARTITION `with` WITH TABLE n")
                    self.fails(made, 6, "EXCHANGE PARTITION", f"{database.name}.{captured}")


ROWS_EVENTS = (20, 21, 22, 23, 24, 25, 30, 31, 32)
HEADER_BYTES = 19


class DamagedLogs(Failures):
    """A recorded log with the updates v = 2 … 6, damaged in the one that makes v = 5."""

    def setUp(self):
        super().setUp()
        self.database.execute("FLUSH BINARY LOGS; CREATE OR REPLACE TABLE n (id INT PRIMARY KEY, v INT); INSERT INTO n VALUES (1, 1);"
                              + "UPDATE n SET v = v + 1;" * 5 + "FLUSH BINARY LOGS;")
        name = self.database.rows("SHOW BINARY LOGS")[-2][0]
        self.log = bytearray((lab.SERVERS_DIR / "mariadb/data" / name).read_bytes())
        rows = [at for at in self.events() if self.log[at + 4] in ROWS_EVENTS]
        self.at = rows[4]
        folder = tempfile.TemporaryDirectory(prefix="pipewright-logs-")
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / name
        self.made = self.program(source=f"source db: binlog_files {{ path = '{folder.name}/*'; }}\n")

    def events(self):
        at = 4
        while at < len(self.log):
            yield at
            at += self.size(at)

    def size(self, at):
        return int.from_bytes(self.log[at + 9:at + 13], "little")

    def damaged(self, log, *texts):
        """The run ends at the damage with everything before it published; the next one, over the whole log, with the rest."""
        self.file.write_bytes(log)
        self.fails(self.made, 3, self.file.name, *texts)
        self.assertEqual(self.published(), ["1", "2", "3", "4"])
        self.file.write_bytes(self.log)
        self.made.catch_up()
        self.assertEqual(self.published(), ["1", "2", "3", "4", "5", "6"])

    def test_flipped_byte(self):
        log = self.log.copy()
        log[self.at + HEADER_BYTES + 12] ^= 1
        self.damaged(log, "checksum", str(self.at))

    def test_unknown_event(self):
        log = self.log.copy()
        end = self.at + self.size(self.at)
        log[self.at + 4] = 99
        log[end - 4:end] = zlib.crc32(log[self.at:end - 4]).to_bytes(4, "little")
        self.damaged(log, "(99)", "does not know", str(self.at))

    def test_truncated_inside_an_event(self):
        self.damaged(self.log[:self.at + 30], "ends inside an event", str(self.at))

    def test_truncated_inside_a_transaction(self):
        """As a crashed server leaves its last log: what was not committed is no loss, but it is said."""
        self.file.write_bytes(self.log[:self.at])
        code, _, errors = self.made.run()
        self.assertEqual(code, 0, errors)
        self.assertIn("ends inside a transaction", errors)
        self.assertEqual(self.published(), ["1", "2", "3", "4"])
        self.file.write_bytes(self.log)
        self.made.catch_up()
        self.assertEqual(self.published(), ["1", "2", "3", "4", "5", "6"])


if __name__ == "__main__":
    unittest.main()
