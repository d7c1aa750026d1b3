"""The traps of a first load (ENGINE §5): what happens between a chunk's low mark, its read and its emission."""

import bisect
import random
import re
import signal
import threading
import unittest

import lab
from failures_test import Balancer

SERVERS = ("mariadb", "mysql")
# A transaction is written, and sent to the reader of the log, 50 or 100 ms before any SELECT sees it. MySQL with sync_binlog = 1
# writes it as early and sends it only behind the delay. MariaDB waits for a replica that is not there, once: it has to be asked
# to wait again.
INVISIBLE = {
    "mariadb": ("SET GLOBAL rpl_semi_sync_master_wait_point = AFTER_SYNC, GLOBAL rpl_semi_sync_master_timeout = 50, GLOBAL rpl_semi_sync_master_enabled = ON",
                "SET GLOBAL rpl_semi_sync_master_enabled = OFF, GLOBAL rpl_semi_sync_master_timeout = DEFAULT, GLOBAL rpl_semi_sync_master_wait_point = DEFAULT"),
    "mysql": ("SET GLOBAL binlog_group_commit_sync_delay = 100000, GLOBAL sync_binlog = 0",
              "SET GLOBAL binlog_group_commit_sync_delay = DEFAULT, GLOBAL sync_binlog = DEFAULT"),
}
WAITS = "SHOW STATUS LIKE 'Rpl_semi_sync_master_status'"
WAIT_AGAIN = "SET GLOBAL rpl_semi_sync_master_enabled = OFF; SET GLOBAL rpl_semi_sync_master_enabled = ON"


def numbers(count):
    """A SELECT of 1 to `count` as n."""
    digits = " UNION ALL ".join(f"SELECT {d}{' AS d' if d == 0 else ''}" for d in range(10))
    places = [f"({digits}) p{i}" for i in range(5)]
    value = " + ".join(f"p{i}.d * {10 ** i}" for i in range(5))
    return f"SELECT {value} + 1 AS n FROM {', '.join(places)} WHERE {value} < {count}"


