#!/usr/bin/env python3
"""The servers that the other tests get: set as a source must be, filled by the shop's data, the same after a crash."""

import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATABASES = ("MARIADB", "MYSQL")


def variable(server, name):
    return os.environ[f"PIPEWRIGHT_{server}_{name}"]


def sql(server, text, *options):
    """Rows as lists of text; as root on the socket unless `options` say otherwise."""
    options = options or ("-uroot", "-S", variable(server, "SOCKET"))
    done = subprocess.run(["mariadb", "--no-defaults", "--default-character-set=utf8mb4", "-N", "-B", *options],
                          input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{server}: {done.stderr}")
    return [line.split("\t") for line in done.stdout.splitlines()]


class ServersTest(unittest.TestCase):
    def test_settings_of_a_source(self):
        for server in DATABASES:
            with self.subTest(server):
                row = sql(server, "select @@log_bin, @@binlog_format, @@binlog_row_image, @@binlog_row_metadata;")[0]
                self.assertEqual(row, ["1", "ROW", "FULL", "FULL"])
        self.assertEqual(sql("MYSQL", "select @@gtid_mode;"), [["ON"]])

    def test_capture_account_works_over_tcp(self):
        for server in DATABASES:
            with self.subTest(server):
                account = ("-h127.0.0.1", f"-P{variable(server, 'PORT')}", f"-u{os.environ['PIPEWRIGHT_CAPTURE_USER']}",
                           f"-p{os.environ['PIPEWRIGHT_CAPTURE_PASSWORD']}")
                self.assertTrue(sql(server, "show binary logs;", *account))

    def test_shop_loads_alike(self):
        tables = ("customers addresses categories products stock coupons orders order_items payments shipments reviews "
                  "tmp_price_import").split()
        counts = {}
        for server in DATABASES:
            sql(server, (ROOT / "examples/shop/shop.sql").read_text())
            counts[server] = sql(server, "".join(f"select '{t}', count(*) from shop.{t};" for t in tables))
            self.assertEqual(sql(server, "select full_name from shop.customers where id = 5;"), [["田中 さくら"]])
            sql(server, "drop database shop;")
        self.assertEqual(counts["MARIADB"], counts["MYSQL"])
        self.assertTrue(all(int(count) > 0 for _, count in counts["MYSQL"]))

    def test_a_killed_server_returns_with_its_data(self):
        for server in DATABASES:
            with self.subTest(server):
                sql(server, "create or replace database crash;" if server == "MARIADB" else
                    "drop database if exists crash; create database crash;")
                sql(server, "create table crash.t (id int primary key); insert into crash.t values (1);")
                subprocess.run(variable(server, "RESTART"), shell=True, check=True, stdin=subprocess.DEVNULL)
                self.assertEqual(sql(server, "select id from crash.t; drop database crash;"), [["1"]])

    def test_a_killed_broker_returns_on_its_port(self):
        subprocess.run(variable("KAFKA", "RESTART"), shell=True, check=True, stdin=subprocess.DEVNULL)
        broker = f"127.0.0.1:{variable('KAFKA', 'PORT')}"
        listing = subprocess.run(["kcat", "-b", broker, "-L"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertIn(broker, listing.stdout, listing.stderr)


if __name__ == "__main__":
    unittest.main()
