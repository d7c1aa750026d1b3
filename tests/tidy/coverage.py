"""Checks that every entry of the .def lists is shown by a golden, or excused with a reason in tests/golden/excuses.txt.

A line of that file: what a golden would have to contain, then the reason (`PIPE204 needs a server`).
A function's examples are its tests, so an entry of functions/all.def that has some needs no golden.
"""

import re

from repository import Problem, files, line_of, read

EXCUSES = "tests/golden/excuses.txt"
ENTRY = re.compile(r"^(PIPEWRIGHT_\w+)\((.*)\)", re.MULTILINE)
# Lists of data, without entries that a user could meet by name.
DATA = {"stdlib/core/case_mapping.def", "compiler/parse/letters.def"}
FUNCTION = re.compile(r"^(?:const )?FunctionDef&? (\w+)\(\)\s*\{", re.MULTILINE)
FUNCTIONS = "stdlib/functions/all.def"
HOLDERS = re.compile(r"^(Source|Sink|Store|Format|Registry|Notifier|Operator)(?=[A-Z])")


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def shown_as(macro, arguments):
    """The word by which a golden shows the entry, or None for a macro that this file does not know."""
    first, *rest = (a.strip() for a in re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", arguments))
    if macro in ("PIPEWRIGHT_KIND", "PIPEWRIGHT_LINT_RULE"):
        return f"PIPE{int(first):03d}"
    if macro == "PIPEWRIGHT_DIFFERENCE":
        return f"DIFF{int(first)}"
    if macro == "PIPEWRIGHT_KIND_ENTRY":
        return snake(HOLDERS.sub("", first))
    quoted = [a.strip('"') for a in (first, *rest) if a.startswith('"')]
    return quoted[0] if quoted else None


def excuses(root):
    if not (root / EXCUSES).is_file():
        return {}, []
    known, found = {}, []
    for number, line in enumerate(read(root, EXCUSES).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, reason = line.strip().partition(" ")
        known[word] = number
        if not reason.strip():
            found.append(Problem(EXCUSES, number, f"`{word}` has no reason"))
    return known, found


def golden_words(root):
    words = set()
    folder = root / "tests/golden"
    for path in folder.rglob("*") if folder.is_dir() else []:
        if path.is_file() and path.suffix not in (".cpp", ".h", ".txt"):
            words |= set(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
    return words


def functions_with_examples(root):
    """By C++ name: whether its definition has examples, and the name that users write."""
    known = {}
    for path in files(root, ["stdlib/functions"], {".cpp"}):
        text = read(root, path)
        for match in FUNCTION.finditer(text):
            body = text[match.end():text.find("\n}\n", match.end())]
            name = re.search(r'\.name\s*=\s*"([^"]*)"', body)
            known[match[1]] = (".examples" in body, name[1] if name else match[1])
    return known


def problems(root):
    excused, found = excuses(root)
    words, functions = golden_words(root), functions_with_examples(root)
    needed = set()
    for path in files(root, ["stdlib", "compiler", "runtime"], {".def"}):
        if str(path) in DATA:
            continue
        text = read(root, path)
        for match in ENTRY.finditer(text):
            line = line_of(text, match.start())
            word, otherwise = shown_as(match[1], match[2]), ""
            if str(path) == FUNCTIONS:
                if match[2].strip() not in functions:
                    found.append(Problem(path, line, f"nothing below stdlib/functions defines `{match[2].strip()}()`"))
                    continue
                has_examples, word = functions[match[2].strip()]
                otherwise = "it has no examples, "
                if has_examples:
                    continue
            if word is None:
                found.append(Problem(path, line, f"tests/tidy/coverage.py does not know how a golden shows {match[1]}"))
                continue
            needed.add(word)
            if word not in words and word not in excused:
                found.append(Problem(path, line, f"{otherwise}no golden shows `{word}`, and {EXCUSES} does not excuse it"))
    for word, number in excused.items():
        if word not in needed:
            found.append(Problem(EXCUSES, number, f"`{word}` is in no .def list, or needs no golden"))
        elif word in words:
            found.append(Problem(EXCUSES, number, f"a golden shows `{word}`: it needs no excuse"))
    return found
