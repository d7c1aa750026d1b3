#!/usr/bin/env python3
"""Runs docs/testing.md: its program with its table, and each ```console block, whose output must be what the page shows. The
diff that the page shows is what a test prints that expects a wrong total; its documents are valid, and say the same.

    testing_page.py --piperun PATH
"""

import argparse
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/testing.md"


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def run(piperun, words, folder):
    done = subprocess.run([piperun, *words], capture_output=True, text=True, cwd=folder, timeout=60, check=False)
    return done.stdout + done.stderr


def problems(piperun, root):
    program, table = blocks("pipe")[0], blocks("sql")[0]
    (root / "schema/db/shop").mkdir(parents=True)
    (root / "schema/db/shop/orders.sql").write_text(table, encoding="utf-8")
    (root / "orders.pipe").write_text(program, encoding="utf-8")
    consoles = blocks("console")
    if len(consoles) < 2:
        yield f"{len(consoles)} console blocks, at least 2 are known"
    for console in consoles:
        command, expected = console.split("\n", 1)
        words = shlex.split(command.removeprefix("$ "))
        actual = run(piperun, words[1:], root) if words[0] == "piperun" else f"{words[0]} is not run here\n"
        if actual != expected:
            yield f"{command} prints\n{actual}and not\n{expected}"
    (root / "orders.pipe").write_text(program.replace("total: 12.5,", "total: 12.51,"), encoding="utf-8")
    actual = run(piperun, ["test", "orders.pipe"], root)
    shown = blocks("text")[0]
    if shown not in actual:
        yield f"a wrong total prints\n{actual}and not\n{shown}"
    if any(len(line) > 120 for line in actual.splitlines()):
        yield f"a line of more than 120 columns\n{actual}"
    yield from document_problems(piperun, root)


def document_problems(piperun, root):
    """One test of `orders.pipe` fails, and `broken.pipe` has an error."""
    (root / "broken.pipe").write_text("pipe broken { into; }\n", encoding="utf-8")
    files = ["orders.pipe", "broken.pipe"]
    document = json.loads(run(piperun, ["test", *files, "--format", "json"], root))
    if document["summary"] != {"passed": 0, "failed": 1, "errors": 1} or document["tests"][0]["status"] != "failed":
        yield f"--format json says {document}"
    suites = xml.etree.ElementTree.fromstring(run(piperun, ["test", *files, "--format", "junit"], root))
    for element in [suites, *suites.iter("testsuite")]:
        counts = {name: len(list(element.iter(tag))) for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"))}
        if any(int(element.get(name)) != count for name, count in counts.items()):
            yield f"--format junit: {element.attrib} of {counts}"
    if [suite.get("name") for suite in suites] != files:
        yield "--format junit: a suite per file"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--piperun", required=True)
    piperun = pathlib.Path(parser.parse_args().piperun).resolve()
    with tempfile.TemporaryDirectory() as folder:
        found = list(problems(piperun, pathlib.Path(folder)))
    for problem in found:
        print(f"docs/testing.md: {problem}")
    print(f"docs/testing.md: {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
