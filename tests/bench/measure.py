"""What the benchmarks of whole processes share: programs, one timed run, the servers' log of rows, the broker's topics."""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("PIPEWRIGHT_BENCH_BIN", ROOT / "build/bench/bin"))
DEPS = pathlib.Path(os.environ.get("PIPEWRIGHT_DEPS", pathlib.Path.home() / ".cache/pipewright"))
RUN_TIMEOUT_S = 300
PARTITIONS = 8

# One run of one case: seconds of wall, CPU seconds (user and system) of the process and of it with the servers it works with, row
# changes, MiB resident at most.
Sample = collections.namedtuple("Sample", "seconds cpu total_cpu rows resident_mib")


def run_timed(command, **options):
    """Runs a command to its end; returns its output, wall seconds, CPU seconds and the most it had resident, in MiB."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begin = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=options.pop("stdout", output), stderr=errors, **options)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode(errors="replace")
        if process.returncode != 0:
            raise SystemExit(f"tests/bench/run: {command[0]} ended with {process.returncode}: {text.strip()[-2000:]}")
        output.seek(0)
        return output.read().decode(errors="replace") + text, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def make_log(folder, shape, rows, rows_per_transaction):
    path = folder / f"{shape}.000001"
    subprocess.run([BIN / "make_binlog", "--shape", shape, "--rows", str(rows), "--rows-per-transaction", str(rows_per_transaction),
                    path], check=True)
    return path


def in_memory(log, rows):
    """Log file to Canal JSON in memory: Google Benchmark's rate, on one core."""
    output, _, _, resident = run_timed([BIN / "bench_log_to_json", log, "--benchmark_format=json"])
    result = json.loads(output[output.index("{"):output.rindex("}") + 1])["benchmarks"][0]
    seconds = rows / result["items_per_second"]
    return Sample(seconds, seconds, seconds, rows, resident)


def compiled(*words):
    """One run of pipec; what it finds is not looked at."""
    _, seconds, cpu, resident = run_timed([BIN / "pipec", *words])
    return Sample(seconds, cpu, cpu, 0, resident)


def rows_committed(output):
    found = re.findall(r"stopped · .*?([0-9,]+) rows", output)
    return int(found[-1].replace(",", "")) if found else -1


def run_pipe(file, rows, *options):
    """One run of a program that ends where the log ends, as a Sample."""
    environment = {**os.environ, "BENCH_PASSWORD": "cdc-secret"}
    output, seconds, cpu, resident = run_timed([BIN / "piperun", "run", file, "--until-caught-up", *options], env=environment)
    if rows_committed(output) != rows:
        raise SystemExit(f"tests/bench/run: {rows_committed(output)} rows instead of {rows}:\n{output[-2000:]}")
    return Sample(seconds, cpu, cpu, rows, resident)


def to_null(folder, log, rows):
    file = folder / f"{log.name.split('.')[0]}.pipe"
    file.write_text(f"source logs: binlog_files {{ path = '{log}'; }}\n"
                    "sink out: files { directory = '/dev/null'; record = value; }\n"
                    "pipe bench { from logs; into out; format canal_json; table bench.* { key (id); } }\n")
    return run_pipe(file, rows)


def printing_tools(shape):
    """The programs that print these row changes as text, by name: Debian's, which does not know MySQL's binary JSON of the wide
    rows, and the one of the unpacked MySQL."""
    tools = {}
    if shape == "narrow" and shutil.which("mariadb-binlog"):
        tools["mariadb-binlog"] = [shutil.which("mariadb-binlog"), "--no-defaults"]
    lib = DEPS / "mysql/root/usr/lib/x86_64-linux-gnu"
    if (lib / "ld-linux-x86-64.so.2").exists():
        tools["mysqlbinlog"] = [lib / "ld-linux-x86-64.so.2", "--library-path", lib, DEPS / "mysql/root/usr/bin/mysqlbinlog",
                                "--no-defaults"]
    return tools


def printed(tool, log, rows):
    with open("/dev/null", "wb") as null:
        _, seconds, cpu, resident = run_timed([*tool, "-v", "--base64-output=DECODE-ROWS", log], stdout=null)
    return Sample(seconds, cpu, cpu, rows, resident)


FILL = """
DROP DATABASE IF EXISTS bench;
CREATE DATABASE bench CHARACTER SET utf8mb4;
USE bench;
SET GLOBAL sync_binlog = 0;
SET GLOBAL innodb_flush_log_at_trx_commit = 0;
CREATE TABLE sbtest1 (id INT NOT NULL PRIMARY KEY, k INT NOT NULL, c CHAR(120) NOT NULL, pad CHAR(60) NOT NULL);
CREATE TABLE base LIKE sbtest1;
DELIMITER //
CREATE FUNCTION digits(seed INT, count INT) RETURNS VARCHAR(255) DETERMINISTIC
BEGIN
  DECLARE text VARCHAR(255) DEFAULT '';
  DECLARE n INT DEFAULT 0;
  WHILE n < count DO
    SET text = CONCAT(text, IF(n = 0, '', '-'), LPAD(CONV(SUBSTRING(SHA2(seed * 31 + n, 256), 1, 9), 16, 10) MOD 99999999999, 11, '0'));
    SET n = n + 1;
  END WHILE;
  RETURN text;
END//
CREATE PROCEDURE fill_base()
BEGIN
  DECLARE n INT DEFAULT 0;
  START TRANSACTION;
  WHILE n < 10000 DO
    INSERT INTO base VALUES (n, CRC32(n) MOD 1000000, digits(n, 10), digits(n + 7, 5));
    SET n = n + 1;
  END WHILE;
  COMMIT;
END//
CREATE PROCEDURE fill(IN wanted INT, IN per INT)
BEGIN
  DECLARE n INT DEFAULT 0;
  WHILE n < wanted DO
    INSERT INTO sbtest1 SELECT n + id - n MOD 10000, k, c, pad FROM base WHERE id >= n MOD 10000 AND id < n MOD 10000 + per;
    SET n = n + per;
  END WHILE;
END//
DELIMITER ;
CALL fill_base();
"""


