#!/usr/bin/env python3
"""What `pipec` makes of files that are none of the usual: clear words, the right exit code, and never a crash or a wait.

    odd_files.py --pipec PATH
"""

import argparse
import json
import os
import pathlib
import shutil
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
TABLE = "CREATE TABLE `orders` (`id` int NOT NULL, PRIMARY KEY (`id`));\n"
WALKERS = ("lint", "fix", "fmt")  # a directory stands for the files in it
COMMANDS = ("check", *WALKERS)
READERS = (*COMMANDS, "plan", "doc", "diff good.pipe")  # all that read a program; its name comes last
TIMEOUT_S = 30
NOBODY = 65534
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
        result = self.pipec(*(part for word in words for part in word.split()))
        self.assertEqual(result.returncode, code, (words, result.stdout, result.stderr))
        self.assertIn(text, result.stdout + result.stderr, words)

    def test_a_file_that_may_not_be_read(self):
        path = self.write("a.pipe", GOOD)
        path.chmod(0)
        self.write("good.pipe", GOOD)
        for command in READERS:
            self.says(2, "cannot read `a.pipe`: Permission denied", command, "a.pipe")
        (self.folder / "p").mkdir()
        self.write("p/b.pipe", GOOD)
        (self.folder / "p").chmod(0)
        self.addCleanup((self.folder / "p").chmod, 0o700)
        for command in WALKERS:
            self.says(2, "cannot read `p`: Permission denied", command, "p")
        for command in READERS:
            self.says(2, "cannot read `p/b.pipe`: Permission denied", command, "p/b.pipe")

    def test_a_project_that_may_not_be_read(self):
        self.write("a.pipe", GOOD)
        self.write("project.pipe", "").chmod(0)
        for command in ("check", "lint", "plan"):
            self.says(2, "project.pipe`: Permission denied", command, "a.pipe")

    def test_a_file_that_is_not_there(self):
        self.write("good.pipe", GOOD)
        for command in READERS:
            self.says(2, "cannot read `none.pipe`: No such file or directory", command, "none.pipe")

    def test_a_link_to_nothing(self):
        (self.folder / "a.pipe").symlink_to("nothing")
        for command in WALKERS:
            self.says(2, "cannot read `a.pipe`", command, ".")

    def test_what_is_no_file_is_not_waited_for(self):
        self.write("good.pipe", GOOD)
        path = self.folder / "a.pipe"
        os.mkfifo(path)
        for command in READERS:
            self.says(2, "cannot read `a.pipe`: it is no file", command, "a.pipe")
        path.unlink()
        path.symlink_to("/dev/zero")
        for command in READERS:
            self.says(2, "cannot read `a.pipe`: it is no file", command, "a.pipe")
        os.mkfifo(self.folder / "pipe")
        for option in ("check --params pipe", "lint --baseline pipe"):
            self.says(2, "cannot read `pipe`: it is no file", option, "good.pipe")

    def test_a_pipe_of_the_shell_is_read(self):
        self.write("a.pipe", GOOD)
        done = subprocess.run(["bash", "-c", '"$0" check --params <(echo "env=x") a.pipe', PIPEC], cwd=self.folder, capture_output=True,
                              text=True, timeout=TIMEOUT_S, check=False)
        self.assertIn("the program has no parameter `env`", done.stdout + done.stderr)

    def test_a_byte_order_mark_and_crlf_are_accepted(self):
        self.write("a.pipe", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
        self.write("good.pipe", GOOD)
        for command in ("check", "lint", "plan", "doc", "fix", "fmt"):
            self.says(0, "", command, "a.pipe")
        self.write("b.pipe", b"\xef\xbb\xbf" + GOOD.replace("table shop.orders", "tabel shop.orders").replace("\n", "\r\n").encode())
        self.says(1, "b.pipe:7:3: error", "check", "--format", "compact", "b.pipe")
        self.write("c.pipe", b"\xef\xbb\xbfsauce db: mysql {}\r\n")
        self.says(1, "c.pipe:1:1: error", "check", "--format", "compact", "c.pipe")

    def test_bytes_that_are_not_utf_8(self):
        self.write("a.pipe", GOOD.encode() + b"-- caf\xe9 \xff\n")
        self.write("good.pipe", GOOD)
        for command in READERS:
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
        self.write("good.pipe", GOOD)
        for command in READERS:
            self.says(1, "this file is larger than 4 MiB", command, "a.pipe")
        self.write("b.md", "text\n" * 2_000_000 + "```pipe\n" + GOOD + "```\n")
        self.says(1, "this file is larger than 4 MiB", "lint", "b.md")

    def test_a_fifo_in_a_folder_is_not_waited_for(self):
        self.write("p/a.pipe", GOOD)
        os.mkfifo(self.folder / "p/b.pipe")
        self.says(0, "1 file: no errors", "lint", "p")

    def test_snapshot_files_that_are_none(self):
        self.write("a.pipe", GOOD)
        path = self.write("schema/db/shop/orders.sql", TABLE.encode() + b"-- caf\xe9\n")
        self.says(1, "orders.sql`: this is not UTF-8", "check", "a.pipe")
        path.write_bytes(bytes(20_000_000))
        self.says(1, "orders.sql`: a table of more than 16 MiB", "check", "a.pipe")
        path.unlink()
        path.mkdir()
        self.says(1, "orders.sql`: it is a directory", "check", "a.pipe")
        path.rmdir()
        os.mkfifo(path)
        self.says(1, "orders.sql`: it is no file", "check", "a.pipe")
        path.unlink()
        path.symlink_to(path.name)
        self.says(1, "orders.sql`: Too many levels of symbolic links", "check", "a.pipe")
        path.unlink()
        (path.parent / "loop").symlink_to(path.parent, target_is_directory=True)
        self.write("schema/db/shop/orders.sql", TABLE)
        self.says(0, "0 checks skipped", "check", "a.pipe")

    def test_a_file_that_vanishes(self):
        # Whatever the moment: all of a program, or that it is not there.
        path = self.write("p/a.pipe", GOOD)
        for _ in range(10):
            running = subprocess.Popen([PIPEC, "lint", "p"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            path.unlink()
            said = running.communicate(timeout=TIMEOUT_S)[0]
            self.assertIn(running.returncode, (0, 2), said)
            self.assertTrue("no errors" in said or "No such file" in said, said)
            self.write("p/a.pipe", GOOD)

    def test_a_program_that_imports_itself(self):
        self.write("a.pipe", "import 'a.pipe' as a;\n" + GOOD)
        self.says(1, "imports form a cycle", "check", "a.pipe")


def as_nobody(run):
    """Runs it without root's rights, to which nothing is unreadable; returns the exit code."""
    global PIPEC
    with tempfile.TemporaryDirectory(prefix="odd-files-pipec-") as folder:
        os.chmod(folder, 0o755)
        PIPEC = shutil.copy(PIPEC, folder)
        os.chmod(PIPEC, 0o755)
        child = os.fork()
        if child == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.chdir("/")
            code = 1
            try:
                run()
            except SystemExit as ended:
                code = int(ended.code)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)  # without the parent's clearing up, for which it has no rights
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipec", type=pathlib.Path, required=True)
    options, rest = parser.parse_known_args()
    PIPEC = options.pipec.resolve()
    if os.geteuid() != 0:
        unittest.main(argv=[sys.argv[0], *rest])
    sys.exit(as_nobody(lambda: unittest.main(argv=[sys.argv[0], *rest])))
