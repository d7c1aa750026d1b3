#!/usr/bin/env python3
"""Checks every program that people read: examples/, the pipes and the error in README.md, the examples of docs/from-dts.md;
their layout, and that of the pipes in all pages, is that of `pipec fmt`.

    programs.py --pipec PATH

An example either has no error, or exactly the ones listed here: what this release parses and does not run (PIPE010).
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LATER = "{} is not available in this release [PIPE010]"
# Example: what of it this release does not run. Nothing: it runs.
EXAMPLES = {
    "hello.pipe": [],
    "shop/shop.pipe": [],
    "lib/masks.pipe": [],
    "lib/house.pipe": [],
    "orders.pipe": [],
    "shards.pipe": [],
    "payments.pipe": [],
}
# Examples with a pipe that runs: the test that runs it.
RUN_BY = {"hello.pipe": "tests/e2e/pipeline/readme_test.py", "shop/shop.pipe": "tests/engine/file_pipe.cpp"}
# Examples whose own tests pass beside the schema snapshot of examples/schema; no finding there either.
TESTED = {"examples/orders.pipe": [], "examples/payments.pipe": ["--param", "env=staging"], "examples/shards.pipe": []}
# Names of the DTS language that have an equivalent.
DTS_NAMES_MIN = 110
USERS_SQL = "CREATE TABLE `users` (`id` int NOT NULL, `email` varchar(64) DEFAULT NULL, PRIMARY KEY (`id`));\n"
USERS_PIPE = """source db: mysql {{ address = 'localhost:3306'; user = 'cdc'; }}
sink bus: stdout {{}}
pipe users {{
  from db; into bus;
{}
}}
"""


def check(pipec, path):
    """Exit code and messages of `pipec check`."""
    done = subprocess.run([pipec, "check", "--format", "compact", str(path)], capture_output=True, text=True, cwd=ROOT)
    return done.returncode, [line.split(": error: ", 1)[-1] for line in done.stdout.splitlines() if ": error: " in line], done.stdout


def lint_problems(pipec, path, name):
    """What `pipec lint` finds in a program that people learn from: nothing, not even of style."""
    done = subprocess.run([pipec, "lint", "--format", "compact", "--fail-level", "style", str(path)], capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0 or done.stdout:
        yield f"{name}: lint finds\n{done.stdout}{done.stderr}"


def example_problems(pipec):
    found = {str(path.relative_to(ROOT / "examples")) for path in (ROOT / "examples").rglob("*.pipe")}
    for name in sorted(found ^ EXAMPLES.keys()):
        yield f"examples/{name}: {'not in the list of this test' if name in found else 'is gone'}"
    for name in sorted(found & EXAMPLES.keys()):
        code, messages, output = check(pipec, ROOT / "examples" / name)
        expected = [LATER.format(what) for what in EXAMPLES[name]]
        if code != (1 if expected else 0) or collections.Counter(messages) != collections.Counter(expected):
            yield f"examples/{name}: exit {code}, expected {expected or 'no error'}, found\n{output}"
        if not expected:
            yield from lint_problems(pipec, ROOT / "examples" / name, f"examples/{name}")
        if f"examples/{name}" in TESTED:
            continue
        has_pipe = re.search(r"^pipe ", (ROOT / "examples" / name).read_text(encoding="utf-8"), re.MULTILINE)
        if has_pipe and not expected and f"examples/{name}" not in (ROOT / RUN_BY.get(name, "README.md")).read_text(encoding="utf-8"):
            yield f"examples/{name}: no test runs it"


def tested_problems(pipec, piperun):
    """Check, lint, plan and test with a schema snapshot: the tests of an example pass, and nothing is found."""
    for name, parameters in TESTED.items():
        for words in ([pipec, "lint", "--format", "compact", "--fail-level", "style", "--quiet", *parameters], [pipec, "plan", *parameters],
                      [piperun, "test", "--quiet"]):
            done = subprocess.run([*words, name, "--schema", "examples/schema"], capture_output=True, text=True, cwd=ROOT)
            if done.returncode != 0 or (words[1] != "plan" and done.stdout):
                yield f"{name}: {words[1]} ends with {done.returncode}\n{done.stdout}{done.stderr}"


def readme_problems(pipec):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```pipe\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if not blocks:
        yield "README.md: no pipe in it"
    for block in blocks:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "readme.pipe"
            path.write_text(block, encoding="utf-8")
            code, _, output = check(pipec, path)
            if code != 0:
                yield f"README.md: a pipe has mistakes\n{output}"
            yield from lint_problems(pipec, path, "README.md")


def readme_error_problems(pipec):
    """The error that README.md shows is what pipec prints about the line it shows."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^    error: .*?(?=\n\n)", text, re.MULTILINE | re.DOTALL)
    line = shown and re.search(r"^    5 \| (.*)$", shown[0], re.MULTILINE)
    if not line:
        yield "README.md: no error about a fifth line in it"
        return
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "schema/db/shop").mkdir(parents=True)
        (root / "schema/db/shop/users.sql").write_text(USERS_SQL, encoding="utf-8")
        (root / "users.pipe").write_text(USERS_PIPE.format(line[1]), encoding="utf-8")
        done = subprocess.run([pipec, "check", "--quiet", "--color", "never", "users.pipe"], capture_output=True, text=True, cwd=folder)
    printed = "\n".join("    " + line for line in done.stdout.rstrip("\n").split("\n"))
    if printed != shown[0]:
        yield f"README.md: pipec prints another error\n{printed}\nand not\n{shown[0]}"


