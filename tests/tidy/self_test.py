#!/usr/bin/env python3
"""Feeds each check a small tree that breaks its rule, and the same tree without the fault."""

import pathlib
import subprocess
import tempfile
import unittest

import coverage
import layers
import layout
import linkage
import rule_pages
import setting_names
import text_rules

TABLE = """
[folders]
stdlib/core:
stdlib/ddl: stdlib/core antlr4
compiler/plan: stdlib/core
compiler/parse: compiler/plan antlr4
runtime/sources: stdlib/core compiler/plan
runtime/sources/mysql: runtime/sources
runtime/engine: runtime/sources spdlog
runtime/driver: runtime/** compiler/parse
[limits]
runtime <- compiler: compiler/plan
[libraries]
antlr4: antlr4-runtime.h antlr4-runtime/
spdlog: spdlog/
[std]
unistd.h sys/
[refused]
compiler: thread (no threads)
"""


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def texts(self, found):
        return [str(problem) for problem in found]


class LayersTest(Tree):
    def setUp(self):
        super().setUp()
        for path in ("stdlib/core/value.h", "compiler/plan/plan.h", "compiler/parse/parse.h", "runtime/sources/source.h",
                     "runtime/sources/mysql/mysql.h"):
            self.write(path, "#include <string>\n")

    def problems(self, path, include):
        self.write(path, f"// A file.\n#include {include}\n")
        found = self.texts(layers.problems(self.root, layers.Layers(TABLE)))
        (self.root / path).unlink()
        return found

    def test_allowed(self):
        for path, include in [("runtime/engine/loop.cpp", '"runtime/sources/source.h"'),
                              ("runtime/engine/loop.cpp", '"stdlib/core/value.h"'),
                              ("runtime/engine/loop.cpp", "<spdlog/spdlog.h>"),
                              ("runtime/engine/loop.cpp", '"compiler/plan/plan.h"'),
                              ("runtime/driver/main.cpp", '"runtime/sources/mysql/mysql.h"'),
                              ("compiler/parse/parse.cpp", '"antlr4-runtime.h"'),
                              ("stdlib/core/value.cpp", "<sys/stat.h>")]:
            self.assertEqual(self.problems(path, include), [], (path, include))

    def test_layer_above(self):
        found = self.problems("stdlib/core/value.cpp", '"compiler/plan/plan.h"')
        self.assertEqual(found, ["stdlib/core/value.cpp:2: `stdlib/core` may not include `compiler/plan` "
                                 "(#include compiler/plan/plan.h)"])

    def test_subfolder_is_another_layer(self):
        self.assertEqual(len(self.problems("runtime/engine/loop.cpp", '"runtime/sources/mysql/mysql.h"')), 1)

    def test_limit_wins_over_what_a_layer_allows(self):
        found = self.problems("runtime/driver/main.cpp", '"compiler/parse/parse.h"')
        self.assertIn("of `compiler`, `runtime` may include only compiler/plan", found[0])

    def test_library_is_not_inherited(self):
        self.assertIn("does not name the library antlr4", self.problems("compiler/plan/plan.cpp", "<antlr4-runtime.h>")[0])

    def test_library_in_header(self):
        self.assertIn("stay out of our headers", self.problems("runtime/engine/loop.h", "<spdlog/spdlog.h>")[0])

    def test_unknown_headers_and_folders(self):
        self.assertIn("nobody", self.problems("stdlib/core/value.cpp", "<boost/any.hpp>")[0])
        self.assertIn("no such file", self.problems("stdlib/core/value.cpp", '"value.h"')[0])
        self.assertIn("no line in", self.problems("runtime/common/helper.cpp", "<string>")[0])

    def test_refused_standard_header(self):
        self.assertIn("no threads", self.problems("compiler/plan/plan.cpp", "<thread>")[0])

    def test_table_with_cycle_or_unknown_name(self):
        with self.assertRaisesRegex(ValueError, "cycle"):
            layers.Layers("[folders]\na: b\nb: a\n")
        with self.assertRaisesRegex(ValueError, "neither a folder nor a library"):
            layers.Layers("[folders]\na: boost\n")

    def test_own_table(self):
        layers.Layers(layers.TABLE.read_text())


