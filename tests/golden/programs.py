#!/usr/bin/env python3
"""Checks every program that people read: examples/ and the pipes in README.md.

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
    "lib/house.pipe": ["`pause`"],
    "orders.pipe": ["`pause`"],
    "shards.pipe": ["`snapshot.parallel` other than 1", "more than one source in `from`", "`merge`", "`merge`", "`resnapshot`", "`pause`"],
    "payments.pipe": ["`vault()`", "`vault()`", "`failover`", "`snapshot.parallel` other than 1", "registry `confluent`",
                      "notifier `webhook`", "`sensitive`", "format `debezium_avro`", "a function with a secret argument", "`reveal()`",
                      "`pause`", "`quarantine`", "`alert`", "`alert`", "`pause`"],
}


def check(pipec, path):
    """Exit code and messages of `pipec check`."""
    done = subprocess.run([pipec, "check", "--format", "compact", str(path)], capture_output=True, text=True, cwd=ROOT)
    return done.returncode, [line.split(": error: ", 1)[-1] for line in done.stdout.splitlines() if ": error: " in line], done.stdout


def example_problems(pipec):
    found = {str(path.relative_to(ROOT / "examples")) for path in (ROOT / "examples").rglob("*.pipe")}
    for name in sorted(found ^ EXAMPLES.keys()):
        yield f"examples/{name}: {'not in the list of this test' if name in found else 'is gone'}"
    for name in sorted(found & EXAMPLES.keys()):
        code, messages, output = check(pipec, ROOT / "examples" / name)
        expected = [LATER.format(what) for what in EXAMPLES[name]]
        if code != (1 if expected else 0) or collections.Counter(messages) != collections.Counter(expected):
            yield f"examples/{name}: exit {code}, expected {expected or 'no error'}, found\n{output}"


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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipec", required=True)
    pipec = pathlib.Path(parser.parse_args().pipec).resolve()
    problems = [*example_problems(pipec), *readme_problems(pipec)]
    for problem in problems:
        print(problem)
    print(f"programs: {len(EXAMPLES)} examples, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
