"""What end-to-end tests of whole pipelines share: the servers under test, programs, and the records they leave.

The servers are private and run already; their ports come from the environment (scripts/servers). Every test has its own
database and its own topics.
"""

import collections
import contextlib
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import threading
import time
import uuid

import history

PIPERUN = os.environ["PIPEWRIGHT_PIPERUN"]
PIPEC = os.environ["PIPEWRIGHT_PIPEC"]
KAFKA_PORT = os.environ["PIPEWRIGHT_KAFKA_PORT"]
KAFKA_SASL_PORT = os.environ["PIPEWRIGHT_KAFKA_SASL_PORT"]
KAFKA_SCRAM_PORT = os.environ["PIPEWRIGHT_KAFKA_SCRAM_PORT"]
TLS_CA = os.environ["PIPEWRIGHT_TLS_CA"]
SERVERS_DIR = pathlib.Path(os.environ["PIPEWRIGHT_SERVERS_DIR"])
DEPS = pathlib.Path(os.environ.get("PIPEWRIGHT_DEPS", pathlib.Path.home() / ".cache/pipewright"))
DATABASE_PORTS = {"mariadb": os.environ["PIPEWRIGHT_MARIADB_PORT"], "mysql": os.environ["PIPEWRIGHT_MYSQL_PORT"]}
ROOT = pathlib.Path(__file__).resolve().parents[3]
CAPTURE_PASSWORD = "cdc-secret"
RUN_TIMEOUT_S = 120

Record = collections.namedtuple("Record", "partition offset key value headers")


def new_name(prefix):
    return f"{prefix}_{uuid.uuid4().hex[:8]}"


