"""Checks that clang accepts, without a warning, what GCC builds: the compilations of compiler and runtime in a build
folder's compile_commands.json, their syntax and types only. The standard library is built by clang for the fuzz targets."""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess

from repository import Problem

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPILER = "clang++-14"
DROPPED = re.compile(r"-fsanitize=|-fno-sanitize")


def command_of(entry):
    words = shlex.split(entry["command"])
    compiler = next(i for i, word in enumerate(words) if re.search(r"(c|g)\+\+[-0-9]*$", word))
    kept = [word for word in words[compiler + 1:] if not DROPPED.match(word) and word != "-c"]
    output = kept.index("-o")
    return [COMPILER, *kept[:output], *kept[output + 2:], "-fsyntax-only"]


def check(entry):
    done = subprocess.run(command_of(entry), cwd=entry["directory"], capture_output=True, text=True, errors="replace")
    if done.returncode == 0:
        return []
    first = next((line for line in done.stderr.splitlines() if re.search(r"(error|warning):", line)), done.stderr[:300])
    return [Problem(pathlib.Path(entry["file"]), 0, f"{COMPILER}: {first}")]


def is_checked(entry, build):
    file = pathlib.Path(entry["file"])
    return file.relative_to(build if file.is_relative_to(build) else ROOT).parts[0] in ("compiler", "runtime")


def problems(build):
    entries = json.loads((build / "compile_commands.json").read_text())
    ours = [entry for entry in entries if is_checked(entry, build)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [problem for found in pool.map(check, ours) for problem in found]