def program(database, tables, chunk_rows, parallel=4):
    return lab.Program(lab.source(database, f"snapshot initial {{ parallel = {parallel}; chunk_rows = {chunk_rows}; }}") + lab.kafka_sink(partitions=1) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ snapshot_as = init; }}
  topic "$database$-$tablename$";
  on truncate table publish;
  on ddl skip;
  {tables}
}}
""")


class SnapshotCase(unittest.TestCase):
    def database(self, server):
        made = lab.Database(server)
        self.addCleanup(made.drop)
        return made

    def check_table(self, database, table, columns):
        """What the records say is what the table holds; every key was loaded at most once."""
        replayed, loaded = {}, set()
        for record in lab.records(f"{database.name}-{table}"):
            kind = record.value["type"]
            if kind == "TRUNCATE":
                replayed.clear()
                continue
            for row in record.value["data"]:
                if kind == "INIT":
                    self.assertNotIn(row["id"], loaded, f"{table}: id {row['id']} was loaded twice")
                    loaded.add(row["id"])
                if kind == "DELETE":
                    replayed.pop(row["id"], None)
                else:
                    replayed[row["id"]] = [row.get(column, "absent") for column in columns]
        expected = {row[0]: row for row in database.rows(f"SELECT {', '.join(columns)} FROM {table}")}
        self.assertEqual(replayed, expected, f"{database.server}: {table}")


def wait_for(process, made, condition, what):
    """Waits while the program runs."""
    def there():
        if process.poll() is not None:
            raise AssertionError(f"piperun ended before: {what}\n{made.log()}")
        return condition()
    lab.wait_until(there, what)


class Windows(SnapshotCase):
    """A lock holds the reader between its low mark and its SELECT; what happens meanwhile lies inside the window."""

    ROWS = 1000
    # In the order of the load. The first is large enough that the locks are there before the load comes to the others.
    INSIDE = {
        "a_first": "",
        "b_add": "ALTER TABLE b_add ADD COLUMN extra INT NOT NULL DEFAULT 7; INSERT INTO b_add VALUES (5000, 1, 1, 8)",
        "c_drop": "ALTER TABLE c_drop DROP COLUMN w; INSERT INTO c_drop VALUES (5000, 1)",
        "d_modify": "ALTER TABLE d_modify MODIFY w VARCHAR(20); UPDATE d_modify SET w = CONCAT('text ', id)",
        "e_truncate": "TRUNCATE TABLE e_truncate; INSERT INTO e_truncate VALUES (1, 10, 10), (700, 11, 11), (5000, 12, 12)",
        "f_gone": "DROP TABLE f_gone",
        "g_skip": "UPDATE g_skip SET v = v + 1",
        # A group larger than what is held goes before: the read fails long before the stream meets its reason.
        "h_behind": "UPDATE z_ballast SET v = v + 1; ALTER TABLE h_behind DROP COLUMN w",
        # More than is remembered of one window: it is given up.
        "h_large": "UPDATE h_large SET v = v + 1",
        "i_live": "UPDATE i_live SET v = v + 1 WHERE id % 2 = 0; DELETE FROM i_live WHERE id % 3 = 0; INSERT INTO i_live VALUES (-5, 0, 0)",
        # Another table to the server, the same to us.
        "j_rebuilt": "OPTIMIZE TABLE j_rebuilt; UPDATE j_rebuilt SET v = v + 1 WHERE id % 2 = 0",
    }

    def held(self, database):
        return database.rows("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'cdc' AND state LIKE "
                             "'Waiting for table metadata lock%'") == [["1"]]

    def check(self, server):
        database = self.database(server)
        for table in self.INSIDE:
            rows = 20 * self.ROWS if table == "a_first" else self.ROWS
            filler = ", filler MEDIUMTEXT DEFAULT (REPEAT('x', 20000))" if table == "h_large" else ""
            database.execute(f"CREATE TABLE {table} (id INT PRIMARY KEY, v INT, w INT{filler});"
                             f"INSERT INTO {table} (id, v, w) SELECT s.n, s.n, s.n FROM ({numbers(rows)}) s")
        database.execute("CREATE TABLE z_ballast (id INT PRIMARY KEY, v INT, filler MEDIUMTEXT);"
                         f"INSERT INTO z_ballast SELECT s.n, 0, REPEAT('x', 16000) FROM ({numbers(1500)}) s")
        tables = f"""table {database.name}.g_skip {{ key (id); on update skip; }}
  table {database.name}.z_ballast {{ key (id); select id, v; }}
  table {database.name}.* {{ key (id); }}"""
        made = program(database, tables, 100, parallel=1)
        self.addCleanup(made.close)
        sessions = {table: lab.Session(database) for table, inside in self.INSIDE.items() if inside}
        process = made.start()
        try:
            wait_for(process, made, lambda: "log from" in made.log(), "the source is open")
            for table, session in sessions.items():
                session.execute(f"LOCK TABLES {table} WRITE" + (", z_ballast WRITE" if table == "h_behind" else ""))
            for table, session in sessions.items():
                wait_for(process, made, lambda: self.held(database), f"{table}: the reader waits for the lock")
                session.execute(self.INSIDE[table] + "; UNLOCK TABLES")
                done = f"first load of {database.name}.{table} is done"
                if table not in ("e_truncate", "f_gone"):
                    wait_for(process, made, lambda: done in made.log(), done)
            wait_for(process, made, lambda: "streaming" in made.log(), "the load is over")
        finally:
            for session in sessions.values():
                session.close()
            code = lab.end(process)
        self.assertEqual(code, 0, made.log())
        made.catch_up()
        self.assertIn(f"first load of {database.name}.j_rebuilt: the table was rebuilt", made.log())
        self.check_table(database, "b_add", ["id", "v", "w", "extra"])
        self.check_table(database, "c_drop", ["id", "v"])
        self.check_table(database, "h_behind", ["id", "v"])
        for table in ("a_first", "d_modify", "e_truncate", "g_skip", "h_large", "i_live", "j_rebuilt"):
            self.check_table(database, table, ["id", "v", "w"])

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


class Storm(SnapshotCase):
    """DDL and changes all the time: some of it falls between a chunk's read and its emission."""

    def check(self, server):
        database = self.database(server)
        database.execute(f"CREATE TABLE t (id INT PRIMARY KEY, v INT); INSERT INTO t SELECT s.n, 0 FROM ({numbers(8000)}) s;"
                         "CREATE TABLE nothing (id INT PRIMARY KEY)")
        made = program(database, f"table {database.name}.* {{ key (id); }}", 40)
        self.addCleanup(made.close)
        stop = threading.Event()
        failures = []

        def change():
            session, chance, step = lab.Session(database), random.Random(3), 0
            try:
                while not stop.is_set():
                    step += 1
                    session.execute(f"UPDATE t SET v = v + 1 WHERE id % 97 = {step % 97}; DELETE FROM t WHERE id = {chance.randrange(8000)};"
                                    f"INSERT IGNORE INTO t (id, v) VALUES ({chance.randrange(8000)}, {step})")
                    if step % 3 == 0:
                        session.execute("ALTER TABLE t ADD COLUMN extra INT NOT NULL DEFAULT 7" if step % 6 == 0 else
                                        "ALTER TABLE t DROP COLUMN IF EXISTS extra" if server == "mariadb" else
                                        "ALTER TABLE t DROP COLUMN extra" if step > 3 else "DO 0")
                    stop.wait(0.02)
            except AssertionError as error:
                failures.append(str(error))
            finally:
                session.close()

        writer = threading.Thread(target=change)
        process = made.start()
        try:
            wait_for(process, made, lambda: "log from" in made.log(), "the source is open")
            writer.start()
            wait_for(process, made, lambda: "streaming" in made.log(), "the load is over")
        finally:
            stop.set()
            writer.join()
            code = lab.end(process)
        self.assertEqual(failures, [])
        self.assertEqual(code, 0, made.log())
        made.catch_up()
        self.check_table(database, "t", ["id", "v"])

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


