#!/usr/bin/env python3
"""Writes what the golden cases read, each text to a file of its own: seeds of the fuzz targets.

    golden_inputs.py FOLDER

FOLDER/pipe gets the programs of all cases, FOLDER/ddl the tables of their schema snapshots; the first byte of these chooses the
dialect (ddl_fuzz.cpp). Equal texts are written once.
"""

import hashlib
import pathlib
import sys

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden"
sys.path.insert(0, str(GOLDEN))

from run import Case, CaseError  # noqa: E402  (lives beside its cases)


def texts():
    """(folder, text) of every input."""
    for path in sorted(GOLDEN.rglob("*.test")):
        try:
            sections = Case(path).sections
        except CaseError:
            continue
        for name, text in sections:
            if name == "input" or name.startswith("file ") and name.endswith(".pipe"):
                yield "pipe", text
            elif name.startswith("file ") and name.endswith(".sql"):
                yield "ddl", "0" + text


def main():
    out = pathlib.Path(sys.argv[1])
    for folder, text in texts():
        data = text.encode("utf-8", errors="surrogateescape")
        path = out / folder / hashlib.sha1(data).hexdigest()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
