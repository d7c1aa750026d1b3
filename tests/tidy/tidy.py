#!/usr/bin/env python3
"""Checks the repository against its own rules (ENGINEERING.md §2, §4, §6, §7).

  tidy.py CHECK [PROGRAM]     one of layers, layout, size, notes, readmes, namespaces, coverage, settings, linkage PROGRAM

Prints one line per broken rule and ends with 1, or with 0 when there is none.
"""

import pathlib
import sys

import coverage
import layers
import layout
import linkage
import setting_names
import text_rules

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECKS = {
    "layers": layers.problems,
    "layout": layout.problems,
    "size": text_rules.size_problems,
    "notes": text_rules.note_problems,
    "readmes": text_rules.readme_problems,
    "namespaces": text_rules.namespace_problems,
    "coverage": coverage.problems,
    "settings": setting_names.problems,
}


def main(arguments):
    if arguments[:1] == ["linkage"] and len(arguments) == 2:
        found = linkage.problems(pathlib.Path(arguments[1]))
    elif len(arguments) == 1 and arguments[0] in CHECKS:
        found = CHECKS[arguments[0]](ROOT)
    else:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    for problem in found:
        print(problem)
    print(f"tidy {arguments[0]}: {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