def some(values):
    """Values in no order that any server would find them in."""
    values = list(dict.fromkeys(values))
    random.Random(5).shuffle(values)
    return values


LABELS = some(f"{word}{i}" for i in range(20) for word in ("b", "a", "Z", "é"))
WORDS = some(f"{first}{i:02}" for i in range(25) for first in ("a", "B", "é", "中", " "))
KEYS = {
    "k_tiny": ("TINYINT", range(-128, -40)),
    "k_big": ("BIGINT", [-2 ** 63, -2 ** 63 + 1, *range(-30, 30), 2 ** 63 - 1]),
    "k_unsigned": ("BIGINT UNSIGNED", [0, 1, *range(2 ** 63 - 30, 2 ** 63 + 30), 2 ** 64 - 1]),
    "k_decimal": ("DECIMAL(20,5)", [f"{i * 37}.{abs(i):05}" for i in range(-40, 40)]),
    "k_zerofill": ("DECIMAL(10,2) ZEROFILL", [f"{i * 37}.{i:02}" for i in range(80)]),
    "k_float": ("FLOAT", ["-3e38", "3e38", "1e-30", "-0.1", *(f"{i * 1.1:.3f}e3" for i in range(-30, 30)), "16777217"]),
    "k_double": ("DOUBLE", ["-1.7976931348623157e308", "5e-324", "1e100", *(f"{i * 0.1:.17g}e0" for i in range(-30, 30))]),
    "k_bit": ("BIT(20)", [f"b'{i * 977 % (1 << 20):020b}'" for i in range(80)]),
    "k_year": ("YEAR", [1901, 2155, *range(1950, 2010)]),
    "k_enum": (f"ENUM({','.join(repr(x) for x in LABELS)})", [repr(x) for x in LABELS]),
    "k_set": ("SET('x','b','a','é','c','d')", range(64)),
    "k_date": ("DATE", ["'0000-00-00'", "'9999-12-31'", *(f"'20{i:02}-0{1 + i % 9}-11'" for i in range(60))]),
    "k_time": ("TIME(3)", ["'-838:59:59.000'", "'838:59:59.000'", *(f"'{s}{i:02}:00:01.{i:03}'" for i in range(30) for s in ("", "-"))]),
    "k_datetime": ("DATETIME(6)", ["'9999-12-31 23:59:59.999999'", *(f"'2024-03-31 02:{i:02}:00.{i:06}'" for i in range(60))]),
    "k_timestamp": ("TIMESTAMP(3)", [f"'2024-03-31 0{i % 10}:{i:02}:00.5'" for i in range(60)]),
    "k_binary": ("BINARY(4)", [f"x'{i:02x}{j}'" for i in range(20) for j in ("", "00ff", "0000ff", "ff")]),
    "k_varbinary": ("VARBINARY(10)", ["x''", *(f"x'{i * 7:02x}{j}'" for i in range(20) for j in ("", "00", "0000", "ff"))]),
    "k_ci": ("VARCHAR(20) COLLATE utf8mb4_general_ci", [repr(x) for x in WORDS]),
    "k_unicode": ("VARCHAR(20) COLLATE utf8mb4_unicode_ci", [repr(x) for x in WORDS]),
    "k_bin": ("VARCHAR(20) COLLATE utf8mb4_bin", [repr(x) for x in some(WORDS + [x.swapcase() for x in WORDS])]),
    "k_latin1": ("CHAR(10) CHARACTER SET latin1", [repr(x) for x in WORDS if "中" not in x]),
    "k_gbk": ("VARCHAR(20) CHARACTER SET gbk", [repr(x) for x in WORDS if "é" not in x]),
    "k_quotes": ("VARCHAR(20)", [f"'{c}{i}'" for i in range(15) for c in ("\\'", "\\\\", '"', "%", "_", "`")]),
}