def wait_until(condition, what, timeout_s=60):
    """Waits for a condition that other processes bring about."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_s} s: {what}")
        time.sleep(0.02)


class Database:
    """One database of a server under test."""

    def __init__(self, server, prefix="t", port=None):
        self.server = server
        self.port = port or DATABASE_PORTS[server]
        self.name = new_name(prefix)
        self.execute(f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4", database="")

    def command(self, database):
        return ["mariadb", "--no-defaults", "--protocol=TCP", "-h127.0.0.1", f"-P{self.port}", "-uroot",
                "--default-character-set=utf8mb4", "--max-allowed-packet=1G", "--local-infile=1", *([database] if database else [])]

    def execute(self, sql, database=None, force=False):
        """What the statements print; `force` goes on behind one that fails."""
        command = self.command(self.name if database is None else database) + (["--force"] if force else [])
        done = subprocess.run(command, input=sql, capture_output=True, text=True)
        if done.returncode != 0 and not force:
            raise AssertionError(f"{self.server}: {done.stderr.strip()}\n{sql[:500]}")
        return done.stdout

    def rows(self, sql):
        """Rows as lists of text, None for NULL."""
        done = subprocess.run([*self.command(self.name), "--batch", "--raw", "--skip-column-names", "-e", sql],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr.strip())
        return [[None if cell == "NULL" else cell for cell in line.split("\t")] for line in done.stdout.splitlines()]

    def version(self):
        """As two numbers."""
        return tuple(map(int, self.rows("SELECT VERSION()")[0][0].split(".")[:2]))

    def log_status(self):
        """The statement that tells the file and the position that the log has come to."""
        return "SHOW BINARY LOG STATUS" if self.server == "mysql" and self.version() >= (8, 2) else "SHOW MASTER STATUS"

    def drop(self):
        self.execute(f"DROP DATABASE IF EXISTS {self.name}", database="")

    def answers(self):
        return subprocess.run([*self.command(""), "-e", "SELECT 1"], capture_output=True).returncode == 0


class Session:
    """A connection to a database that stays open: for locks and settings of a session."""

    def __init__(self, database):
        self.process = subprocess.Popen([*database.command(database.name), "--batch", "--skip-column-names", "--unbuffered"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def execute(self, sql):
        """What the statements print, when all of them are done."""
        self.process.stdin.write(f"{sql};\nSELECT 'statements done';\n")
        self.process.stdin.flush()
        answer = ""
        while (line := self.process.stdout.readline()) != "statements done\n":
            if line == "":
                raise AssertionError(f"{answer}\n{sql[:500]}")
            answer += line
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Program:
    """A .pipe program in a folder of its own, with its runs."""

    def __init__(self, text, password=CAPTURE_PASSWORD, environment=None):
        self.folder = tempfile.TemporaryDirectory(prefix="pipewright-e2e-")
        self.name = new_name("program")
        self.file = pathlib.Path(self.folder.name) / f"{self.name}.pipe"
        self.file.write_text(text)
        self.environment = {**os.environ, "LAB_PASSWORD": password, **(environment or {})}

    def run(self, *options, timeout_s=RUN_TIMEOUT_S):
        """Runs to the end; returns exit code, stdout, stderr."""
        process = subprocess.Popen([PIPERUN, "run", str(self.file), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, env=self.environment)
        try:
            output, errors = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            _, errors = process.communicate()
            raise AssertionError(f"piperun does not end within {timeout_s} s:\n{errors}") from None
        return process.returncode, output, errors

    def piperun(self, *words):
        """Another subcommand, in the program's folder; returns exit code, stdout, stderr."""
        done = subprocess.run([PIPERUN, *words], capture_output=True, text=True, env=self.environment, cwd=self.folder.name,
                              timeout=RUN_TIMEOUT_S, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr

    def catch_up(self, *options):
        code, _, errors = self.run("--until-caught-up", *options)
        if code != 0:
            raise AssertionError(f"piperun ended with {code}:\n{errors}")
        return errors

    def start(self, *options):
        """Starts a run whose output log() shows, behind that of earlier ones."""
        with open(self.file.with_suffix(".log"), "ab") as log:
            return subprocess.Popen([PIPERUN, "run", str(self.file), *options], stdout=log, stderr=log, env=self.environment)

    def log(self):
        log = self.file.with_suffix(".log")
        return log.read_text(errors="replace") if log.exists() else ""

    def entered(self, *states):
        """How often a pipe of the runs of start() entered one of these states. The progress names them too, every half minute."""
        return len(re.findall(rf"pipe \w+(?: \(\w+\))?: (?:{'|'.join(states)})\b", self.log()))

    def close(self):
        self.folder.cleanup()


def end(process, how=signal.SIGTERM, timeout_s=20):
    process.send_signal(how)
    return process.wait(timeout_s)


class Server:
    """One of the servers under test as a process: `mariadb`, `mysql`, `kafka` or `registry`."""

    def __init__(self, name):
        self.name = name.upper()

    def _run(self, verb):
        command = os.environ[f"PIPEWRIGHT_{self.name}_{verb}"]
        done = subprocess.run(command, shell=True, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{verb} {self.name}: {done.stderr}")

    def kill(self):
        self._run("KILL")

    def start(self):
        self._run("START")

    def signal(self, how):
        os.kill(int(pathlib.Path(os.environ[f"PIPEWRIGHT_{self.name}_PID_FILE"]).read_text().split()[0]), how)


def make_client_certificate(folder, name, password=None):
    """folder/name.pem and name.key, signed by the servers' own authority; the key is encrypted if there is a password."""
    authority = pathlib.Path(TLS_CA).with_suffix("")
    for command in (["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={name}", "-keyout",
                     f"{folder}/{name}.key", "-out", f"{folder}/{name}.csr", *(["-passout", f"pass:{password}"] if password else ["-nodes"])],
                    ["x509", "-req", "-in", f"{folder}/{name}.csr", "-CA", TLS_CA, "-CAkey", f"{authority}.key", "-CAserial",
                     f"{folder}/serial", "-CAcreateserial", "-days", "2", "-out", f"{folder}/{name}.pem"]):
        done = subprocess.run(["openssl", *command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
    return f"certificate = '{folder}/{name}.pem'; private_key = '{folder}/{name}.key';"


def source(database, extra="", host="127.0.0.1", port=None, user="cdc", name="db"):
    return f"""source {name}: mysql {{
  address = '{host}:{port or database.port}';
  user = '{user}';
  password = env('LAB_PASSWORD');
  {extra}
}}
"""


def kafka_sink(extra="", partitions=3, port=KAFKA_PORT, host="127.0.0.1"):
    return f"""sink bus: kafka {{
  brokers = ['{host}:{port}'];
  topics {{ auto_create = true; partitions = {partitions}; replication = 1; }}
  {extra}
}}
"""


def end_offsets(topic, partitions=3, committed=False):
    """The sum of a topic's end offsets, as a read_uncommitted or a read_committed consumer is told them; 0 while there is no
    topic."""
    done = subprocess.run(["kcat", "-Q", "-b", f"127.0.0.1:{KAFKA_PORT}", *(f"-t{topic}:{p}:-1" for p in range(partitions)),
                           "-X", "isolation.level=" + ("read_committed" if committed else "read_uncommitted")],
                          capture_output=True, text=True)
    found = [int(line.rsplit(" ", 1)[1]) for line in done.stdout.splitlines()]
    return sum(found) if done.returncode == 0 else 0


def transaction_is_open(topic, partitions=3):
    return end_offsets(topic, partitions, committed=True) < end_offsets(topic, partitions)


def grant_in_kafka(user, *arguments):
    """Adds access rules for a user of the SASL listener, in the words of Kafka's own tool."""
    done = subprocess.run(["java", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{DEPS}/kafka/libs/*",
                           "org.apache.kafka.tools.AclCommand", "--bootstrap-server", f"127.0.0.1:{KAFKA_PORT}", "--add",
                           "--allow-principal", f"User:{user}", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)


class OpenTransaction:
    """A Kafka transaction that writes one record over and over, which some other producer holds open."""

    RECORDS = 100  # kcat reads its input by the block

    def __init__(self, topic, partition, key, value, transactional_id=None):
        self.process = subprocess.Popen(["kcat", "-P", "-b", f"127.0.0.1:{KAFKA_PORT}", "-t", topic, "-p", str(partition), "-K", "\t",
                                         "-X", f"transactional.id={transactional_id or new_name('open')}"], stdin=subprocess.PIPE, text=True,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.stdin.write(f"{key}\t{value}\n" * self.RECORDS)
        self.process.stdin.flush()

    def commit(self):
        self.process.stdin.close()
        if self.process.wait(30) != 0:
            raise AssertionError("kcat could not commit its transaction")

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()


def records(topic, committed=True):
    """All records of a topic that a consumer sees, by partition and offset. Values are parsed JSON, None for a tombstone;
    headers are a dict of texts."""
    level = "read_committed" if committed else "read_uncommitted"
    done = subprocess.run(["kcat", "-C", "-q", "-e", "-J", "-b", f"127.0.0.1:{KAFKA_PORT}", "-t", topic, "-o", "beginning",
                           "-X", f"isolation.level={level}", "-X", "fetch.wait.max.ms=50"],
                          capture_output=True, text=True, timeout=RUN_TIMEOUT_S)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    found = []
    # Not splitlines(): a text may hold other line ends.
    for line in filter(None, done.stdout.split("\n")):
        envelope = json.loads(line)
        payload, headers = envelope.get("payload"), envelope.get("headers", [])
        found.append(Record(envelope["partition"], envelope["offset"], envelope.get("key"),
                            None if payload is None else json.loads(payload), dict(zip(headers[::2], headers[1::2]))))
    return sorted(found, key=lambda r: (r.partition, r.offset))


@contextlib.contextmanager
def consumer(topic, *options):
    """The lines that a read_committed kcat prints of a topic."""
    with subprocess.Popen(["kcat", "-C", "-q", "-e", "-b", f"127.0.0.1:{KAFKA_PORT}", "-t", topic, "-o", "beginning",
                           "-X", "isolation.level=read_committed", "-X", "fetch.wait.max.ms=50", *options],
                          stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout
    if process.returncode != 0:
        raise AssertionError(f"kcat ended with {process.returncode}")


def replay_canal(found, key):
    """The table that Canal JSON records describe: key column's text -> row."""
    table = {}
    for record in found:
        if record.value is None:
            continue
        for row in record.value["data"] or []:
            if record.value["type"] == "DELETE":
                table.pop(row[key], None)
            else:
                table[row[key]] = row
    return table


class Writer(threading.Thread):
    """Raises the versions of random keys of a ledger, adds keys and takes keys away, until told to stop, also across restarts of
    the server."""

    ROWS_PER_TRANSACTION = 50
    ROWS_PER_SECOND = 3000  # whatever the machine can do beyond that
    # Every so many transactions insert a row and delete another.
    INSERT_AND_DELETE_EVERY = 10

    def __init__(self, ledger):
        super().__init__(daemon=True)  # a test that is interrupted leaves no load behind
        self.ledger = ledger
        self.stopping = threading.Event()
        self.rows = 0
        self.seconds = 0.0
        self.reconnects = 0
        self.steps = 0
        self.random = random.Random(7)
        self.to_delete = self.random.sample(range(ledger.keys), ledger.keys // 20)

    def run(self):
        began = time.monotonic()
        while not self.stopping.is_set():
            self._write(began)
            if self.stopping.is_set():
                break
            self.reconnects += 1
            while not self.ledger.database.answers():
                self.stopping.wait(0.1)
        self.seconds = time.monotonic() - began

    def _write(self, began):
        """Writes through one connection, until it breaks or the end."""
        client = subprocess.Popen(self.ledger.database.command(self.ledger.database.name), stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0)
        try:
            while not self.stopping.is_set():
                client.stdin.write(self._transaction().encode())
                self.rows += self.ROWS_PER_TRANSACTION
                ahead = self.rows / self.ROWS_PER_SECOND - (time.monotonic() - began)
                if ahead > 0:
                    self.stopping.wait(ahead)
        except BrokenPipeError:
            pass
        client.stdin.close()
        client.wait()

    def _transaction(self):
        self.steps += 1
        keys = self.random.sample(range(self.ledger.keys), self.ROWS_PER_TRANSACTION)
        update = f"UPDATE ledger SET version = version + 1, step = {self.steps} WHERE id IN ({','.join(map(str, keys))});\n"
        if self.steps % self.INSERT_AND_DELETE_EVERY != 0 or not self.to_delete:
            return update
        return (f"BEGIN; INSERT INTO ledger VALUES ({self.ledger.keys + self.steps}, 0, {self.steps}, 'new'); {update}"
                f"DELETE FROM ledger WHERE id = {self.to_delete.pop()}; COMMIT;\n")

    def stop(self):
        self.stopping.set()
        self.join()


class Ledger:
    """A table of versions, the program that publishes it, a writer that raises the versions, and what a consumer must have
    found of them in the end."""

    ROWS_PER_SECOND_MIN = 2000  # under which what a test does to a pipe counts as done under load

    def __init__(self, server, keys, sink_settings="", source_settings="", kafka_port=KAFKA_PORT, port=None, rules=""):
        self.database = Database(server, port=port)
        self.keys = keys
        self.topic = f"{self.database.name}-ledger"
        self.database.execute("CREATE TABLE ledger (id INT PRIMARY KEY, version INT NOT NULL, step INT NOT NULL, filler CHAR(100) NOT NULL)")
        for first in range(0, keys, 1000):
            rows = ",".join(f"({i},0,0,'{'x' * 100}')" for i in range(first, first + 1000))
            self.database.execute(f"INSERT INTO ledger VALUES {rows}")
        self.program = Program(source(self.database, f"retry {{ first = 50ms; max = 500ms; }} {source_settings}") + kafka_sink(
            f"retry {{ first = 50ms; max = 500ms; }} {sink_settings}", port=kafka_port) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "$database$-$tablename$";
  table {self.database.name}.ledger {{ key (id); partition by hash (id); {rules} }}
}}
""")
        self.writer = Writer(self)
        # What the program may have found where it began to read the log: key -> lowest and highest version.
        self.began = {str(key): (0, 0) for key in range(keys)}

    def close(self):
        if self.writer.is_alive():
            self.writer.stop()
        self.program.close()
        self.database.drop()

    def wait_for_records(self, timeout_s=60):
        """Waits until a read_committed consumer is shown records that were not there when this was called. So the position that
        follows them is saved: whatever ends this run, the next one goes on behind them."""
        before = end_offsets(self.topic, committed=True)
        try:
            wait_until(lambda: end_offsets(self.topic, committed=True) > before, f"new records in {self.topic}", timeout_s)
        except AssertionError as error:
            raise AssertionError(f"{error}:\n{self.program.log()[-3000:]}") from None

    def start_under_load(self):
        """Starts the program and, once it has said where it reads the log from, the writer: every change from version 0 on
        must be found. Returns the process."""
        before = self.program.log()
        process = self.program.start()
        wait_until(lambda: ", log from " in self.program.log()[len(before):], "the log is read")
        self.writer.start()
        return process

    def wait_for_the_rest(self, timeout_s=60):
        """Waits until about as many records are committed as the table has versions; nothing writes any more. The markers of
        transactions count as well, so that some hundred rows may be missing: a stop has time for those, whatever the broker
        has behind it."""
        written = sum(self.versions().values())
        wait_until(lambda: end_offsets(self.topic, committed=True) >= written, f"{written} records in {self.topic}", timeout_s)

    def stop_writing(self):
        """Ends a writer that nothing stood in the way of: by what the table counts, it must have been fast."""
        self.writer.stop()
        rate = sum(self.versions().values()) / self.writer.seconds
        print(f"{rate:.0f} rows/s … ", end="", flush=True)
        if rate < self.ROWS_PER_SECOND_MIN:
            raise AssertionError(f"only {rate:.0f} rows/s were written, not {self.ROWS_PER_SECOND_MIN}")

    def versions(self):
        return {row[0]: int(row[1]) for row in self.database.rows("SELECT id, version FROM ledger")}

    def verify(self, repeats=False):
        """ENGINE G1 to G4, of everything that was written; history.check() says what they ask for. Records of other databases
        in the topic are passed over."""
        def change(partition, offset, value):
            row = value["data"][0]
            return history.Change(int(partition), int(offset), value["type"], row["id"], int(row["version"]), int(row["step"]))
        # Too many to be held at once, as records() does.
        with consumer(self.topic, "-f", "%p\t%o\t%s\n") as lines:
            parts = (line.split("\t", 2) for line in lines)
            found = ((partition, offset, json.loads(value)) for partition, offset, value in parts)
            own = (change(*each) for each in found if each[2]["database"] == self.database.name)
            history.check(own, self.versions(), self.began, repeats)
