"""A program and its JSON plan run the same, again and again; a plan that is damaged is refused with the place of the damage."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import lab

CHANGES = """
CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(10,2), note JSON, kind ENUM('a', 'b'));
INSERT INTO item VALUES (1, 'one', 1.10, '{"k": 1}', 'a'), (2, 'twö', 2.20, NULL, 'b'), (3, NULL, NULL, '[]', NULL);
UPDATE item SET price = price * 2;
UPDATE item SET id = 30 WHERE id = 3;
ALTER TABLE item ADD COLUMN extra INT DEFAULT 7;
INSERT INTO item (id, name) VALUES (4, 'four');
DELETE FROM item WHERE id = 1;
"""


class Plans(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)

    def program(self):
        """Prints the changes since now; keeps no position, so that every run begins at the same place."""
        name, position = self.database.rows("SHOW MASTER STATUS")[0][:2]
        made = lab.Program(lab.source(self.database, f"snapshot none; start file {{ name = '{name}'; position = {position}; }}")
                           + f"""sink out: stdout {{ partitions = 4; }}
pipe p {{
  from db;
  into out;
  format canal_json {{ enum = label; }}
  table {self.database.name}.* {{
    where price > 2 or price is null;
    select *, upper(name) as shout, coalesce(price, 0) * 1.5 as more, note ->> '$.k' as k;
    key (id);
    partition by hash (id);
  }}
  on ddl publish to 'ddl';
}}
""")
        self.addCleanup(made.close)
        self.database.execute(CHANGES)
        return made

    def plan_of(self, program):
        done = subprocess.run([lab.PIPEC, "plan", "--format", "json", str(program.file)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def printed(self, program):
        code, out, errors = program.run("--until-caught-up")
        self.assertEqual(code, 0, errors)
        return out

    def run_plan(self, program, text):
        program.file = program.file.with_name("plan.json")
        program.file.write_text(text)
        return program.run("--until-caught-up")

    def test_text_and_plan_print_the_same_bytes_every_time(self):
        program = self.program()
        plan = self.plan_of(program)
        first = self.printed(program)
        self.assertEqual(len(first.splitlines()), 10, first)
        self.assertEqual(self.printed(program), first)
        code, out, errors = self.run_plan(program, plan)
        self.assertEqual((code, out), (0, first), errors)

    def test_a_damaged_plan_is_refused_where_it_is_damaged(self):
        program = self.program()
        plan = self.plan_of(program)

        def refusal(text, *words):
            code, out, errors = self.run_plan(program, text)
            self.assertIn(code, (1, 2), errors)
            self.assertEqual(out, "")
            for word in words:
                self.assertIn(word, errors)

        refusal(plan[:len(plan) // 2], "plan.json", "line ", "column ")
        refusal(plan.replace('"version": 1', '"version": 99', 1), "version")

        def damaged(change):
            document = json.loads(plan)
            change(document)
            return json.dumps(document)

        refusal(damaged(lambda plan: plan.pop("pipes")), "no pipe to run")
        refusal(damaged(lambda plan: plan["pipes"][0].update(sink=7)), "pipes[0].sink")
        refusal(damaged(lambda plan: plan["pipes"][0].update(sink="nowhere")), "nowhere")
        refusal(damaged(lambda plan: plan["pipes"][0]["tables"][0].update(where="x")), "pipes[0].tables[0].where")
        refusal(damaged(lambda plan: plan["sources"][0].update(kind="oracle")), "oracle")
        refusal(damaged(lambda plan: plan["sources"][0]["settings"].update(address=5)), "sources[0].settings")

    def test_a_plan_runs_from_any_folder(self):
        """Relative paths start at the program's folder, wherever the plan lies: logs, schema snapshots, secrets."""
        create = "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))"
        self.database.execute(f"{create}; FLUSH BINARY LOGS; INSERT INTO item VALUES (1, 'one'); FLUSH BINARY LOGS;")
        log = self.database.rows("SHOW BINARY LOGS")[-2][0]
        program = lab.Program(f"""source logs: binlog_files {{ path = 'logs/*'; }}
{lab.source(self.database, f"snapshot none; start file {{ name = '{log}'; position = 4; }}").replace("env('LAB_PASSWORD')", "file('secret.txt')")}
sink out: stdout {{}}
pipe recorded {{ from logs; into out; format canal_json; table {self.database.name}.*; }}
pipe live {{ from db; into out; format canal_json; table {self.database.name}.*; }}
""")
        self.addCleanup(program.close)
        folder = program.file.parent
        (folder / "secret.txt").write_text(lab.CAPTURE_PASSWORD)
        (folder / "logs").mkdir()
        (folder / "logs" / log).write_bytes((lab.SERVERS_DIR / "mariadb/data" / log).read_bytes())
        snapshot = folder / "schema/logs" / self.database.name
        snapshot.mkdir(parents=True)
        (snapshot / "item.sql").write_text(create)
        printed = sorted(self.printed(program).splitlines())
        self.assertEqual(len(printed), 2)

        plan = json.loads(self.plan_of(program))
        elsewhere = tempfile.TemporaryDirectory(prefix="pipewright-plan-")
        self.addCleanup(elsewhere.cleanup)
        program.file = pathlib.Path(elsewhere.name) / "plan.json"
        program.file.write_text(json.dumps(plan))
        self.assertEqual(sorted(self.printed(program).splitlines()), printed)

        moved = folder / "moved"
        shutil.copytree(folder / "schema", moved)
        (snapshot / "item.sql").write_text("CREATE TABLE nothing")
        code, _, errors = program.run("--until-caught-up")
        self.assertNotEqual(code, 0, errors)
        self.assertIn("item.sql", errors)
        code, out, errors = program.run("--until-caught-up", "--schema", str(moved))
        self.assertEqual((code, sorted(out.splitlines())), (0, printed), errors)

        del plan["root"]
        program.file.write_text(json.dumps(plan))
        code, _, errors = program.run("--until-caught-up")
        self.assertEqual(code, 1, errors)
        self.assertIn(elsewhere.name, errors)

        for option in (["--param", "a=b"], ["--params", "/dev/null"], ["--require-schema"]):
            code, _, errors = program.run(*option)
            self.assertEqual(code, 2, errors)
            self.assertIn(f"`{option[0]}` is for a .pipe program", errors)


if __name__ == "__main__":
    unittest.main()