class Keys(SnapshotCase):
    """Bounds of every type that can be a key, in many chunks, under changes."""

    def create(self, database):
        for table, (kind, values) in KEYS.items():
            rows = ",".join(f"({value},{i},0)" for i, value in enumerate(some(values)))
            database.execute(f"SET sql_mode='', time_zone='+00:00'; CREATE TABLE {table} (k {kind} NOT NULL PRIMARY KEY, id INT, v INT);"
                             f"INSERT INTO {table} VALUES {rows}")
        database.execute("CREATE TABLE k_composite (a VARCHAR(5), b DECIMAL(5,2), c INT UNSIGNED, id INT, v INT, PRIMARY KEY (a, b, c));"
                         f"INSERT INTO k_composite SELECT ELT(1 + s.n % 3, 'a', 'B', 'c'), -(s.n % 7) / 3, s.n DIV 21, s.n, 0 FROM ({numbers(400)}) s;"
                         "CREATE TABLE k_unique (id INT, u VARCHAR(20) NOT NULL, n VARCHAR(20), v INT, UNIQUE (n), UNIQUE (u));"
                         f"INSERT INTO k_unique SELECT s.n, CONCAT('u', s.n), NULL, 0 FROM ({numbers(80)}) s")
        tables = [*KEYS, "k_composite", "k_unique"]
        if database.server == "mariadb":
            for kind in ("UUID", "INET6"):
                text = "CONCAT(HEX(s.n * 16777216 + 999999999), '-0000-0000-0000-', LPAD(s.n, 12, 0))" if kind == "UUID" else "CONCAT('2001:db8::', s.n)"
                database.execute(f"CREATE TABLE k_{kind} (k {kind} PRIMARY KEY, id INT, v INT); INSERT INTO k_{kind} SELECT {text}, s.n, 0 FROM ({numbers(60)}) s")
                tables.append(f"k_{kind}")
        return tables

    def check(self, server):
        database = self.database(server)
        tables = self.create(database)
        made = program(database, f"table {database.name}.*;", 7)
        self.addCleanup(made.close)
        process = made.start()
        try:
            wait_for(process, made, lambda: "log from" in made.log(), "the source is open")
            session, step = lab.Session(database), 0
            while "streaming" not in made.log():
                self.assertIsNone(process.poll(), made.log())
                step += 1
                session.execute(";".join(f"UPDATE {table} SET v = v + 1 WHERE id % 11 = {step % 11}; DELETE FROM {table} WHERE id = {10 * step}"
                                         for table in tables))
            session.close()
        finally:
            code = lab.end(process)
        self.assertEqual(code, 0, made.log())
        made.catch_up()
        chunks = dict(re.findall(rf"first load of {database.name}\.(\w+) is done: \d+ rows in (\d+) chunks", made.log()))
        for table in tables:
            self.assertGreater(int(chunks[table]), 4, table)
            self.check_table(database, table, ["id", "v"])

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


