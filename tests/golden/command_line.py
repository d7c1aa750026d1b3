#!/usr/bin/env python3
"""The command line, as a table: every subcommand that reads a program takes every common option, and what ends with which exit code.

    command_line.py --pipec PATH --piperun PATH

A server that nobody listens at stands for one that cannot be reached: `piperun schema` and `piperun run` end with 3.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = """param env: string in ('dev', 'prod') = 'dev';

source db: mysql {
  address = '127.0.0.1:1';
  user = 'cdc';
  retry { first = 1ms; max = 1ms; give_up = 1ms; }
}

sink out: stdout {}

pipe p {
  from db;
  into out;

  topic "$param.env$-$tablename$";

  table shop.orders;
}

test 'an order comes out' for p {
  given {
    insert into shop.orders (id) values (1);
  }
  expect {
    insert in "$param.env$-orders" key (1);
    nothing else;
  }
}
"""
TABLE = "CREATE TABLE `orders` (\n  `id` int NOT NULL,\n  PRIMARY KEY (`id`)\n);\n"
COMMON = (("--param", "env=prod"), ("--params", "params"), ("--schema", "schema"), ("--require-schema",), ("--color", "never"),
          ("--quiet",), ("--jobs", "2"))
# Command, exit code. FILE is the program.
READERS = (
    ("pipec check FILE", 0), ("pipec lint FILE", 0), ("pipec fix FILE", 0), ("pipec fmt FILE", 0), ("pipec plan FILE", 0),
    ("pipec diff FILE FILE", 0), ("pipec doc FILE", 0), ("piperun test FILE", 0), ("piperun schema pull FILE", 3),
    ("piperun schema check FILE", 3), ("piperun schema diff FILE", 3), ("piperun run FILE", 3),
)
# What --format may be, beside the forms of findings.
FORMS = {
    "pipec check FILE": "human compact json sarif github gitlab junit", "pipec lint FILE": "human compact json sarif github gitlab junit",
    "pipec fix FILE": "human compact json sarif github gitlab junit", "pipec fmt FILE": "human compact json sarif github gitlab junit",
    "pipec plan FILE": "text json dot mermaid", "pipec diff FILE FILE": "text json", "pipec doc FILE": "markdown html",
    "piperun test FILE": "human json junit",
}
# LANGUAGE §15.2. Words, exit code; files are written by setUp().
CODES = (
    ("pipec check good.pipe", 0), ("pipec check broken.pipe", 1), ("pipec check none.pipe", 2), ("pipec check --nonsense good.pipe", 2),
    ("pipec check --param env=test good.pipe", 2), ("pipec check", 2), ("pipec nonsense", 2),
    ("pipec lint unused.pipe", 0), ("pipec lint --fail-level warning unused.pipe", 1), ("pipec lint --fail-level style unused.pipe", 1), ("pipec lint broken.pipe", 1),
    ("pipec lint --require-schema --schema empty good.pipe", 1),
    ("pipec fix --dry-run good.pipe", 0), ("pipec fix broken.pipe", 1),
    ("pipec fmt --check good.pipe", 0), ("pipec fmt --check untidy.pipe", 1), ("pipec fmt --check broken.pipe", 1),
    ("pipec plan good.pipe", 0), ("pipec plan broken.pipe", 1), ("pipec plan unset.pipe", 0), ("pipec plan --format json unset.pipe", 2),
    ("pipec diff good.pipe good.pipe", 0), ("pipec diff good.pipe compatible.pipe", 4), ("pipec diff good.pipe breaking.pipe", 5),
    ("pipec diff good.pipe broken.pipe", 1), ("pipec diff good.pipe none.pipe", 2),
    ("pipec doc good.pipe", 0), ("pipec doc broken.pipe", 1),
    ("pipec explain PIPE107", 0), ("pipec explain nonsense", 2),
    ("piperun test good.pipe", 0), ("piperun test failing.pipe", 1), ("piperun test broken.pipe", 1), ("piperun test none.pipe", 2),
    ("piperun test --filter nonsense good.pipe", 2),
    ("piperun eval 1+1", 0), ("piperun eval 1+", 1), ("piperun eval", 2),
    ("piperun run good.pipe", 3), ("piperun run broken.pipe", 1), ("piperun run none.pipe", 2), ("piperun run unset.pipe", 2),
    ("piperun run --nonsense good.pipe", 2),
    ("piperun schema check good.pipe", 3), ("piperun schema check broken.pipe", 1), ("piperun schema check none.pipe", 2),
    ("piperun init mysql://cdc@127.0.0.1:1/shop new.pipe", 3), ("piperun init nonsense", 2), ("piperun nonsense", 2),
)
TIMEOUT_S = 30
PROGRAMS = {}


class CommandLine(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="command-line-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        for name, text in {
                "project.pipe": "project shop {}\n", "params": "env=prod\n", "good.pipe": PROGRAM, "broken.pipe": "pipe p { into; }\n",
                "unused.pipe": PROGRAM.replace("sink out:", "sink other: stdout {}\n\nsink out:"),
                "untidy.pipe": PROGRAM.replace("  from db;", "  from   db;"),
                "unset.pipe": PROGRAM.replace(" in ('dev', 'prod') = 'dev'", ""),
                "compatible.pipe": PROGRAM.replace("table shop.orders;", "header 'h' = 'x';\n\n  table shop.orders;"),
                "breaking.pipe": PROGRAM.replace('"$param.env$-', '"new-$param.env$-'),
                "failing.pipe": PROGRAM.replace("key (1)", "key (2)"),
                "schema/db/shop/orders.sql": TABLE}.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (self.folder / "empty").mkdir()

    def run_words(self, line, *more):
        words = line.replace("FILE", "good.pipe").split()
        environment = {**os.environ, "PIPEWRIGHT_PASSWORD": "x", "NO_COLOR": "1"}
        return subprocess.run([PROGRAMS[words[0]], *words[1:], *more], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, env=environment, timeout=TIMEOUT_S, check=False)

    def ends_with(self, code, line, *more):
        done = self.run_words(line, *more)
        self.assertEqual(done.returncode, code, f"{line} {' '.join(more)}\n{done.stdout}{done.stderr}")
        return done

    def test_every_reader_takes_every_common_option(self):
        for line, code in READERS:
            for option in COMMON:
                with self.subTest(line=line, option=option):
                    self.ends_with(code, line, *option)

    def test_formats(self):
        for line, forms in FORMS.items():
            for form in forms.split():
                with self.subTest(line=line, form=form):
                    done = self.ends_with(0, line, "--format", form)
                    if form in ("json", "sarif", "gitlab"):
                        json.loads(done.stdout if done.stdout else "{}")
            with self.subTest(line=line):
                self.ends_with(2, line, "--format", "nonsense")

    def test_exit_codes(self):
        for line, code in CODES:
            with self.subTest(line=line):
                self.ends_with(code, line)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for program in ("pipec", "piperun"):
        parser.add_argument(f"--{program}", type=pathlib.Path, required=True)
    options, rest = parser.parse_known_args()
    PROGRAMS = {"pipec": options.pipec.resolve(), "piperun": options.piperun.resolve()}
    unittest.main(argv=[sys.argv[0], *rest])
