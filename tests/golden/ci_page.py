#!/usr/bin/env python3
"""Holds docs/ci.md, .pre-commit-hooks.yaml and Dockerfile to what they promise.

    ci_page.py --pipec PATH

The YAML is read, and every command in it that begins with `pipec` runs in a small repository: once without findings, where all of them
succeed, and once with a mistake, where those that judge fail and those that report write what their readers expect. What Dockerfile's
last stage holds is collected as it says, and `pipec` runs with nothing else.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import yaml

from rule_pages import ROOT, blocks, write

PAGE = ROOT / "docs/ci.md"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PROJECT = "project shop {}\n"
TABLE = "CREATE TABLE `orders` (`id` int NOT NULL, `region` varchar(8) COLLATE utf8mb4_bin DEFAULT NULL, PRIMARY KEY (`id`));\n"
PROGRAM = """source db: mysql {{ address = 'localhost:3306'; user = 'cdc'; password = env('MYSQL_PASSWORD'); }}
sink bus: kafka {{ brokers = ['localhost:9092']; }}

pipe orders {{
  from db;
  into bus;
  table shop.orders {{
    where {};
    key (id);
  }}
}}
"""
GOOD, BAD = PROGRAM.format("region = 'eu'"), PROGRAM.format("regoin = 'eu' ")
# What each report is written to, and how its reader takes it.
REPORTS = {"pipec.sarif": lambda text: json.loads(text)["runs"][0]["results"], "quality.json": json.loads,
           "junit.xml": lambda text: list(xml.etree.ElementTree.fromstring(text).iter("failure"))}
IMAGE_MAX_BYTES = 20_000_000


def make_repository(folder, program):
    for path, text in (("project.pipe", PROJECT), ("schema/db/shop/orders.sql", TABLE), ("pipelines/orders.pipe", program)):
        write(folder, path, text)
    subprocess.run(["git", "init", "--quiet", "."], cwd=folder, check=True)


def run(pipec, command, folder):
    environment = {**os.environ, "PATH": f"{pipec.parent}:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
                   "NO_COLOR": "1"}
    return subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)


def page_files():
    """{path: parsed} of the page's YAML."""
    return {block.file: yaml.safe_load(block.text) for block in blocks(PAGE.read_text(encoding="utf-8")) if block.words == ["yaml"]}


def page_commands(files):
    """What runs in the repository, and the step that puts pipec on the PATH, which needs a container."""
    workflow, gitlab = files[".github/workflows/pipelines.yml"], files[".gitlab-ci.yml"]
    found = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step] + gitlab["pipec"]["script"]
    return [command for command in found if command.startswith("pipec ")], [command for command in found if not command.startswith("pipec ")]


def wrapper_problems(folder, steps):
    """The step makes a script that a shell can read."""
    for step in steps:
        done = subprocess.run(["bash", "-ec", step], env={**os.environ, "HOME": str(folder), "GITHUB_PATH": str(folder / "path")},
                              capture_output=True, text=True)
        read = subprocess.run(["sh", "-n", folder / "bin/pipec"], capture_output=True, text=True)
        if done.returncode != 0 or read.returncode != 0 or not os.access(folder / "bin/pipec", os.X_OK):
            yield f"the step fails\n{step}{done.stderr}{read.stderr}"