class Lab:
    """A database whose log has the narrow rows, and a broker; its own servers, in a folder of the run."""

    def __init__(self, folder, server, rows, rows_per_transaction):
        self.folder, self.server, self.rows = folder, server, rows
        self.home = ROOT / ".run/bench-servers"
        self.topics = 0
        self.records = folder / "records"
        self._servers("stop")
        shutil.rmtree(self.home, ignore_errors=True)
        self._servers("start", server, "kafka")
        lines = (self.home / "servers.env").read_text().splitlines()
        self.ports = dict(re.fullmatch(r"export PIPEWRIGHT_(\w+)_PORT=(\d+)", line).groups() for line in lines if "_PORT=" in line)
        self.broker = f"127.0.0.1:{self.ports['KAFKA']}"
        self._sql(FILL + f"CALL fill({rows}, {rows_per_transaction});")

    def _servers(self, *words):
        subprocess.run([ROOT / "scripts/servers", words[0], self.home, *words[1:]], check=True)

    def _sql(self, text):
        subprocess.run(["mariadb", "--no-defaults", f"--socket={self.home / self.server / 'my.sock'}", "-uroot"], input=text, text=True,
                       check=True)

    def _servers_cpu(self):
        """CPU seconds that the database and the broker have used."""
        ticks = 0
        for name in (self.server, "kafka"):
            pid = (self.home / name / "pid").read_text().split()[0]
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _topic(self, name, verb):
        subprocess.run([BIN / "produce_bench", verb, self.broker, name, str(PARTITIONS)], check=True)

    def stop(self):
        self._servers("stop")
        shutil.rmtree(self.home, ignore_errors=True)

    def _program(self, topic, begin="snapshot none; start earliest;", table="sbtest1"):
        file = self.folder / "stream.pipe"
        file.write_text(f"""source db: mysql {{
  address = '127.0.0.1:{self.ports[self.server.upper()]}';
  user = 'cdc';
  password = env('BENCH_PASSWORD');
  {begin}
}}
sink bus: kafka {{
  brokers = ['{self.broker}'];
  topics {{ auto_create = true; partitions = {PARTITIONS}; replication = 1; }}
}}
pipe bench {{
  from db;
  into bus;
  topic '{topic}';
  format canal_json;
  table bench.{table} {{ key (id); }}
}}
""")
        return file

    def load(self, readers):
        """The first load of two tables, less the time of a run that finds nothing to do."""
        self.topics += 1
        topic = f"load-{self.topics}"
        self._sql("USE bench; " + " ".join(f"CREATE TABLE IF NOT EXISTS load{n} LIKE sbtest1; INSERT IGNORE INTO load{n} SELECT * FROM sbtest1 "
                                           f"WHERE NOT EXISTS (SELECT 1 FROM load{n});" for n in (1, 2)))
        file = self._program(topic, f"snapshot initial {{ parallel = {readers}; }}", "r'load\\d'")
        before = self._servers_cpu()
        sample = run_pipe(file, 2 * self.rows, "--reset-position")
        total_cpu = sample.cpu + self._servers_cpu() - before
        nothing = run_pipe(file, 0)
        self._topic(topic, "delete")
        return sample._replace(seconds=sample.seconds - nothing.seconds, total_cpu=total_cpu)

    def stream(self):
        """Server to Kafka, less the time in which a run that finds nothing to do starts and ends. CPU is that of the whole run."""
        self.topics += 1
        topic = f"stream-{self.topics}"
        file = self._program(topic)
        before = self._servers_cpu()
        sample = run_pipe(file, self.rows, "--reset-position")
        total_cpu = sample.cpu + self._servers_cpu() - before
        nothing = run_pipe(file, 0)
        if not self.records.exists():
            self._save_records(topic)
        self._topic(topic, "delete")
        return sample._replace(seconds=sample.seconds - nothing.seconds, total_cpu=total_cpu)

    def _save_records(self, topic):
        with open(self.records, "wb") as out:
            subprocess.run(["kcat", "-C", "-q", "-e", "-b", self.broker, "-t", topic, "-c", "50000", "-f", "%k\t%s\n"], stdout=out,
                           check=True)

    def librdkafka(self):
        """librdkafka alone, the same records, codec and broker. Requires: stream() has run."""
        self.topics += 1
        topic = f"alone-{self.topics}"
        self._topic(topic, "create")
        before = self._servers_cpu()
        output, _, _, resident = run_timed([BIN / "produce_bench", "send", self.broker, topic, PARTITIONS, self.records, self.rows, "lz4"])
        sent = json.loads(output[output.index("{"):])
        total_cpu = sent["cpu_seconds"] + self._servers_cpu() - before
        self._topic(topic, "delete")
        return Sample(sent["seconds"], sent["cpu_seconds"], total_cpu, sent["records"], resident)