def layout_problems(pipec):
    """Files and ```pipe blocks of pages that `pipec fmt` would change."""
    done = subprocess.run([pipec, "fmt", "--check", "--quiet", "examples", "docs"], capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0:
        yield f"`pipec fmt` would change\n{done.stdout}{done.stderr}"
    pages = [ROOT / "README.md", *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for block in re.findall(r"^```pipe\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            done = subprocess.run([pipec, "fmt", "-"], input=block, capture_output=True, text=True)
            if done.stdout != block:
                yield f"{page.relative_to(ROOT)}: a pipe is not as `pipec fmt` writes it\n{done.stdout}{done.stderr}"


DTS_PIPE = """source db: mysql {{ address = 'localhost:3306'; user = 'cdc'; }}
sink bus: stdout {{}}
pipe p {{
  from db; into bus;
  table shop.orders {{
    {}
    on error (transform) skip;
  }}
}}
"""
CLAUSE = re.compile(r"^(where|select|on) ")


def dts_problems(pipec):
    """The last cell of a table's row is an expression over the table that the page shows, or a clause."""
    text = (ROOT / "docs/from-dts.md").read_text(encoding="utf-8")
    schema = re.search(r"^```sql\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| `")]
    examples = [row[-1].strip(" |").strip("`") for row in rows]
    clauses = [example for example in examples if CLAUSE.match(example)]
    expressions = [example for example in examples if not CLAUSE.match(example)]
    columns = ",\n".join(f"{example} as e{i}" for i, example in enumerate(expressions))
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "schema/db/shop").mkdir(parents=True)
        (root / "schema/db/shop/orders.sql").write_text(schema, encoding="utf-8")
        for body in [f"select id,\n{columns};", *(f"{clause};" for clause in clauses)]:
            (root / "dts.pipe").write_text(DTS_PIPE.format(body), encoding="utf-8")
            done = subprocess.run([pipec, "check", "--format", "compact", "dts.pipe"], capture_output=True, text=True, cwd=folder)
            if done.returncode != 0:
                yield f"docs/from-dts.md: an example has mistakes\n{done.stdout}"
    if len(examples) < DTS_NAMES_MIN or not clauses:
        yield f"docs/from-dts.md: {len(examples)} names, at least {DTS_NAMES_MIN} are known"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipec", required=True)
    parser.add_argument("--piperun", required=True)
    arguments = parser.parse_args()
    pipec, piperun = pathlib.Path(arguments.pipec).resolve(), pathlib.Path(arguments.piperun).resolve()
    problems = [*example_problems(pipec), *tested_problems(pipec, piperun), *readme_problems(pipec), *readme_error_problems(pipec), *layout_problems(pipec),
                *dts_problems(pipec)]
    for problem in problems:
        print(problem)
    print(f"programs: {len(EXAMPLES)} examples, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