LEDGER_KEYS = 20_000


class SlowWriter(threading.Thread):
    """Raises the versions of random keys, a transaction after the other, until told to stop."""

    def __init__(self, database, seed, stopping):
        super().__init__()
        self.session = lab.Session(database)
        self.random = random.Random(seed)
        self.stopping = stopping
        self.failure = None

    def run(self):
        try:
            while not self.stopping.is_set():
                keys = self.random.sample(range(LEDGER_KEYS), lab.Writer.ROWS_PER_TRANSACTION)
                self.session.execute(f"UPDATE ledger SET version = version + 1 WHERE id IN ({','.join(map(str, keys))})")
        except AssertionError as error:
            self.failure = error
        self.session.close()


class Monitor(threading.Thread):
    """Asks for the server's status over and over, as those do who watch a server. MariaDB tells them, and whoever asks at that
    moment, the places of one another."""

    def __init__(self, database, stopping):
        super().__init__()
        self.session = lab.Session(database)
        self.stopping = stopping

    def run(self):
        while not self.stopping.is_set():
            self.session.execute("SHOW STATUS LIKE 'binlog_snapshot_position';" * 20)
        self.session.close()


class Watcher(threading.Thread):
    """Looks at how long the log is and, right after that, at what a read sees of a ledger, until told to stop. Every transaction
    of the server raises ROWS_PER_TRANSACTION versions from zero on."""

    def __init__(self, ledger, stopping, is_loading):
        super().__init__()
        self.database, self.session = ledger.database, lab.Session(ledger.database)
        self.stopping, self.is_loading = stopping, is_loading
        name, self.begin = self.session.execute(self.database.log_status()).split()[:2]
        # Not by a statement: on MariaDB that waits for those who are about to write.
        self.file = lab.SERVERS_DIR / self.database.server / "data" / name
        self.seen = []  # bytes of the log, versions visible after that, whether rows were being loaded then

    def run(self):
        while not self.stopping.is_set():
            if self.database.server == "mariadb" and "OFF" in self.session.execute(WAITS):
                self.session.execute(WAIT_AGAIN)
            loading, size = self.is_loading(), self.file.stat().st_size
            versions = int(self.session.execute("SELECT SUM(version) FROM ledger"))
            self.seen.append((size, versions, loading and self.is_loading()))
        self.session.close()

    def invisible(self):
        """How many transactions, at the least, were in the log and invisible, for each look while rows were loaded; less those that
        came between the log and the read."""
        events = self.database.rows(f"SHOW BINLOG EVENTS IN '{self.file.name}' FROM {self.begin}")
        ends = [int(event[4]) for event in events if event[2] == "Xid"]
        return [bisect.bisect_right(ends, size) - versions // lab.Writer.ROWS_PER_TRANSACTION for size, versions, loading in self.seen if loading]


class Invisible(unittest.TestCase):
    """Transactions that the log holds and no read sees yet, when the pipe starts, while it loads and after kill -9."""

    KILLS = 3

    def between(self, before, ledger):
        """The versions that the pipe can have begun at, which has begun since `before` was read."""
        # Transactions become visible in the order of the log: once this one is, all that the log held when the pipe began is.
        ledger.database.execute(f"UPDATE ledger SET version = version + 1 WHERE id < {lab.Writer.ROWS_PER_TRANSACTION}")
        after = ledger.versions()
        return {key: (version, after[key]) for key, version in before.items()}

    def check(self, server):
        ledger = lab.Ledger(server, LEDGER_KEYS, source_settings="snapshot initial { parallel = 4; chunk_rows = 100; }")
        self.addCleanup(ledger.close)
        database, made = ledger.database, ledger.program
        on, off = INVISIBLE[server]
        database.execute(on)
        self.addCleanup(database.execute, off, database="")
        stopping = threading.Event()
        runs = [""]  # what was logged before the run at hand

        def is_loading():
            log = made.log()[len(runs[-1]):]
            return "snapshotting" in log and "streaming" not in log

        watcher = Watcher(ledger, stopping, is_loading)
        writers = [SlowWriter(database, seed, stopping) for seed in range(6)]
        threads = [watcher, *writers, Monitor(database, stopping)]
        for thread in threads:
            thread.start()
        chance, killed_while_loading = random.Random(13), 0
        try:
            lab.wait_until(lambda: sum(ledger.versions().values()) > 0, "the writers write")
            before = ledger.versions()
            for kill in range(self.KILLS):
                runs.append(made.log())
                process = made.start()
                if kill == 0:
                    lab.wait_until(lambda: ", log from " in made.log(), "the log is read")
                    ledger.began = self.between(before, ledger)
                ledger.wait_for_records()
                # The moment of the kill is what the test varies.
                stopping.wait(chance.uniform(0, 0.3))
                self.assertIsNone(process.poll(), made.log())
                lab.end(process, signal.SIGKILL)
                killed_while_loading += is_loading()
            runs.append(made.log())
            made.catch_up()
        finally:
            stopping.set()
            for thread in threads:
                thread.join()
        self.assertEqual([writer.failure for writer in writers], [None] * len(writers))
        made.catch_up()
        ledger.verify()
        # Else it proves nothing.
        self.assertGreaterEqual(killed_while_loading, 2)
        invisible = watcher.invisible()
        print(f"{len(invisible)} looks while loading, {sum(n > 0 for n in invisible)} of them at invisible transactions … ", end="", flush=True)
        self.assertGreater(max(invisible), 0)

    def test_mariadb(self):
        self.check("mariadb")

    def test_mysql(self):
        self.check("mysql")


class Values(SnapshotCase):
    """What a column holds is the same record from the load and from the stream."""

    COLUMNS = {
        "d": ("DATE", "'2023-02-31'"),
        "t": ("DATETIME(3)", "'2023-06-31 23:59:59.125'"),
        "month": ("DATE", "'2023-00-31'"),
        "n": ("DECIMAL(10,2) ZEROFILL", "12.3"),
        "nothing": ("DECIMAL(10,2) ZEROFILL", "0"),
        "small": ("DECIMAL(5,5) ZEROFILL", "0.125"),
        "whole": ("DECIMAL(30) ZEROFILL", "7"),
        "f": ("FLOAT ZEROFILL", "1.5"),
        "e": ("DOUBLE(10,3) ZEROFILL", "2.5"),
        "i": ("INT(8) ZEROFILL", "42"),
        "b": ("BIGINT ZEROFILL", "42"),
        "y": ("YEAR", "2001"),
    }

    def test_same_from_load_and_stream(self):
        for server in SERVERS:
            for style in ("canal_json;", "debezium_json;"):
                database = self.database(server)
                columns = ", ".join(f"{name} {kind}" for name, (kind, _) in self.COLUMNS.items())
                row = ", ".join(value for _, value in self.COLUMNS.values())
                mode = "SET sql_mode = 'ALLOW_INVALID_DATES'; "
                database.execute(f"{mode}CREATE TABLE t (id INT PRIMARY KEY, {columns}); INSERT INTO t VALUES (1, {row})")
                made = program(database, f"table {database.name}.t;", 1000)
                made.file.write_text(made.file.read_text().replace("canal_json { snapshot_as = init; }", style))
                self.addCleanup(made.close)
                made.catch_up()
                database.execute(f"{mode}INSERT INTO t VALUES (2, {row})")
                made.catch_up()
                values = [r.value for r in lab.records(f"{database.name}-t")]
                found = [value["data"][0] if "data" in value else value.get("payload", value)["after"] for value in values]
                self.assertEqual([row.pop("id") for row in found], ["1", "2"] if style == "canal_json;" else [1, 2])
                self.assertEqual(found[0], found[1], server)


class Stops(SnapshotCase):
    def test_while_the_reader_connects_to_a_server_that_stands_still(self):
        """Where long rows follow short ones a chunk is cut, and the reader makes a new connection for the next one."""
        database, server = self.database("mariadb"), lab.Server("mariadb")
        database.execute("CREATE TABLE t (id INT PRIMARY KEY, v MEDIUMTEXT);"
                         f"INSERT INTO t SELECT s.n, REPEAT('x', IF(s.n % 3000 < 4, 100000, 1)) FROM ({numbers(60000)}) s")
        no_more, connecting, never = threading.Event(), threading.Event(), threading.Event()

        def ports():
            while not no_more.is_set():
                yield database.port
            connecting.set()
            never.wait()

        balancer = Balancer(ports())
        self.addCleanup(balancer.close)
        made = program(database, f"table {database.name}.t;", 1000)
        text = made.file.read_text().replace("chunk_rows = 1000;", "chunk_bytes = 256KiB;")
        made.file.write_text(text.replace(f"127.0.0.1:{database.port}", f"127.0.0.1:{balancer.port}"))
        self.addCleanup(made.close)
        process = made.start()
        try:
            wait_for(process, made, lambda: lab.end_offsets(f"{database.name}-t", 1) > 0, "the load goes on")
            no_more.set()
            wait_for(process, made, connecting.is_set, "the reader connects")
            server.signal(signal.SIGSTOP)
            lab.end(process, timeout_s=11)
        finally:
            server.signal(signal.SIGCONT)
            process.kill()
            process.wait()
        self.assertNotIn("streaming", made.log())


class Refusals(SnapshotCase):
    """What cannot be loaded or followed is said, never done wrongly."""

    def refused(self, database, table, *words):
        made = program(database, f"table {database.name}.{table};", 1000)
        self.addCleanup(made.close)
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 1, errors)
        for word in (f"{database.name}.{table}", *words):
            self.assertIn(word, errors)

    def test_tables(self):
        for server, engines in (("mariadb", ("MyISAM", "Aria")), ("mysql", ("MyISAM",))):
            database = self.database(server)
            database.execute("CREATE TABLE heap (v INT, u INT, UNIQUE (u))")
            self.refused(database, "heap", "PIPE125", "neither a primary key")
            for engine in engines:
                database.execute(f"CREATE TABLE {engine} (id INT PRIMARY KEY) ENGINE={engine}")
                self.refused(database, engine, engine, "snapshot none")

    def test_mysql_without_gtids(self):
        database = self.database("mysql")
        database.execute("CREATE TABLE t (id INT PRIMARY KEY); SET GLOBAL gtid_mode = ON_PERMISSIVE")
        self.addCleanup(database.execute, "SET GLOBAL gtid_mode = ON", database="")
        made = program(database, f"table {database.name}.t;", 1000)
        self.addCleanup(made.close)
        code, _, errors = made.run("--until-caught-up")
        self.assertEqual(code, 1, errors)
        self.assertIn("gtid_mode = ON", errors)

    def test_new_columns_without_full_metadata(self):
        for server, less in (("mariadb", "NO_LOG"), ("mysql", "MINIMAL")):
            database = self.database(server)
            database.execute(f"CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1); SET GLOBAL binlog_row_metadata = {less}")
            try:
                made = program(database, f"table {database.name}.t;", 1000)
                self.addCleanup(made.close)
                made.catch_up()
                database.execute("INSERT INTO t VALUES (2); ALTER TABLE t ADD COLUMN v INT; INSERT INTO t VALUES (3, 3)")
                code, _, errors = made.run("--until-caught-up")
            finally:
                database.execute("SET GLOBAL binlog_row_metadata = FULL", database="")
            self.assertEqual(code, 1, errors)
            for word in ("binlog_row_metadata = FULL", f"{database.name}.t", "ADD COLUMN v INT"):
                self.assertIn(word, errors)
            self.assertEqual([r.value["data"][0]["id"] for r in lab.records(f"{database.name}-t")], ["1", "2"])

    def test_an_empty_table_is_done_after_a_restart(self):
        for server in SERVERS:
            database = self.database(server)
            database.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)")
            made = program(database, f"table {database.name}.t;", 1000)
            self.addCleanup(made.close)
            made.catch_up()
            database.execute("INSERT INTO t VALUES (1, 1)")
            made.catch_up()
            self.assertEqual([r.value["type"] for r in lab.records(f"{database.name}-t")], ["INSERT"])


if __name__ == "__main__":
    unittest.main()