class TextTest(Tree):
    def test_size(self):
        self.write("compiler/plan/plan.cpp", "\n" * 800)
        self.assertEqual(text_rules.size_problems(self.root), [])
        self.write("compiler/plan/plan.cpp", "\n" * 801)
        self.assertIn("801 lines", self.texts(text_rules.size_problems(self.root))[0])

    def test_notes(self):
        self.write("compiler/plan/plan.cpp", "int a;\n// TODO(#12) speed\n")
        self.assertEqual(text_rules.note_problems(self.root), [])
        self.write("compiler/plan/plan.cpp", "int a;\n// TODO speed\n")
        self.assertIn("compiler/plan/plan.cpp:2: TODO names no issue", self.texts(text_rules.note_problems(self.root))[0])

    def test_readmes(self):
        for folder in text_rules.TOP_FOLDERS:
            self.write(f"{folder}/README.md", "What lives here.\n")
        self.assertEqual(text_rules.readme_problems(self.root), [])
        self.write("grammar/README.md", "\n" * 61)
        (self.root / "tests/README.md").unlink()
        found = self.texts(text_rules.readme_problems(self.root))
        self.assertIn("61 lines", found[0])
        self.assertIn("missing", found[1])

    def test_namespaces(self):
        for path, name in [("stdlib/core/value.h", "cdc"), ("compiler/plan/plan.h", "cdc::plan"),
                           ("runtime/sources/mysql/binlog/event.h", "cdc::sources::binlog"),
                           ("runtime/sources/mysql/binlog/event.h", "cdc::mysql::binlog")]:
            self.write(path, f"namespace {name} {{\n}}\n")
            self.assertEqual(text_rules.namespace_problems(self.root), [], (path, name))
        self.write("compiler/plan/plan.h", "namespace cdc::parse {\n}\n")
        self.assertIn("does not follow the folder", self.texts(text_rules.namespace_problems(self.root))[0])
        self.write("compiler/plan/plan.h", "namespace plan {\n}\n")
        self.assertIn("outside of `cdc`", self.texts(text_rules.namespace_problems(self.root))[0])


class CoverageTest(Tree):
    def setUp(self):
        super().setUp()
        self.write("compiler/diag/kinds.def", '//   PIPEWRIGHT_KIND(number, …)\nPIPEWRIGHT_KIND(4, kA, "a", kError)\n')
        self.write("stdlib/catalog/sinks.def", 'PIPEWRIGHT_KIND_ENTRY(SinkBinlogFiles)\n'
                   'PIPEWRIGHT_KIND_ENTRY(SinkPulsar)\n')

    def test_covered(self):
        self.write("tests/golden/a.test", "error: … [PIPE004 a]\nsink bus: binlog_files\nsink b: pulsar\n")
        self.assertEqual(self.texts(coverage.problems(self.root)), [])

    def test_missing_and_excused(self):
        self.write("tests/golden/a.test", "sink bus: binlog_files\n")
        found = self.texts(coverage.problems(self.root))
        self.assertEqual(len(found), 2)
        self.assertIn("compiler/diag/kinds.def:2: no golden shows `PIPE004`", found[0])
        self.write("tests/golden/excuses.txt", "# why\nPIPE004 needs a server\npulsar not built\n")
        self.assertEqual(self.texts(coverage.problems(self.root)), [])

    def test_excuses_are_kept_short(self):
        self.write("tests/golden/a.test", "PIPE004 binlog_files pulsar\n")
        self.write("tests/golden/excuses.txt", "PIPE004\nPIPE999 gone\n")
        found = "\n".join(self.texts(coverage.problems(self.root)))
        self.assertIn("`PIPE004` has no reason", found)
        self.assertIn("it needs no excuse", found)
        self.assertIn("`PIPE999` is in no .def list", found)

    def test_functions_need_examples(self):
        self.write("tests/golden/a.test", "PIPE004 binlog_files pulsar\n")
        self.write("stdlib/functions/all.def", "PIPEWRIGHT_FUNCTION(Less)\n")
        self.assertIn("nothing below", self.texts(coverage.problems(self.root))[0])
        self.write("stdlib/functions/less.cpp", 'const FunctionDef& Less() {\n  return {.name = "less"};\n}\n// examples\n')
        self.assertIn("no examples, no golden shows `less`", self.texts(coverage.problems(self.root))[0])
        self.write("stdlib/functions/less.cpp", "const FunctionDef& Less() {\n  return {.examples = {}};\n}\n")
        self.assertEqual(self.texts(coverage.problems(self.root)), [])


