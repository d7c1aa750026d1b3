#!/usr/bin/env python3
"""Has pipec judge the examples on the pages of docs/language/rules, and holds `pipec explain` to these pages.

    rule_pages.py --pipec PATH

A fenced block whose first line begins with `pipe` is a program: a whole file, or with `in-pipe` or `in-table` a part of the one that
the folder's README shows. A block behind a line "`path`:" is that file beside it: for both sections of the page, or for the one it
stands in. `pipe … avoid` triggers the page's rule and no other; other programs trigger none. That this release does not run something
(PIPE010) and that a pipe has no test (PIPE233) or a part another layout (PIPE400) is no fault of an example, but on its own page. A page that says "Not reported yet." is
held to it.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs/language/rules"
# Reports all there is; a rule that is off unless somebody asks for it is asked for.
COMMAND = ["lint", "--enable", "PIPE217", "--enable", "PIPE233", "--enable", "PIPE400"]
NO_FAULTS = {"PIPE010", "PIPE233", "PIPE400"}
LATER = re.compile(r"^Not reported yet(?:; (PIPE\d{3}) instead)?\.$", re.MULTILINE)
FILE = re.compile(r"^`([^`]+)`:$")
FINDING = re.compile(r"^(?P<file>[^:]+):\d+:\d+: (?:error|warning|style): .* \[(?P<id>PIPE\d{3})\]$")
TABLE_RULE = re.compile(r"^  table shop\.orders \{\n(.*?)^  \}\n", re.MULTILINE | re.DOTALL)

Block = collections.namedtuple("Block", "section words file text line")  # words: of the first line, file: None for a program
Example = collections.namedtuple("Example", "page avoid line folder")


def blocks(text):
    section, words, file, body = "", None, None, []
    for number, line in enumerate(text.splitlines(), 1):
        if words is not None:
            if line == "```":
                yield Block(section, words, file, "".join(body), number - len(body) - 1)
                words, file, body = None, None, []
            else:
                body.append(line + "\n")
        elif line.startswith("```"):
            words = line[3:].split()
        elif line.startswith("## "):
            section = line[3:]
        elif line:
            named = FILE.match(line)
            file = named[1] if named else None


def program(block, frame):
    """The block's program; `frame` is the one that parts stand in."""
    if "in-table" in block.words:
        return TABLE_RULE.sub(lambda rule: rule[0].replace(rule[1], textwrap.indent(block.text, "    ")), frame)
    return TABLE_RULE.sub(lambda _: textwrap.indent(block.text, "  "), frame) if "in-pipe" in block.words else block.text


def write(folder, path, text):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def write_examples(page, frame, table, folder):
    """Writes every program of the page, each into a project of its own; `table` is its shop.orders, if any."""
    found = list(blocks(page.read_text(encoding="utf-8")))
    for block in found:
        if block.file or block.words[:1] != ["pipe"]:
            continue
        place = folder / f"{page.stem}-{block.line}"
        write(place, "project.pipe", "project p {}\n")
        if table:
            write(place, "schema/db/shop/orders.sql", table)
        for file in found:
            if file.file and file.section in ("", "Why", block.section):
                write(place, file.file, file.text)
        write(place, "example.pipe", program(block, frame))
        yield Example(page, "avoid" in block.words, block.line, place)


def judge(pipec, examples, folder):
    """Runs pipec once; {example's folder: [(id, line)]}, and what it printed that is no finding."""
    files = [str((example.folder / "example.pipe").relative_to(folder)) for example in examples]
    done = subprocess.run([pipec, *COMMAND, "--format", "compact", *files], capture_output=True, text=True, cwd=folder)
    findings, others = collections.defaultdict(list), done.stderr.splitlines()
    for line in done.stdout.splitlines():
        match = FINDING.match(line)
        if match:
            findings[match["file"].split("/")[0]].append((match["id"], line))
        else:
            others.append(line)
    if done.returncode != 1:
        others.append(f"exit {done.returncode}")
    return findings, others


