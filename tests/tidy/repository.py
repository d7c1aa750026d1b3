"""The repository's own files, and what the checks share about them."""

import pathlib
import re

SOURCE_FOLDERS = ("grammar", "stdlib", "compiler", "runtime", "tests")
TOP_FOLDERS = ("grammar", "compiler", "runtime", "stdlib", "examples", "tests", "cmake", "docs", "scripts")
SKIPPED = {"build", ".run", ".git", ".cache", "__pycache__"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


class Problem:
    """One broken rule, at one line (0: the whole file)."""

    def __init__(self, path, line, text):
        self.path, self.line, self.text = path, line, text

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.text}"


def read(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace")


def files(root, folders, suffixes):
    """Paths relative to `root`, sorted, below `folders` (all of it when empty)."""
    found = []
    for top in folders or ["."]:
        for path in (root / top).rglob("*"):
            relative = path.relative_to(root)
            if path.suffix in suffixes and path.is_file() and not SKIPPED & set(relative.parts):
                found.append(relative)
    return sorted(set(found))


def cpp_files(root):
    return files(root, SOURCE_FOLDERS, {".h", ".cpp"})


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def owner(path, folders):
    """The longest of `folders` that holds `path`, or None."""
    for parent in pathlib.PurePath(path).parents:
        if str(parent) in folders:
            return str(parent)
    return None
