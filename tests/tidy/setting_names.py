"""Checks that no name or word value of a setting in stdlib/catalog is a hard word of the language.

A hard word would have to be written in backticks (LANGUAGE.md §4), so `private_key` and never `key`.
"""

import re

from repository import Problem, files, line_of, read

GRAMMAR = "grammar/Pipe.g4"
NAME = re.compile(r'\.name\s*=\s*"([^"]*)"')
WORDS = re.compile(r'\.(?:later_)?words\s*=\s*\{([^}]*)\}')


def hard_words(root):
    """What the rule `word` allows after a period beside plain names, in lower case."""
    text = read(root, GRAMMAR)
    rule = re.search(r"^word\b(.*?);", text, re.MULTILINE | re.DOTALL)
    return {token.lower() for token in re.findall(r"\b[A-Z]\w*\b", re.sub(r"//.*", "", rule[1]))} if rule else set()


def problems(root):
    found = []
    hard = hard_words(root)
    if not hard:
        return [Problem(GRAMMAR, 0, "the rule `word` names no hard words; tests/tidy/setting_names.py reads them there")]
    for path in files(root, ["stdlib/catalog"], {".cpp"}):
        text = read(root, path)
        names = [(m.start(), m[1]) for m in NAME.finditer(text)]
        names += [(m.start(), word) for m in WORDS.finditer(text) for word in re.findall(r'"([^"]*)"', m[1])]
        for offset, name in names:
            if name.lower() in hard:
                found.append(Problem(path, line_of(text, offset), f"`{name}` is a hard word of the language"))
    return found
