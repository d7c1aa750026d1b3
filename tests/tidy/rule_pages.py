"""Checks that compiler/diag/kinds.def, the pages in docs/language/rules and their index agree.

A page opens with `# PIPE107 unknown-enum-label`; then, paragraph by paragraph: perhaps "Not reported yet.", what the rule finds
(the index repeats it), and the severity with what the rule needs. Sections follow, in the order of SECTIONS.
"""

import re

from repository import Problem, read

KINDS = "compiler/diag/kinds.def"
FOLDER = "docs/language/rules"
INDEX = f"{FOLDER}/README.md"
KIND = re.compile(r'^PIPEWRIGHT_KIND\((\d+), \w+, "([^"]+)", k(\w+)\)', re.MULTILINE)
ROW = re.compile(r"^\| \[PIPE.*$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SECTIONS = ["Why", "Avoid", "Prefer", "Also"]
LATER = re.compile(r"Not reported yet(; PIPE\d{3} instead)?\.")
LINES_MAX, WIDTH_MAX = 60, 100


def problems(root):
    found, rows, pages = [], [], set()
    for number, name, severity in KIND.findall(read(root, KINDS)):
        identity = f"PIPE{int(number):03d}"
        pages.add(f"{identity}.md")
        path = f"{FOLDER}/{identity}.md"
        if not (root / path).is_file():
            found.append(Problem(path, 0, "missing: every rule has a page"))
            continue
        text = read(root, path)
        found += page_problems(path, text, identity, name, severity)
        rows.append(f"| [{identity}]({identity}.md) | {name} | {severity.lower()} | {summary(text)} |")
    for stray in sorted((root / FOLDER).glob("*")):
        if stray.name not in pages and stray.name != "README.md":
            found.append(Problem(f"{FOLDER}/{stray.name}", 0, f"{KINDS} has no such rule"))
    index = ROW.findall(read(root, INDEX)) if (root / INDEX).is_file() else []
    found += [Problem(INDEX, 0, f"missing, or not as the page has it: {row}") for row in rows if row not in index]
    found += [Problem(INDEX, 0, f"no page says so: {row}") for row in index if row not in rows]
    if not found and index != rows:
        found.append(Problem(INDEX, 0, f"its rows are not in the order of {KINDS}"))
    return found


def paragraphs(text):
    """The page's head as [title, what it finds, severity], without the line about what is not reported yet."""
    head = [" ".join(part.split()) for part in text.split("\n## ")[0].split("\n\n") if part.strip()]
    return [part for part in head if not LATER.fullmatch(part)]


def summary(text):
    head = paragraphs(text)
    return head[1].replace("|", "\\|") if len(head) > 1 else ""


def page_problems(path, text, identity, name, severity):
    head = paragraphs(text)
    if len(head) != 3 or head[0] != f"# {identity} {name}" or head[2].split(" · ")[0] != severity:
        yield Problem(path, 1, f"opens with `# {identity} {name}`, what the rule finds, and `{severity} · …`")
    sections = re.findall(r"^## (.*)$", FENCED.sub("", text), re.MULTILINE)
    if sections != [title for title in SECTIONS if title in sections]:
        yield Problem(path, 0, f"its sections are {', '.join(SECTIONS)}, in this order")
    lines = text.splitlines()
    if len(lines) > LINES_MAX:
        yield Problem(path, 0, f"{len(lines)} lines; a page has at most {LINES_MAX}")
    for number, line in enumerate(lines, 1):
        if len(line) > WIDTH_MAX:
            yield Problem(path, number, f"{len(line)} characters; `pipec explain` shows at most {WIDTH_MAX} in a line")
