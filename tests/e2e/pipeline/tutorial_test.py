"""The commands of docs/tutorial.md print what it shows, on a real server. Its first step is that of tests/e2e/servers: here the
programs are built and the server runs."""

import os
import pathlib
import sys
import tempfile
import unittest

import lab

sys.path.insert(0, str(lab.ROOT / "tests/golden"))
import console  # noqa: E402

PAGE = lab.ROOT / "docs/tutorial.md"
PORT, SOCKET = os.environ["PIPEWRIGHT_MARIADB_PORT"], os.environ["PIPEWRIGHT_MARIADB_SOCKET"]


class Tutorial(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.database.execute("DROP DATABASE IF EXISTS tutorial")
        self.addCleanup(self.database.execute, "DROP DATABASE IF EXISTS tutorial")

    def test_commands_print_what_the_page_shows(self):
        programs = console.shown_programs(PAGE)
        self.assertGreaterEqual(min(programs[name] for name in ("pipec", "piperun", "mariadb")), 2, programs)
        path = ":".join([str(pathlib.Path(lab.PIPEC).parent), str(pathlib.Path(lab.PIPERUN).parent), os.environ["PATH"]])
        with tempfile.TemporaryDirectory(prefix="tutorial-") as folder:
            found = list(console.problems(PAGE, pathlib.Path(folder), PATH=path, MYSQL_PASSWORD=lab.CAPTURE_PASSWORD,
                                          PIPEWRIGHT_MARIADB_PORT=PORT, PIPEWRIGHT_MARIADB_SOCKET=SOCKET))
        self.assertEqual(found, [], "\n".join(found))


if __name__ == "__main__":
    unittest.main()