def example_problem(example, found):
    rule, later = example.page.stem, LATER.search(example.page.read_text(encoding="utf-8"))
    ids = {identity for identity, _ in found} - (NO_FAULTS - {rule})
    if later and rule in ids:
        return "is reported, and the page says it is not"
    if not example.avoid:
        return "is preferred, and has findings" if ids else None
    wanted = ({later[1]} - {None}) if later else {rule}
    if wanted - ids:
        return f"does not trigger {', '.join(wanted - ids)}"
    return "triggers other rules, too" if ids - wanted else None


def page_problems(page):
    text = page.read_text(encoding="utf-8")
    wanted = set() if LATER.search(text) else {"Avoid", "Prefer"}
    for block in blocks(text):
        is_program = not block.file and block.words[:1] == ["pipe"]
        wanted -= set() if block.file else {block.section}
        if is_program and ("avoid" in block.words) != (block.section == "Avoid"):
            yield f"{page.name}:{block.line}: `avoid` stands behind the programs of the section Avoid, and no other"
    for section in sorted(wanted):
        yield f"{page.name}: nothing to {section.lower()}"


def explain_problems(pipec, pages):
    """`pipec explain` prints the pages as they are, by number and by name."""
    texts = [page.read_text(encoding="utf-8") for page in pages]
    names = [text.split("\n")[0].split(" ")[2] for text in texts]
    for words in ([page.stem for page in pages], names):
        done = subprocess.run([pipec, "explain", *words], capture_output=True, text=True)
        if done.returncode != 0 or done.stdout != "\n".join(texts):
            yield f"pipec explain {words[0]} …: exit {done.returncode}, and not the pages as docs/language/rules has them"


def overview_problems(pipec, pages):
    """`pipec explain` lists every rule, and has a page of no more than 100 columns for all that it lists."""
    listed = subprocess.run([pipec, "explain"], capture_output=True, text=True).stdout
    titles, _, names = listed.partition("## Functions")
    for page in pages:
        title = page.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
        if title not in titles.splitlines():
            yield f"pipec explain: does not list {title}"
    words = [word.strip() for line in names.splitlines() if not line.startswith("##") for word in line.split(",") if word.strip()]
    done = subprocess.run([pipec, "explain", *words], capture_output=True, text=True)
    if done.returncode != 0 or len(words) < 100:
        yield f"pipec explain: of {len(words)} names that it lists, some have no page\n{done.stderr}"
    for line in done.stdout.splitlines():
        if len(line) > 100 and not line.startswith("    "):
            yield f"pipec explain: {len(line)} columns: {line}"


def problems(pipec, folder):
    readme = list(blocks((PAGES / "README.md").read_text(encoding="utf-8")))
    frame, table = (next(block.text for block in readme if block.words == [word]) for word in ("pipe", "sql"))
    pages = sorted(PAGES.glob("PIPE*.md"))
    examples = [example for page in pages for example in write_examples(page, frame, table, folder)]
    examples += write_examples(PAGES / "README.md", frame, table, folder)
    found, others = judge(pipec, examples, folder)
    yield from (f"pipec printed: {line}" for line in others)
    yield from explain_problems(pipec, pages)
    yield from overview_problems(pipec, pages)
    for page in pages:
        yield from page_problems(page)
    for example in examples:
        findings = found.get(example.folder.name, [])
        problem = example_problem(example, findings)
        if problem:
            yield "\n    ".join([f"{example.page.name}:{example.line}: {problem}", *(line for _, line in findings)])
    print(f"rule_pages: {len(examples)} examples on {len(pages)} pages")


def run(name, description, find, programs=("pipec",)):
    """Prints what `find(programs…, folder)` finds, in a folder of its own; returns the exit code. `--pipec` says where pipec is."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    for program in programs:
        parser.add_argument(f"--{program}", type=pathlib.Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        found = list(find(*(getattr(options, program).resolve() for program in programs), pathlib.Path(folder)))
    for problem in found:
        print(problem)
    print(f"{name}: {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(run("rule_pages", __doc__, problems))
