"""What end-to-end tests of whole pipelines share: the servers under test, programs, and the records they leave.

The servers are private and run already; their ports come from the environment (scripts/servers). Every test has its own
database and its own topics.
"""

import collections
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import uuid

PIPERUN = os.environ["PIPEWRIGHT_PIPERUN"]
PIPEC = os.environ["PIPEWRIGHT_PIPEC"]
KAFKA_PORT = os.environ["PIPEWRIGHT_KAFKA_PORT"]
DATABASE_PORTS = {"mariadb": os.environ["PIPEWRIGHT_MARIADB_PORT"], "mysql": os.environ["PIPEWRIGHT_MYSQL_PORT"]}
ROOT = pathlib.Path(__file__).resolve().parents[3]
CAPTURE_PASSWORD = "cdc-secret"
RUN_TIMEOUT_S = 120

Record = collections.namedtuple("Record", "partition offset key value")


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

    def __init__(self, server, prefix="t"):
        self.server = server
        self.port = DATABASE_PORTS[server]
        self.name = new_name(prefix)
        self.execute(f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4", database="")

    def command(self, database):
        return ["mariadb", "--no-defaults", "--protocol=TCP", "-h127.0.0.1", f"-P{self.port}", "-uroot",
                "--default-character-set=utf8mb4", "--max-allowed-packet=1G", "--local-infile=1", *([database] if database else [])]

    def execute(self, sql, database=None):
        done = subprocess.run(self.command(self.name if database is None else database), input=sql, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{self.server}: {done.stderr.strip()}\n{sql[:500]}")
        return done.stdout

    def rows(self, sql):
        """Rows as lists of text, None for NULL."""
        done = subprocess.run([*self.command(self.name), "--batch", "--raw", "--skip-column-names", "-e", sql],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr.strip())
        return [[None if cell == "NULL" else cell for cell in line.split("\t")] for line in done.stdout.splitlines()]

    def drop(self):
        self.execute(f"DROP DATABASE IF EXISTS {self.name}", database="")


class Program:
    """A .pipe program in a folder of its own, with its runs."""

    def __init__(self, text, password=CAPTURE_PASSWORD):
        self.folder = tempfile.TemporaryDirectory(prefix="pipewright-e2e-")
        self.name = new_name("program")
        self.file = pathlib.Path(self.folder.name) / f"{self.name}.pipe"
        self.file.write_text(text)
        self.environment = {**os.environ, "LAB_PASSWORD": password}

    def run(self, *options, timeout_s=RUN_TIMEOUT_S):
        """Runs to the end; returns exit code, stdout, stderr."""
        done = subprocess.run([PIPERUN, "run", str(self.file), *options], capture_output=True, text=True, timeout=timeout_s,
                              env=self.environment)
        return done.returncode, done.stdout, done.stderr

    def catch_up(self, *options):
        code, _, errors = self.run("--until-caught-up", *options)
        if code != 0:
            raise AssertionError(f"piperun ended with {code}:\n{errors}")

    def start(self, *options):
        with open(self.file.with_suffix(".log"), "ab") as log:
            return subprocess.Popen([PIPERUN, "run", str(self.file), *options], stdout=log, stderr=log, env=self.environment)

    def log(self):
        return self.file.with_suffix(".log").read_text(errors="replace")

    def close(self):
        self.folder.cleanup()


def end(process, how=signal.SIGTERM, timeout_s=20):
    process.send_signal(how)
    return process.wait(timeout_s)


def source(database, extra=""):
    return f"""source db: mysql {{
  address = '127.0.0.1:{database.port}';
  user = 'cdc';
  password = env('LAB_PASSWORD');
  {extra}
}}
"""


def kafka_sink(extra="", partitions=3, topics=""):
    return f"""sink bus: kafka {{
  brokers = ['127.0.0.1:{KAFKA_PORT}'];
  topics {{ auto_create = true; partitions = {partitions}; replication = 1; {topics} }}
  {extra}
}}
"""


def records(topic, committed=True):
    """All records of a topic that a consumer sees, by partition and offset. Values are parsed JSON, None for a tombstone."""
    level = "read_committed" if committed else "read_uncommitted"
    done = subprocess.run(["kcat", "-C", "-q", "-e", "-J", "-b", f"127.0.0.1:{KAFKA_PORT}", "-t", topic, "-o", "beginning",
                           "-X", f"isolation.level={level}", "-X", "fetch.wait.max.ms=50"],
                          capture_output=True, text=True, timeout=RUN_TIMEOUT_S)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    found = []
    for line in filter(None, done.stdout.split("\n")):
        envelope = json.loads(line)
        payload = envelope.get("payload")
        found.append(Record(envelope["partition"], envelope["offset"], envelope.get("key"),
                            None if payload is None else json.loads(payload)))
    return sorted(found, key=lambda r: (r.partition, r.offset))


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
