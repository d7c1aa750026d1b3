"""Rules about files as text: size, notes left behind, READMEs, namespaces."""

import pathlib
import re

from repository import TOP_FOLDERS, Problem, cpp_files, files, line_of, read

LINES_MAX = 800
README_LINES_MAX = 60
NOTE = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")
NAMESPACE = re.compile(r"^namespace\s+([\w:]+)\s*\{", re.MULTILINE)
SOURCE_SUFFIXES = {".h", ".cpp", ".py", ".sh", ".cmake"}
# The words above, and files that break rules to show that they are seen.
OWN_FOLDER = pathlib.PurePath("tests/tidy")
# Folders whose interfaces everybody names, so they are `cdc` itself.
PLAIN_NAMESPACE = ("stdlib/core", "runtime/record", "runtime/sources", "runtime/sinks", "runtime/state")


def size_problems(root):
    found = []
    for path in files(root, [], SOURCE_SUFFIXES):
        lines = read(root, path).count("\n")
        if lines > LINES_MAX:
            found.append(Problem(path, 0, f"{lines} lines; a source file has at most {LINES_MAX}"))
    return found


def note_problems(root):
    found = []
    for path in files(root, [], SOURCE_SUFFIXES | {".g4", ".def"}):
        if path.is_relative_to(OWN_FOLDER):
            continue
        text = read(root, path)
        for match in NOTE.finditer(text):
            found.append(Problem(path, line_of(text, match.start()), f"{match[1]} names no issue; write {match[1]}(#12)"))
    return found


def readme_problems(root):
    found = []
    for folder in TOP_FOLDERS:
        path = pathlib.PurePath(folder, "README.md")
        if not (root / path).is_file():
            found.append(Problem(path, 0, "missing: what lives here, what deliberately does not"))
            continue
        lines = read(root, path).count("\n")
        if lines > README_LINES_MAX:
            found.append(Problem(path, 0, f"{lines} lines; a folder's README has at most {README_LINES_MAX}"))
    return found


def namespace_problems(root):
    """A file opens `cdc::` and names of its own folders, in their order; files without a named namespace (a main) pass."""
    found = []
    for path in cpp_files(root):
        text = read(root, path)
        opened = [match for match in NAMESPACE.finditer(text)]
        names = [match[1] for match in opened]
        for match in opened:
            if match[1].split("::")[0] not in ("cdc", "std"):
                found.append(Problem(path, line_of(text, match.start()), f"namespace `{match[1]}` is outside of `cdc`"))
        own = [name for name in names if name.split("::")[0] == "cdc"]
        if own and path.parts[0] != "tests" and not any(follows_folders(name, path) for name in own):
            found.append(Problem(path, 0, f"namespace `{own[0]}` does not follow the folder"))
    return found


def follows_folders(name, path):
    parts = name.split("::")[1:]
    folder = path.parent.as_posix()
    if not parts:
        return any(folder == plain or folder.startswith(plain + "/") for plain in PLAIN_NAMESPACE)
    folders = iter(path.parts[1:-1])
    return all(part in folders for part in parts)
