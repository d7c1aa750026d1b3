"""Debezium's Avro from real servers to a real broker and a real schema registry: what Apache's reader makes of the records is
the table; and the registry when it is slow, gone, locked or says no."""

import base64
import decimal
import signal
import unittest

import debezium
import debezium_test
import lab
import registry

GONE = "http://127.0.0.1:9"  # nobody listens on this port


def declared(urls, extra=""):
    return f"registry schemas: confluent {{ urls = [{', '.join(repr(url) for url in urls)}]; {extra} }}\n"


def pipe(database, table, rules=""):
    return f"""
pipe avro {{
  from db;
  into bus;
  format debezium_avro {{ registry = schemas; bigint_unsigned = precise; }}
  topic "$database$-$tablename$";
  table {database.name}.{table} {{ on delete publish and tombstone; }}
  {rules}
}}
"""


def as_json(value):
    """What the reader's values are in Debezium's JSON."""
    if isinstance(value, decimal.Decimal):
        sign, digits, _ = value.as_tuple()
        number = int("".join(map(str, digits))) * (-1 if sign else 1)
        value = number.to_bytes((number + (number < 0)).bit_length() // 8 + 1, "big", signed=True)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: as_json(part) for name, part in value.items()}
    return [as_json(part) for part in value] if isinstance(value, list) else value


class Avro(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.registry = registry.Registry()
        cls.addClassCleanup(cls.registry.stop)

    def setUp(self):
        self.reader = registry.Reader(self.registry)

    # ---- every type ----

    prepare = debezium_test.Debezium.prepare
    known = debezium_test.Debezium.known
    change = debezium_test.Debezium.change
    check_source = debezium_test.Debezium.check_source

    def check_rows(self, database, topic, before_truncate):
        replay = debezium.Replay(debezium.columns(database, "every_type"), {"extra": 7})
        operations = []
        for record in registry.raw_records(topic):
            key, value = as_json(self.reader.read(record.key)), as_json(self.reader.read(record.value))
            if value and value["op"] == "t":
                self.assertEqual(replay.rows, before_truncate)
            replay.apply(key, value)
            operations.append(value["op"] if value else "-")
            if value:
                self.check_source(database, value)
        self.assertEqual("".join(operations), "rrrd-d-d-cccud-cd-cuuutc")
        self.assertEqual(replay.rows, debezium.server_table(database, "every_type"))

    def check_ddl(self, database, topic):
        record, = registry.raw_records(topic)
        value = self.reader.read(record.value)
        self.assertEqual(self.reader.read(record.key), {"databaseName": database.name})
        self.assertEqual(value["ddl"], "ALTER TABLE every_type ADD extra INT UNSIGNED NOT NULL DEFAULT 7")
        change, = value["tableChanges"]
        self.assertEqual([column["name"] for column in change["table"]["columns"]],
                         [column.name for column in debezium.columns(database, "every_type")])

    def check_every_type(self, server):
        database = self.prepare(server)
        rules = 'on truncate table publish;\n  on ddl publish to "$database$-ddl";'
        run = lab.Program(lab.source(database) + lab.kafka_sink(partitions=1) + declared([self.registry.url]) +
                          pipe(database, "every_type", rules))
        self.addCleanup(run.close)
        run.catch_up()
        before_truncate = self.change(database)
        run.catch_up()
        topic = f"{database.name}-every_type"
        self.check_rows(database, topic, before_truncate)
        self.check_ddl(database, f"{database.name}-ddl")
        self.assertEqual(self.registry.versions(f"{topic}-key"), [1])
        self.assertEqual(self.registry.versions(f"{topic}-value"), [1, 2])

    def test_mariadb(self):
        self.check_every_type("mariadb")

    def test_mysql(self):
        self.check_every_type("mysql")

    # ---- the registry ----

    def payments(self):
        database = lab.Database("mariadb")
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE payment (id INT PRIMARY KEY, amount DECIMAL(14,2) NOT NULL); INSERT INTO payment VALUES (1, 12.50)")
        return database

    def program(self, database, registry_text, text=None):
        run = lab.Program(lab.source(database) + lab.kafka_sink(partitions=1) + registry_text + (text or pipe(database, "payment")),
                          environment={"REGISTRY_PASSWORD": registry.PASSWORD})
        self.addCleanup(run.close)
        return run

    def amounts(self, database):
        """Of the records in order, by the names of their operations."""
        values = [self.reader.read(record.value) for record in registry.raw_records(f"{database.name}-payment")]
        return [(value["op"], value["after"]["id"], str(value["after"]["amount"])) for value in values]

    def test_a_change_that_does_not_fit_stops_with_the_servers_words(self):
        database = self.payments()
        run = self.program(database, declared([self.registry.url], "compatibility = full_transitive;"))
        run.catch_up()
        subject = f"{database.name}-payment-value"
        self.assertEqual(self.registry.ask(f"/config/{subject}")[1], {"compatibilityLevel": "FULL_TRANSITIVE"})
        database.execute("INSERT INTO payment VALUES (2, 1.00); ALTER TABLE payment ADD note TEXT; INSERT INTO payment VALUES (3, 2.00, 'fits');"
                         "ALTER TABLE payment MODIFY amount BIGINT NOT NULL; INSERT INTO payment VALUES (4, 3, NULL)")
        for _ in range(2):  # also of the run after it
            code, _, errors = run.run("--until-caught-up")
            self.assertEqual(code, 3, errors)
            self.assertRegex(errors, rf"{run.file.name}:\d+:\d+: table {database.name}.payment: registry `schemas` at {self.registry.url} refuses the "
                             rf"table's schema: it does not fit the earlier ones of subject `{subject}` \(status 409\): .*Incompatible artifact")
            self.assertEqual(self.amounts(database), [("r", 1, "12.50"), ("c", 2, "1.00"), ("c", 3, "2.00")])
        self.assertEqual(self.registry.versions(subject), [1, 2])
        self.registry.ask(f"/config/{subject}", "PUT", {"compatibility": "NONE"})
        run.catch_up()
        self.assertEqual(self.amounts(database)[3:], [("c", 4, "3")])

    def test_a_gate_with_tls_and_a_login_behind_a_server_that_is_gone(self):
        database = self.payments()
        with registry.gate(self.registry, tls=True) as gate:
            login = f"user = '{registry.USER}'; password = env('REGISTRY_PASSWORD'); tls verify_identity {{ ca = '{lab.TLS_CA}'; }}"
            run = self.program(database, declared(["https://localhost:9", gate.url], login))
            run.catch_up()
            self.assertEqual(self.amounts(database), [("r", 1, "12.50")])
            asked = len(gate.asked)
            self.assertEqual(asked, 2)
            gate.login = "Basic nobody"
            run.environment["REGISTRY_PASSWORD"] = "another-s3cret"
            code, _, errors = run.run("--until-caught-up")
            self.assertEqual(code, 3, errors)
            self.assertIn("does not accept the login (status 401)", errors)
            self.assertNotIn("s3cret", errors)
            self.assertEqual(len(gate.asked) - asked, 3)

    def test_a_registry_that_is_gone_at_the_start_and_slow_later(self):
        database = self.payments()
        retry = "timeout = 500ms; retry { first = 20ms; max = 100ms; }"
        with registry.gate(self.registry) as gate:
            gate.login, gate.closed = None, 503
            run = self.program(database, declared([GONE, gate.url], retry))
            running = run.start()
            self.addCleanup(lambda: running.poll() is None and running.kill())
            lab.wait_until(lambda: run.entered("retrying") > 1, "the pipe tries again")
            self.assertIn("503: the gate is closed", run.log())
            gate.closed = None
            lab.wait_until(lambda: lab.end_offsets(f"{database.name}-payment", 1, committed=True) > 0, "the first load is there")
            tries = run.entered("retrying")
            gate.closed = 429
            database.execute("INSERT INTO payment VALUES (2, 1.00); ALTER TABLE payment ADD note TEXT; INSERT INTO payment VALUES (3, 2.00, 'x')")
            lab.wait_until(lambda: run.entered("retrying") > tries, "the pipe waits for the new schema's number")
            gate.closed = None
            self.registry.process.signal(signal.SIGSTOP)
            self.addCleanup(self.registry.process.signal, signal.SIGCONT)
            tries = run.entered("retrying")
            lab.wait_until(lambda: run.entered("retrying") > tries, "a server that hangs is none")
            self.registry.process.signal(signal.SIGCONT)
            lab.wait_until(lambda: "streaming" in run.log().rsplit("retrying", 1)[1], "the pipe goes on")
            database.execute("INSERT INTO payment VALUES (4, 4.00, NULL)")
            lab.wait_until(lambda: len(registry.raw_records(f"{database.name}-payment")) == 4, "every row is there")
            self.assertEqual(lab.end(running), 0)
        self.assertEqual(self.amounts(database), [("r", 1, "12.50"), ("c", 2, "1.00"), ("c", 3, "2.00"), ("c", 4, "4.00")])

    def test_a_registry_that_stays_away_ends_the_pipe(self):
        run = self.program(self.payments(), declared([GONE], "retry { first = 10ms; max = 20ms; give_up = 200ms; }"))
        code, _, errors = run.run("--until-caught-up")
        self.assertEqual(code, 3, errors)
        self.assertRegex(errors, r"registry `schemas` does not answer: http://127.0.0.1:9: .*; gave up after \d+ tries")

    def test_schemas_that_must_be_there(self):
        database = self.payments()
        run = self.program(database, declared([self.registry.url], "register = false;"))
        code, _, errors = run.run("--until-caught-up")
        self.assertEqual(code, 3, errors)
        self.assertIn("does not have the table's schema, and `register = false`", errors)
        self.program(database, declared([self.registry.url])).catch_up()
        run.catch_up()
        self.assertEqual(self.amounts(database), [("r", 1, "12.50")] * 2)

    def test_topics_that_rows_choose_and_subjects_by_record(self):
        database = self.payments()
        database.execute("INSERT INTO payment VALUES (2, 7.00)")
        text = pipe(database, "payment").replace('topic "$database$-$tablename$";', f"""topic case id
    when 1 then '{database.name}-one'
    else '{database.name}-others'
  end;""")
        self.program(database, declared([self.registry.url]), text).catch_up()
        for topic in ("one", "others"):
            self.assertEqual(self.registry.versions(f"{database.name}-{topic}-value"), [1])
            self.assertEqual(self.registry.versions(f"{database.name}-{topic}-key"), [1])
            record, = registry.raw_records(f"{database.name}-{topic}")
            self.assertEqual(self.reader.read(record.value)["op"], "r")
        self.program(database, declared([self.registry.url], "subjects = topic_record_name;")).catch_up()
        self.assertEqual(self.registry.versions(f"{database.name}-payment-db.{database.name}.payment.Envelope"), [1])


if __name__ == "__main__":
    unittest.main()
