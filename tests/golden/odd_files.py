#!/usr/bin/env python3
"""What `pipec` makes of files that are none of the usual: clear words, the right exit code, and never a crash or a wait.

    odd_files.py --pipec PATH
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

GOOD = """source db: mysql { address = '127.0.0.1:3306'; user = 'cdc'; password = env('P'); }
sink bus: kafka { brokers = ['k:1']; }

pipe p {
  from db;
  into bus;
  table shop.orders;
}
"""
COMMANDS = ("check", "lint", "fix", "fmt")
TIMEOUT_S = 30
PIPEC = None


class OddFilesTest(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="odd-files-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)

    def write(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def pipec(self, *words):
        return subprocess.run([PIPEC, *words], cwd=self.folder, capture_output=True, text=True, errors="replace",
                              timeout=TIMEOUT_S, check=False)

    def says(self, code, text, *words):
        result = self.pipec(*words)
        self.assertEqual(result.returncode, code, (words, result.stdout, result.stderr))
        self.assertIn(text, result.stdout + result.stderr, words)

    def test_a_file_that_may_not_be_read(self):
        path = self.write("a.pipe", GOOD)
        path.chmod(0)
        if os.geteuid() == 0:
            # Nothing is unreadable to root but what is no file.
            path.unlink()
            path.mkdir()
            self.says(2, "it is a directory", "check", "a.pipe")
            return
        for command in COMMANDS:
            self.says(2, "cannot read `a.pipe`: Permission denied", command, "a.pipe")

    def test_a_file_that_is_not_there(self):
        for command in COMMANDS:
            self.says(2, "cannot read `none.pipe`: No such file or directory", command, "none.pipe")

    def test_a_link_to_nothing(self):
        (self.folder / "a.pipe").symlink_to("nothing")
        for command in ("lint", "fix", "fmt"):
            self.says(2, "cannot read `a.pipe`", command, ".")

    def test_a_byte_order_mark_and_crlf_are_accepted(self):
        self.write("a.pipe", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
        for command in ("check", "lint", "fix", "fmt"):
            self.says(0, "", command, "a.pipe")
        self.write("b.pipe", b"\xef\xbb\xbf" + GOOD.replace("table shop.orders", "tabel shop.orders").replace("\n", "\r\n").encode())
        self.says(1, "b.pipe:7:3: error", "check", "--format", "compact", "b.pipe")
        self.write("c.pipe", b"\xef\xbb\xbfsauce db: mysql {}\r\n")
        self.says(1, "c.pipe:1:1: error", "check", "--format", "compact", "c.pipe")

    def test_bytes_that_are_not_utf_8(self):
        self.write("a.pipe", GOOD.encode() + b"-- caf\xe9 \xff\n")
        for command in ("check", "lint", "fix", "fmt"):
            before = (self.folder / "a.pipe").read_bytes()
            self.says(1, "this is not UTF-8", command, "a.pipe")
            self.assertEqual((self.folder / "a.pipe").read_bytes(), before)
        for form in ("json", "sarif", "gitlab"):
            json.loads(self.pipec("check", "--format", form, "a.pipe").stdout)

    def test_bytes_that_are_no_text(self):
        self.write("a.pipe", bytes(range(256)) * 64)
        for command in COMMANDS:
            self.says(1, "PIPE00", command, "a.pipe")

    def test_an_empty_file(self):
        self.write("a.pipe", "")
        for command in COMMANDS:
            self.says(0, "", command, "a.pipe")

    def test_links_in_a_circle(self):
        self.write("p/a.pipe", GOOD)
        (self.folder / "p/loop").symlink_to(self.folder / "p", target_is_directory=True)
        (self.folder / "p/self.pipe").symlink_to("self.pipe")
        self.says(2, "Too many levels of symbolic links", "lint", "p")
        (self.folder / "p/self.pipe").unlink()
        self.says(0, "1 file: no errors", "lint", "p")

    def test_what_git_ignores_is_left_out(self):
        self.write("p/a.pipe", GOOD)
        self.write("p/out/b.pipe", "pipe")
        self.write("p/out/keep.pipe", GOOD)
        self.write("p/c.gen.pipe", "pipe")
        self.write("p/.gitignore", "out/*\n!out/keep.pipe\n*.gen.pipe\n")
        for command in ("lint", "fix"):
            self.says(0, "2 files: ", command, "p")
        self.says(1, "p/c.gen.pipe:1:", "lint", "--format", "compact", "p/c.gen.pipe")

    def test_a_file_of_10_mb(self):
        self.write("a.pipe", "-- nothing\n" * 1_000_000)
        for command in COMMANDS:
            self.says(1, "this file is larger than 4 MiB", command, "a.pipe")
        self.write("b.md", "text\n" * 2_000_000 + "```pipe\n" + GOOD + "```\n")
        self.says(1, "this file is larger than 4 MiB", "lint", "b.md")

    def test_a_fifo_in_a_folder_is_not_waited_for(self):
        self.write("p/a.pipe", GOOD)
        os.mkfifo(self.folder / "p/b.pipe")
        self.says(0, "1 file: no errors", "lint", "p")

    def test_a_program_that_imports_itself(self):
        self.write("a.pipe", "import 'a.pipe' as a;\n" + GOOD)
        self.says(1, "imports form a cycle", "check", "a.pipe")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipec", type=pathlib.Path, required=True)
    options, rest = parser.parse_known_args()
    PIPEC = options.pipec.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