def hook_problems(files):
    hooks = {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
    for name, hook in hooks.items():
        if not {"name", "entry", "language", "files"} <= hook.keys():
            yield f"{HOOKS.name}: {name} lacks a member"
    for repository in files[".pre-commit-config.yaml"]["repos"]:
        for hook in repository["hooks"]:
            if hook["id"] not in hooks:
                yield f"docs/ci.md: there is no hook {hook['id']}"


def hook_commands():
    """As pre-commit would run them in the repository with one program."""
    for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8")):
        if not re.search(hook["files"], "pipelines/orders.pipe") or re.search(hook["files"], "README.md"):
            raise AssertionError(f"{hook['id']} is about other files")
        # Formatting succeeds and shows by changing the file.
        fails = "" if "fmt" not in hook["entry"] else " && git diff --quiet --no-index pipelines/orders.pipe before.pipe"
        before = "" if "fmt" not in hook["entry"] else "cp pipelines/orders.pipe before.pipe && "
        yield before + hook["entry"] + (" pipelines/orders.pipe" if hook.get("pass_filenames", True) else "") + fails


def command_problems(pipec, folder, commands):
    for name, program in (("good", GOOD), ("bad", BAD)):
        for number, command in enumerate(commands):
            repository = folder / f"{name}-{number}"
            repository.mkdir()
            make_repository(repository, program)
            done = run(pipec, command, repository)
            if (done.returncode != 0) != (name == "bad" and "|| true" not in command):
                yield f"in the {name} repository, `{command}` ends with {done.returncode}\n{done.stdout}{done.stderr}"
            for report, read in REPORTS.items():
                if report in command and bool(read((repository / report).read_text(encoding="utf-8"))) != (name == "bad"):
                    yield f"in the {name} repository, `{command}` reports something else"
            if "--format github" in command and name == "bad" and (
                    "::error file=pipelines/orders.pipe," not in done.stdout or "PIPE101" not in (repository / "summary.md").read_text()):
                yield f"`{command}` marks no line\n{done.stdout}"


def image_problems(pipec, folder):
    """What Dockerfile copies and calls exists; the last stage's folder is enough for pipec, and small."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    if "\nFROM scratch\n" not in text or not re.search(r"^USER \d+", text.split("FROM scratch")[1], re.MULTILINE):
        yield "Dockerfile: the last stage is `scratch`, with a user that is a number"
    presets = json.loads((ROOT / "CMakePresets.json").read_text(encoding="utf-8"))["configurePresets"]
    if re.search(r"--preset (\w+)", text)[1] not in {preset["name"] for preset in presets}:
        yield "Dockerfile: there is no such preset"
    for script in re.findall(r"\b(scripts/\w+)", text):
        if not os.access(ROOT / script, os.X_OK):
            yield f"Dockerfile: {script} is no program"
    root = folder / "image"
    subprocess.run([ROOT / "scripts/collect", pipec, root], check=True)
    loader = [[path, "--inhibit-cache", "--library-path"] for path in root.rglob("ld-linux*")]
    libraries = ":".join(sorted({str(path.parent) for path in root.rglob("*.so*")}))
    words = [*loader[0], libraries] if loader else []
    done = subprocess.run([*words, root / "bin" / pipec.name, "--version"],
                          env={"ASAN_OPTIONS": "detect_leaks=0"}, capture_output=True, text=True)  # the loader's own
    if done.returncode != 0 or not done.stdout.startswith("pipec "):
        yield f"what Dockerfile collects is not enough for pipec\n{done.stdout}{done.stderr}"
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    if "sanitize" not in subprocess.run(["nm", "-D", pipec], capture_output=True, text=True).stdout and size > IMAGE_MAX_BYTES:
        yield f"the image holds {size} bytes"


def problems(pipec, folder):
    files = page_files()
    in_repository, steps = page_commands(files)
    commands = [*in_repository, *hook_commands()]
    if len(commands) < 9:
        yield f"{len(commands)} commands found; there are at least 9"
    yield from hook_problems(files)
    yield from wrapper_problems(folder, steps)
    yield from command_problems(pipec, folder, commands)
    yield from image_problems(pipec, folder)
    print(f"ci_page: {len(commands)} commands")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipec", required=True)
    pipec = pathlib.Path(parser.parse_args().pipec).resolve()
    with tempfile.TemporaryDirectory(prefix="ci-") as folder:
        found = list(problems(pipec, pathlib.Path(folder)))
    for problem in found:
        print(problem)
    print(f"ci_page: {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
