"""One transaction of 1 GB passes with less than 256 MB resident, and every row of it arrives once, in order."""

import os
import re
import subprocess
import tempfile
import threading
import unittest

import lab

MAKE_BINLOG = os.environ["PIPEWRIGHT_MAKE_BINLOG"]
GIGABYTE = 10**9
RESIDENT_BYTES_MAX = 256 * 10**6


def run_measured(program, *options):
    """Runs a program to its end; returns the most memory it had resident, in bytes."""
    process = program.start("--until-caught-up", *options)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise AssertionError(f"piperun ended with {process.returncode}:\n{program.log()}")
    print(f"{usage.ru_maxrss * 1024 / 1e6:.0f} MB resident … ", end="", flush=True)
    return usage.ru_maxrss * 1024


class LineCounter(threading.Thread):
    """Reads a named pipe to its end and checks that its records have the ids 1, 2, 3, …; `id_pattern` finds the id of a record."""

    def __init__(self, path, id_pattern=rb'"data":\[\{"id":"(\d+)"'):
        super().__init__(daemon=True)
        self.path, self.id_pattern, self.rows, self.problem = path, id_pattern, 0, None

    def run(self):
        left = b""
        with open(self.path, "rb", buffering=0) as lines:
            while chunk := lines.read(1 << 20):
                complete, _, left = (left + chunk).rpartition(b"\n")
                for number in re.findall(self.id_pattern, complete):
                    self.rows += 1
                    if int(number) != self.rows and self.problem is None:
                        self.problem = f"row {self.rows} has id {int(number)}"


class Memory(unittest.TestCase):
    def program(self, text):
        made = lab.Program(text)
        self.addCleanup(made.close)
        return made

    def test_many_rows_from_a_log_file(self):
        rows = 5_300_000
        with tempfile.TemporaryDirectory(prefix="pipewright-e2e-") as folder:
            log, pipe = f"{folder}/log.000001", f"{folder}/out"
            subprocess.run([MAKE_BINLOG, "--rows", str(rows), "--rows-per-transaction", str(rows), log], check=True)
            self.assertGreater(os.path.getsize(log), GIGABYTE)
            os.mkfifo(pipe)
            counter = LineCounter(pipe)
            counter.start()
            resident = run_measured(self.program(f"""
source logs: binlog_files {{ path = '{log}'; }}
sink out: files {{ directory = '{pipe}'; record = value; }}
pipe p {{ from logs; into out; format canal_json; table bench.* {{ select id, k; }} }}
"""))
            counter.join(lab.RUN_TIMEOUT_S)
        self.assertIsNone(counter.problem)
        self.assertEqual(counter.rows, rows)
        self.assertLess(resident, RESIDENT_BYTES_MAX)

    def test_large_rows_from_a_server_into_kafka(self):
        rows, row_bytes = 2_600, 400_000
        database = lab.Database("mariadb")
        self.addCleanup(database.drop)
        topic = lab.new_name("memory")
        database.execute("CREATE TABLE large (id INT PRIMARY KEY, t LONGTEXT)")
        program = self.program(lab.source(database, "snapshot none;") + lab.kafka_sink() + f"""
pipe p {{ from db; into bus; format canal_json; topic '{topic}'; table {database.name}.large {{ key (id); }} }}
""")
        program.catch_up()
        database.execute(f"INSERT INTO large SELECT seq, REPEAT(MD5(seq), {row_bytes // 32}) FROM seq_1_to_{rows}")
        self.assertGreater(rows * row_bytes, GIGABYTE)
        resident = run_measured(program)
        keys = subprocess.run(["kcat", "-C", "-q", "-e", "-b", f"127.0.0.1:{lab.KAFKA_PORT}", "-t", topic, "-f", "%k %S\n",
                               "-X", "isolation.level=read_committed"], capture_output=True, text=True, check=True).stdout.splitlines()
        found = [(int(re.search(r'"id":"(\d+)"', line).group(1)), int(line.rsplit(" ", 1)[1])) for line in keys]
        self.assertEqual(sorted(number for number, _ in found), list(range(1, rows + 1)))
        self.assertGreater(min(size for _, size in found), row_bytes)
        self.assertLess(resident, RESIDENT_BYTES_MAX)

    def test_first_load_whose_records_are_many_times_its_rows(self):
        # Every record carries its schema: a chunk of 50,000 rows of 120 bytes is 400 MB of records.
        rows, columns = 110_000, 25
        database = lab.Database("mariadb")
        self.addCleanup(database.drop)
        names = [f"column_number_{n}" for n in range(columns)]
        database.execute(f"CREATE TABLE wide (id INT PRIMARY KEY, {', '.join(f'{name} TINYINT' for name in names)}); "
                         f"INSERT INTO wide SELECT seq{', seq % 100' * columns} FROM seq_1_to_{rows};")
        with tempfile.TemporaryDirectory(prefix="pipewright-e2e-") as folder:
            counter = LineCounter(f"{folder}/out", rb'"payload":\{"before":null,"after":\{"id":(\d+)')
            os.mkfifo(counter.path)
            counter.start()
            resident = run_measured(self.program(lab.source(database) + f"""
sink out: files {{ directory = '{counter.path}'; record = value; }}
pipe p {{ from db; into out; format debezium_json {{ schema = true; }} table {database.name}.wide {{ key (id); }} }}
"""))
            counter.join(lab.RUN_TIMEOUT_S)
        self.assertIsNone(counter.problem)
        self.assertEqual(counter.rows, rows)
        self.assertLess(resident, RESIDENT_BYTES_MAX)


if __name__ == "__main__":
    unittest.main()
