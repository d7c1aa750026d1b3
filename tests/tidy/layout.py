"""C++ is laid out as .clang-format says."""

import re
import subprocess

from repository import Problem, cpp_files

FORMATTERS = ("clang-format-14", "clang-format")
WARNING = re.compile(r"^(.+?):(\d+):\d+: error: code should be clang-formatted")


def problems(root):
    for formatter in FORMATTERS:
        try:
            done = subprocess.run([formatter, "--dry-run", "--Werror", *map(str, cpp_files(root))], cwd=root, capture_output=True, text=True)
            break
        except FileNotFoundError:
            continue
    else:
        raise SystemExit("no clang-format; scripts/setup installs it")
    # One line per file: the fix is of the whole file.
    lines = {}
    for match in filter(None, map(WARNING.match, done.stderr.splitlines())):
        lines.setdefault(match[1], int(match[2]))
    found = [Problem(path, line, f"not laid out; {formatter} -i {path}") for path, line in lines.items()]
    if done.returncode != 0 and not found:
        raise SystemExit(done.stderr)
    return found
