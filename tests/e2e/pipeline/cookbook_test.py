"""The recipes of docs/cookbook make the records that they show, of the statements that they show.

A recipe is a section with a program, its tables as files, perhaps statements (```sql), and the records that these make (```text): one
line each, `TOPIC KEY VALUE` or `TOPIC/PARTITION KEY VALUE`. Of the value's members those that are shown are compared, each whole; a
comma between two members may be followed by `…`. Records of one topic come in this order. The program is as it stands there but for
the address and for its sink, which is `stdout` here.
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import lab

sys.path.insert(0, str(lab.ROOT / "tests/golden"))
import rule_pages  # noqa: E402

FOLDER = lab.ROOT / "docs/cookbook"
RECIPES_MIN = 20
KAFKA = re.compile(r"^sink (\w+): kafka \{.*?\}$(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
PASSWORD = re.compile(r"password = (?:env|file)\('([^']*)'\)")
LINE = re.compile(r"^(?P<topic>[^/ ]+)(?:/(?P<partition>\d+))? (?P<rest>.*)$")

Recipe = collections.namedtuple("Recipe", "page section tables statements records")


def recipes(page):
    """The recipes of a page that show records."""
    sections = collections.defaultdict(list)
    for block in rule_pages.blocks(page.read_text(encoding="utf-8")):
        sections[block.section].append(block)
    for section, found in sections.items():
        unnamed = {tuple(block.words): block.text for block in found if not block.file}
        if ("text",) in unnamed:
            tables = {block.file: block.text for block in found if block.file and block.file.endswith(".sql")}
            yield Recipe(page, section, tables, unnamed[("sql",)], unnamed[("text",)])


def shown(line):
    """A line of a page: topic, partition or None, key, members of the value (None for a tombstone)."""
    match = LINE.match(line.replace(", …", ""))
    key, end = json.JSONDecoder().raw_decode(match["rest"])
    return match["topic"], match["partition"] and int(match["partition"]), key, json.loads(match["rest"][end:])


def for_stdout(text, port):
    """The program, reading the server under test and writing standard output."""
    partitions = re.search(r"\bpartitions = (\d+)", text)
    text = KAFKA.sub(rf"sink \1: stdout {{ partitions = {partitions[1] if partitions else 1}; }}", text)
    text = PASSWORD.sub("password = env('LAB_PASSWORD')", text)
    return re.sub(r"address = ['\"][^'\"]*['\"]", f"address = '127.0.0.1:{port}'", text)


class Cookbook(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.made = set()
        self.addCleanup(self.drop_databases)

    def make_tables(self, tables, folder):
        """Makes them, and has the snapshot say what the server makes of them: JSON is LONGTEXT on MariaDB."""
        places = {path: pathlib.PurePath(path) for path in tables}
        databases = sorted({place.parent.name for place in places.values()})
        self.made.update(databases)
        statements = [f"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name} CHARACTER SET utf8mb4;" for name in databases]
        statements += [f"USE {places[path].parent.name};\n{text}\nSHOW CREATE TABLE `{places[path].stem}`;" for path, text in tables.items()]
        # A line of headings, and one of the table's name and definition.
        answers = self.database.execute("\n".join(statements), database="").splitlines()[1::2]
        for path, answer in zip(tables, answers):
            definition = answer.split("\t", 1)[1].replace("\\n", "\n")
            (folder / path).write_text(f"{definition};\n", encoding="utf-8")

    def drop_databases(self):
        self.database.execute("".join(f"DROP DATABASE IF EXISTS {name};" for name in sorted(self.made)), database="")

    def run_program(self, folder, start):
        program = folder / "example.pipe"
        program.write_text(for_stdout(program.read_text(encoding="utf-8"), self.database.port), encoding="utf-8")
        done = subprocess.run([lab.PIPERUN, "run", "example.pipe", "--until-caught-up", "--start", start], cwd=folder, text=True,
                              capture_output=True, timeout=lab.RUN_TIMEOUT_S, env={**os.environ, "LAB_PASSWORD": lab.CAPTURE_PASSWORD})
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def check(self, recipe, folder):
        self.make_tables(recipe.tables, folder)
        name, position = self.database.rows(self.database.log_status())[0][:2]
        self.database.execute(recipe.statements, database="shop")
        expected = [shown(line) for line in recipe.records.splitlines()]
        found = self.run_program(folder, f"file:{name}:{position}")
        for topic in sorted({line[0] for line in expected} | {record["topic"] for record in found}):
            wanted = [line for line in expected if line[0] == topic]
            records = [record for record in found if record["topic"] == topic]
            self.assertEqual(len(records), len(wanted), f"{topic}: {records}")
            for (_, partition, key, members), record in zip(wanted, records):
                self.assertEqual(record["key"], key, record)
                if partition is not None:
                    self.assertEqual(record["partition"], partition, record)
                value = record["value"]
                self.assertEqual(members if value is None or members is None else
                                 {name: value.get(name, "not there") for name in members}, members if value is not None else None, value)

    def test_recipes_make_what_they_show(self):
        checked = 0
        with tempfile.TemporaryDirectory(prefix="cookbook-") as made:
            for page in sorted(FOLDER.glob("*.md")):
                programs = {}
                for example in rule_pages.write_examples(page, "", None, pathlib.Path(made)):
                    programs[example.line] = example.folder
                sections = {block.section: programs[block.line] for block in rule_pages.blocks(page.read_text(encoding="utf-8"))
                            if block.line in programs}
                for recipe in recipes(page):
                    with self.subTest(page=page.name, recipe=recipe.section):
                        self.check(recipe, sections[recipe.section])
                    checked += 1
        self.assertGreaterEqual(checked, RECIPES_MIN)


if __name__ == "__main__":
    unittest.main()
