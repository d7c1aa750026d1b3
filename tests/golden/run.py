#!/usr/bin/env python3
"""Runs golden cases: one file is one case, and names the outputs it is about.

    args: check
    --- input
    …                       written to case.pipe in an empty folder
    --- file lib/x.pipe
    …                       further files of that folder
    --- stdin
    …                       what the program reads from standard input; nothing without this section
    --- diagnostics
    …                       what the program must print

`args:` is what stands behind `pipec`; `case.pipe` follows if no argument names it. A line `program: piperun` in front runs
that instead, a line `env: NAME=VALUE …` sets variables, a line `copy: PATH NAME` puts a file of the repository into the
folder. Expected sections, each optional, at least one: `diagnostics` (standard output of `check` and `lint`,
standard error of the others), `stdout`, `stderr`, `exit` (a number), `file-out NAME` (a file that the program wrote).
The folder's own path is shown as nothing, so outputs name files as the case does.

    run.py --pipec PATH [--piperun PATH] FOLDER|FILE…

With GOLDEN_UPDATE=1 in the environment the expected sections are rewritten instead of compared.
"""

import argparse
import difflib
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
INPUTS = ("input", "file", "stdin")
OUTPUTS = ("diagnostics", "stdout", "stderr", "exit", "file-out")
FINDINGS_ON_STDOUT = ("check", "lint")
TIMEOUT_S = 60


def is_section(line):
    """Whether the line opens a section; `--- text` in an input is a doc comment of the language."""
    words = line.split()
    return line.startswith("--- ") and len(words) > 1 and (words[1] in INPUTS or words[1] in OUTPUTS)


class CaseError(Exception):
    """The case file itself is wrong."""


class Case:
    def __init__(self, path):
        self.path = path
        self.head = []
        self.sections = []  # [name, text] in order
        for line in path.read_text(encoding="utf-8", errors="surrogateescape").splitlines(keepends=True):
            if is_section(line):
                self.sections.append([line[4:].strip(), ""])
            elif self.sections:
                self.sections[-1][1] += line
            else:
                self.head.append(line)
        if not any(name.split()[0] in OUTPUTS for name, _ in self.sections):
            raise CaseError("no expected section")

    def setting(self, name):
        for line in self.head:
            if line.startswith(name + ":"):
                return line[len(name) + 1:].strip()
        return None

    def arguments(self):
        text = self.setting("args")
        if text is None:
            raise CaseError("the first line is `args: …`")
        arguments = shlex.split(text)
        has_input = any(name == "input" for name, _ in self.sections)
        if has_input and "case.pipe" not in arguments:
            arguments.append("case.pipe")
        return arguments

    def write_inputs(self, folder):
        for name, text in self.sections:
            words = name.split(maxsplit=1)
            if name != "input" and words[0] != "file":
                continue
            path = folder / ("case.pipe" if name == "input" else words[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        copied = shlex.split(self.setting("copy") or "")
        if copied:
            shutil.copy(ROOT / copied[0], folder / copied[1])

    def standard_input(self):
        return "".join(text for name, text in self.sections if name == "stdin").encode("utf-8", errors="surrogateescape")

    def update(self, actual):
        text = "".join(self.head)
        for name, expected in self.sections:
            text += f"--- {name}\n" + actual.get(name, expected)
            if not text.endswith("\n"):
                text += "\n"
        self.path.write_text(text, encoding="utf-8", errors="surrogateescape")


def run(case, programs):
    """Returns {section name: actual text} for the case's expected sections."""
    name = case.setting("program") or "pipec"
    program = programs.get(name)
    if program is None:
        raise CaseError(f"no --{name} was given")
    arguments = case.arguments()
    with tempfile.TemporaryDirectory(prefix="golden-") as made:
        folder = pathlib.Path(made).resolve()
        case.write_inputs(folder)
        environment = dict(os.environ, HOME=str(folder), LC_ALL="C.UTF-8", TZ="UTC", NO_COLOR="1")
        environment.pop("GITHUB_STEP_SUMMARY", None)
        environment.update(word.split("=", 1) for word in shlex.split(case.setting("env") or ""))
        result = subprocess.run([program, *arguments], cwd=folder, env=environment, input=case.standard_input(),
                                capture_output=True, timeout=TIMEOUT_S, check=False)

        def shown(data):
            text = data.decode("utf-8", errors="surrogateescape")
            return text.replace(str(folder) + "/", "").replace(str(folder), "")

        findings = result.stdout if arguments and arguments[0] in FINDINGS_ON_STDOUT else result.stderr
        actual = {}
        for section, _ in case.sections:
            words = section.split(maxsplit=1)
            if section == "diagnostics":
                actual[section] = shown(findings)
            elif section == "stdout":
                actual[section] = shown(result.stdout)
            elif section == "stderr":
                actual[section] = shown(result.stderr)
            elif section == "exit":
                actual[section] = f"{result.returncode}\n"
            elif words[0] == "file-out":
                path = folder / words[1]
                actual[section] = shown(path.read_bytes()) if path.exists() else "(not written)\n"
        if result.returncode < 0:
            raise CaseError(f"ended by signal {-result.returncode}\n{shown(result.stderr)}")
        return actual


def differences(case, actual):
    lines = []
    for name, expected in case.sections:
        if name not in actual:
            continue
        got = actual[name]
        if got and not got.endswith("\n"):
            got += "\n"
        if expected != got:
            lines += difflib.unified_diff(expected.splitlines(), got.splitlines(), f"expected {name}", f"actual {name}",
                                          lineterm="")
    return lines


def check(path, programs, update):
    """Prints what is wrong with one case; returns whether it passed."""
    try:
        case = Case(path)
        actual = run(case, programs)
    except (CaseError, subprocess.TimeoutExpired, OSError) as error:
        print(f"FAILED {path}: {error}")
        return False
    if update:
        case.update(actual)
        return True
    lines = differences(case, actual)
    if lines:
        print(f"FAILED {path}")
        print("\n".join("    " + line for line in lines))
    return not lines


def main():
    parser = argparse.ArgumentParser(description="Runs golden cases.")
    parser.add_argument("--pipec")
    parser.add_argument("--piperun")
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    programs = {name: os.path.abspath(path) for name, path in (("pipec", options.pipec), ("piperun", options.piperun)) if path}
    cases = []
    for path in options.paths:
        cases += sorted(path.rglob("*.test")) if path.is_dir() else [path]
    if not cases:
        print(f"no *.test files in {', '.join(map(str, options.paths))}")
        return 1
    update = os.environ.get("GOLDEN_UPDATE") == "1"
    failed = sum(not check(path, programs, update) for path in cases)
    print(f"{len(cases)} cases, {failed} failed" + (", expected parts of the others rewritten" if update else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