class SettingNamesTest(Tree):
    def test_hard_word(self):
        self.write("grammar/Pipe.g4", "word : ident  // a Name\n  | Key | Using ;\n")
        self.write("stdlib/catalog/sinks/a.cpp", '{.name = "private_key", .words = {"none", "name"}},\n')
        self.assertEqual(setting_names.problems(self.root), [])
        self.write("stdlib/catalog/sinks/a.cpp", '{.name = "key",\n .words = {"none", "using"}},\n')
        found = self.texts(setting_names.problems(self.root))
        self.assertEqual(found, ["stdlib/catalog/sinks/a.cpp:1: `key` is a hard word of the language",
                                 "stdlib/catalog/sinks/a.cpp:2: `using` is a hard word of the language"])


class RulePagesTest(Tree):
    PAGE = "# PIPE004 missing-clause\n\nNot reported yet.\n\nA clause\nis `a | b`.\n\nError · fix to review\n\n## Why\n\nIt is.\n\n## Also\n"
    ROW = "| [PIPE004](PIPE004.md) | missing-clause | error | A clause is `a \\| b`. |\n"

    def setUp(self):
        super().setUp()
        self.write(rule_pages.KINDS, 'PIPEWRIGHT_KIND(4, kMissingClause, "missing-clause", kError)\n')
        self.write(f"{rule_pages.FOLDER}/PIPE004.md", self.PAGE)
        self.write(rule_pages.INDEX, self.ROW)

    def check(self):
        return "\n".join(self.texts(rule_pages.problems(self.root)))

    def test_agree(self):
        self.assertEqual(self.check(), "")

    def test_pages(self):
        self.write(f"{rule_pages.FOLDER}/PIPE005.md", "")
        self.assertIn("PIPE005.md: compiler/diag/kinds.def has no such rule", self.check())
        (self.root / rule_pages.FOLDER / "PIPE004.md").unlink()
        self.assertIn("PIPE004.md: missing", self.check())

    def test_head_sections_and_width(self):
        for wrong in (("missing-clause", "absent-clause"), ("Error", "Style"), ("## Why", "## Also"), ("It is.", "x" * 101)):
            self.write(f"{rule_pages.FOLDER}/PIPE004.md", self.PAGE.replace(*wrong, 1))
            self.assertIn("PIPE004.md", self.check(), wrong)

    def test_index(self):
        self.write(rule_pages.INDEX, self.ROW.replace("clause", "word"))
        self.assertIn("missing, or not as the page has it", self.check())
        self.assertIn("no page says so", self.check())


class LayoutTest(Tree):
    def test_spaces(self):
        self.write(".clang-format", "BasedOnStyle: Google\n")
        self.write("stdlib/core/a.cpp", "int Twice(int x) { return 2 * x; }\n")
        self.assertEqual(layout.problems(self.root), [])
        self.write("stdlib/core/a.cpp", "int Twice(int x) {return 2*x;}\n")
        self.assertIn("stdlib/core/a.cpp:1: not laid out", self.texts(layout.problems(self.root))[0])


class LinkageTest(Tree):
    def build(self, text):
        self.write("main.c", text)
        subprocess.run(["cc", "-o", str(self.root / "main"), str(self.root / "main.c")], check=True)
        return self.texts(linkage.problems(self.root / "main"))

    def test_symbols(self):
        self.assertEqual(self.build("int main(void) { return 0; }\n"), [])
        found = self.build("int rd_kafka_version(void) { return 1; }\nint main(void) { return rd_kafka_version(); }\n")
        self.assertIn("`rd_kafka_version`", found[0])

    def test_shared_library(self):
        self.write("main.c", "int main(void) { return 0; }\n")
        subprocess.run(["cc", "-Wl,--no-as-needed", "-o", str(self.root / "main"), str(self.root / "main.c"), "-lcurl"], check=True)
        self.assertIn("needs libcurl", self.texts(linkage.problems(self.root / "main"))[0])


if __name__ == "__main__":
    unittest.main()
