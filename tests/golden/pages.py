#!/usr/bin/env python3
"""Has pipec judge the programs of docs/ that are not on the pages of rules, and looks whether links lead somewhere.

    pages.py --pipec PATH --piperun PATH

What a block says in its first line, and what stands beside it, is as rule_pages.py has it, with three differences: a part
(`in-pipe`, `in-table`) stands in the frame of docs/language/rules/README.md, whose table all programs of a page with parts have; a
mistake on purpose names what it triggers, as in `pipe avoid PIPE101`; and everything else has no finding at all, not even of style, and
the layout of `pipec fmt`. OTHERS are judged by tests of their own. docs/cookbook has at least RECIPES_MIN recipes: sections with a
program. Each shows its records (```text), which tests/e2e/pipeline/cookbook_test.py makes, or has a `test` block; those of all pages
are run here.
"""

import pathlib
import re
import subprocess
import sys

from rule_pages import PAGES as RULES
from rule_pages import ROOT, blocks, judge, run, write_examples

# programs.py checks the first two, testing_page.py the third.
OTHERS = {"README.md", "docs/from-dts.md", "docs/testing.md"}
RECIPES_MIN = 25
TEST_BLOCK = re.compile(r"^test '", re.MULTILINE)
NO_FAULTS = {"PIPE233"}  # a pipe without a test
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def all_pages():
    found = {ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md")}
    return sorted(found)


def links(page):
    """(path, anchor) of the page's links within the repository; the anchor may be empty."""
    for target, anchor in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        if "://" not in target:
            yield ((page.parent / target).resolve() if target else page), anchor


def anchors(page):
    """Where links into a page may lead: its headings, as GitHub writes them."""
    headings = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def name_of(page):
    return str(page.relative_to(ROOT))


def link_problems(page):
    """Links to files and headings that are not there. Links to other hosts are not followed."""
    for target, anchor in links(page):
        if not target.exists():
            yield f"{name_of(page)}: nothing is at {target.relative_to(ROOT)}"
        elif anchor and anchor not in anchors(target):
            yield f"{name_of(page)}: {name_of(target)} has no heading #{anchor}"


def orphan_problems(pages):
    """Pages of docs/ that no other page leads to."""
    reached = {target for page in pages for target, _ in links(page)}
    for page in pages:
        if ROOT / "docs" in page.parents and page not in reached and name_of(page) not in OTHERS:
            yield f"{name_of(page)}: no page leads here"


def expected(example):
    """The ids that the block's first line names; nothing: there must be none."""
    line = example.page.read_text(encoding="utf-8").splitlines()[example.line - 1]
    return set(re.findall(r"PIPE\d{3}", line))


def example_problem(example, ids):
    wanted = expected(example)
    if example.avoid and not wanted:
        return "is to be avoided, and names no rule: ```pipe avoid PIPE101"
    if wanted != ids:
        return f"expected {', '.join(sorted(wanted)) or 'no finding'}, found"
    return None


def layout_problems(pipec, examples):
    places = {f"{example.folder.name}/example.pipe": example for example in examples if not example.avoid}
    done = subprocess.run([pipec, "fmt", "--check", "--quiet", "."], capture_output=True, text=True, cwd=examples[0].folder.parent)
    for line in done.stdout.splitlines():
        for place, example in places.items():
            if line.endswith(place):
                yield f"{name_of(example.page)}:{example.line}: `pipec fmt` would change it"


def recipes(page):
    """{section with a program: whether something runs it}."""
    found = {}
    for block in blocks(page.read_text(encoding="utf-8")):
        if not block.file and block.words[:1] == ["pipe"]:
            found[block.section] = found.get(block.section, False) or bool(TEST_BLOCK.search(block.text))
        elif not block.file and block.words == ["text"] and block.section in found:
            found[block.section] = True
    return found


def recipe_problems():
    count = 0
    for page in sorted((ROOT / "docs/cookbook").glob("*.md")):
        for section, runs in recipes(page).items():
            count += 1
            if not runs:
                yield f"{name_of(page)}: nothing runs the recipe `{section}`: show its records, or give it a test"
    if count < RECIPES_MIN:
        yield f"docs/cookbook: {count} recipes; there are at least {RECIPES_MIN}"


def run_tests(piperun, example):
    """What the program's test blocks print if one fails."""
    if not TEST_BLOCK.search((example.folder / "example.pipe").read_text(encoding="utf-8")):
        return
    done = subprocess.run([piperun, "test", "--quiet", "example.pipe"], capture_output=True, text=True, cwd=example.folder)
    if done.returncode != 0:
        yield f"{name_of(example.page)}:{example.line}: its test fails\n{done.stdout}{done.stderr}"


def problems(pipec, piperun, folder):
    readme = list(blocks((RULES / "README.md").read_text(encoding="utf-8")))
    frame, table = (next(block.text for block in readme if block.words == [word]) for word in ("pipe", "sql"))
    pages = [page for page in sorted((ROOT / "docs").rglob("*.md")) if RULES not in page.parents and name_of(page) not in OTHERS]
    examples = []
    for page in pages:
        has_parts = re.search("^```pipe in-", page.read_text(encoding="utf-8"), re.MULTILINE)
        # Pages may share a name: README.md.
        place = folder / str(page.relative_to(ROOT / "docs").parent).replace("/", "-")
        place.mkdir(exist_ok=True)
        examples += write_examples(page, frame, table if has_parts else None, place)
    for place in sorted({example.folder.parent for example in examples}):
        here = [example for example in examples if example.folder.parent == place]
        found, others = judge(pipec, here, place)
        yield from (f"pipec printed: {line}" for line in others if line != "exit 0")
        for example in here:
            findings = [finding for finding in found.get(example.folder.name, []) if finding[0] not in NO_FAULTS]
            problem = example_problem(example, {identity for identity, _ in findings})
            if problem:
                yield "\n    ".join([f"{name_of(example.page)}:{example.line}: {problem}", *(line for _, line in findings)])
            elif not example.avoid:
                yield from run_tests(piperun, example)
        yield from layout_problems(pipec, here)
    for page in all_pages():
        yield from link_problems(page)
    yield from orphan_problems(all_pages())
    yield from recipe_problems()
    print(f"pages: {len(examples)} programs on {len(pages)} pages")


if __name__ == "__main__":
    sys.exit(run("pages", __doc__, problems, ("pipec", "piperun")))
