"""Runs the commands of a page: fenced blocks of `console`, in which `$ ` begins a command and what follows is what it prints.

A block behind a line "`path`:" is that file, written when the page comes to it. All commands run in one folder, each in a shell of its own;
standard output and error are one text, and `…` stands for what differs from run to run. Blocks of other languages are left alone.
"""

import collections
import difflib
import os
import re
import subprocess

from rule_pages import blocks, write

TIMEOUT_S = 120

Command = collections.namedtuple("Command", "line text output")


def commands(block):
    found = []
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if line.startswith("$ "):
            found.append(Command(number, line[2:], []))
        else:
            found[-1].output.append(line)
    return found


def run(text, folder, environment):
    done = subprocess.run(["bash", "-c", text], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT_S)
    return done.stdout.splitlines()


def is_as_shown(printed, shown):
    """Line by line; `…` on the page is any text."""
    patterns = [".*".join(map(re.escape, line.split("…"))) for line in shown]
    return len(printed) == len(shown) and all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, printed))


def problems(page, folder, **environment):
    """One text per command that prints something else than the page says. With CONSOLE_UPDATE=1 in the environment the page is
    rewritten instead."""
    environment = {**os.environ, "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment}
    environment.pop("GITHUB_STEP_SUMMARY", None)
    text = page.read_text(encoding="utf-8")
    for block in blocks(text):
        if block.file:
            write(folder, block.file, block.text)
        elif block.words == ["console"]:
            shown = ""
            for command in commands(block):
                found = run(command.text, folder, environment)
                right = is_as_shown(found, command.output)
                shown += "".join(f"{line}\n" for line in [f"$ {command.text}", *(command.output if right else found)])
                if not right and os.environ.get("CONSOLE_UPDATE") != "1":
                    diff = difflib.unified_diff(command.output, found, "the page", "printed", lineterm="")
                    yield "\n    ".join([f"{page.name}:{command.line}: {command.text}", *diff])
            text = text.replace(f"```console\n{block.text}```", f"```console\n{shown}```", 1)
    if os.environ.get("CONSOLE_UPDATE") == "1":
        page.write_text(text, encoding="utf-8")


def shown_programs(page):
    """How many commands of each name a page has."""
    return collections.Counter(re.split(r"[ ;]", command.text)[0] for block in blocks(page.read_text(encoding="utf-8"))
                               if block.words == ["console"] for command in commands(block))
