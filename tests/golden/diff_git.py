#!/usr/bin/env python3
"""Compares programs at revisions of a repository made here: `pipec diff git:REV`.

    diff_git.py --pipec PATH
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import unit_tests

PIPEC = None
PROJECT = "project shop {}\n"
PROGRAM = """import '../lib/names.pipe' as names;

source db: mysql { address = 'localhost:3306'; user = 'cdc'; }
sink bus: kafka { brokers = ['localhost:9092']; }
pipe orders {
  from db;
  into bus;
  use names.topics;
  table shop.orders {
    where status = 'paid';
  }
}
"""
LIBRARY = """preset topics: pipe { topic "sales-$tablename$"; }
"""
TABLE = "CREATE TABLE `orders` (`id` int NOT NULL, `status` enum('draft','paid') NOT NULL, PRIMARY KEY (`id`));\n"


class DiffGit(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="diff-git-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name).resolve()
        self.repository = self.folder / "repository"
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.repository.mkdir()
        self.environment = dict(os.environ, HOME=str(self.folder), TMPDIR=str(self.temporary), LC_ALL="C.UTF-8",
                                GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b.c", GIT_COMMITTER_NAME="a",
                                GIT_COMMITTER_EMAIL="a@b.c")
        for name in [name for name in self.environment if name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")]:
            del self.environment[name]
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("project.pipe", PROJECT)
        self.write("pipes/orders.pipe", PROGRAM)
        self.write("lib/names.pipe", LIBRARY)
        self.write("schema/db/shop/orders.sql", TABLE)
        self.write("notes.txt", "nothing of a program")
        self.commit()

    def write(self, path, text):
        file = self.repository / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def git(self, *words):
        done = subprocess.run(["git", *words], cwd=self.repository, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")

    def diff(self, *words, folder="pipes", code, **environment):
        """Standard output and error of `pipec diff`; nothing is left behind, and the repository is as it was."""
        index = (self.repository / ".git/index").read_bytes()
        done = subprocess.run([PIPEC, "diff", *words], cwd=self.repository / folder, env=dict(self.environment, **environment),
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertEqual((self.repository / ".git/index").read_bytes(), index)
        self.assertNotIn(str(self.temporary), done.stdout + done.stderr)
        return done.stdout, done.stderr

    def test_nothing_changed(self):
        self.assertEqual(self.diff("git:main", "orders.pipe", code=0)[0], "no differences\n")
        self.assertEqual(self.diff("git:HEAD", "pipes/orders.pipe", folder=".", code=0)[0], "no differences\n")

    def test_import_and_snapshot_of_the_revision(self):
        self.write("lib/names.pipe", LIBRARY.replace("sales-", "shop-"))
        self.write("schema/db/shop/orders.sql", TABLE.replace("`id` int", "`id` bigint"))
        self.write("project.pipe", "project shops {}\n")
        out, _ = self.diff("git:main", "orders.pipe", code=5)
        for part in ("shop -> shops", "sales-orders -> shop-orders", "int -> bigint", "DIFF405", "DIFF302", "DIFF102"):
            self.assertIn(part, out)

    def test_two_revisions(self):
        self.write("pipes/orders.pipe", PROGRAM.replace("where status = 'paid';", "where status in ('paid', 'draft');"))
        self.commit()
        for words in (("git:main~1:pipes/orders.pipe", "git:main:pipes/orders.pipe"), ("git:main~1", "orders.pipe")):
            self.assertIn("DIFF201", self.diff(*words, code=4)[0])
        self.assertIn("DIFF310", self.diff("orders.pipe", "git:main~1", code=5)[0])

    def test_a_plan_of_the_program_is_the_program(self):
        plan = subprocess.run([PIPEC, "plan", "orders.pipe", "--format", "json"], cwd=self.repository / "pipes", capture_output=True, check=True)
        (self.repository / "plan.json").write_bytes(plan.stdout)
        self.assertEqual(self.diff("../plan.json", "orders.pipe", code=0)[0], "no differences\n")
        self.assertEqual(self.diff("git:main:pipes/orders.pipe", "../plan.json", code=0)[0], "no differences\n")

    def test_mistakes_name_the_revision(self):
        self.write("pipes/orders.pipe", PROGRAM.replace("status =", "stauts ="))
        self.commit()
        self.write("pipes/orders.pipe", PROGRAM)
        _, err = self.diff("git:main", "orders.pipe", "--diagnostics", "compact", code=1)
        self.assertIn("git:main:pipes/orders.pipe:10:11: error: unknown column `stauts`", err)

    def test_what_is_not_there(self):
        self.assertIn("`missing` is no revision", self.diff("git:missing", "orders.pipe", code=2)[1])
        self.assertIn("`pipes/x.pipe` is not in `main`", self.diff("git:main:pipes/x.pipe", "orders.pipe", code=2)[1])
        self.assertIn("is no revision", self.diff("git:--output=x", "orders.pipe", code=2)[1])
        self.assertIn("is no revision", self.diff("git:", "orders.pipe", code=2)[1])
        self.assertIn("says no file", self.diff("git:main", "git:main", code=2)[1])
        self.assertIn("git cannot be run", self.diff("git:main", "orders.pipe", code=2, PATH="/nowhere")[1])

    def test_no_hook_runs(self):
        hook = self.repository / ".git/hooks/post-checkout"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {self.folder}/hook-ran\n")
        hook.chmod(0o755)
        self.diff("git:main", "orders.pipe", code=0)
        self.assertFalse((self.folder / "hook-ran").exists())


if __name__ == "__main__":
    unit_tests.run(sys.modules["__main__"])
