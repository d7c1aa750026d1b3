#!/usr/bin/env python3
"""Checks the repository against its own rules (ENGINEERING.md §2, §4, §6, §7).

  tidy.py CHECK               one of layers, layout, size, notes, readmes, namespaces, coverage, rules, settings
  tidy.py linkage PROGRAM     what pipec links

Prints one line per broken rule and ends with 1, or with 0 when there is none.
"""

import pathlib
import sys

import coverage
import layers
import layout
import linkage
import rule_pages
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
    "rules": rule_pages.problems,
    "settings": setting_names.problems,
}
CHECKS_OF = {
    "linkage": linkage.problems,
}


def main(arguments):
    if len(arguments) == 2 and arguments[0] in CHECKS_OF:
        found = CHECKS_OF[arguments[0]](pathlib.Path(arguments[1]))
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
