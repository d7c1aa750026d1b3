#include "compiler/diag/render.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace cdc::diag {
namespace {

constexpr char kText[] =
    "pipe p {\n  from db;\n  table shop.orders {\n    where status in ('payed', 'shipped');\n  }\n}\n";

class Render : public ::testing::Test {
 protected:
  Span At(const std::string& text, size_t length = 0) const {
    auto begin = static_cast<uint32_t>(files_.Get(0).text().find(text));
    return {0, begin, begin + static_cast<uint32_t>(length == 0 ? text.size() : length)};
  }
  source::SourceFiles files_;
  uint32_t file_ = files_.Add("orders.pipe", kText);
};

TEST_F(Render, TextHasPlaceCaretLabelAndNotes) {
  Diagnostics all;
  Diagnostic& made = all.Report(Kind::kUnknownEnumLabel, At("'payed'"), "`payed` is not a label of column `status`",
                                "did you mean `paid`?");
  made.notes = {"MySQL would accept this and match no row"};
  made.fixes = {{"replace with `paid`", Applicability::kMaybe, {{At("'payed'"), "paid"}}}};
  EXPECT_EQ(RenderText(all, files_),
            "error: `payed` is not a label of column `status` [PIPE107 unknown-enum-label]\n"
            " --> orders.pipe:4:22\n"
            "  |\n"
            "4 |     where status in ('payed', 'shipped');\n"
            "  |                      ^^^^^^^ did you mean `paid`?\n"
            "  |\n"
            "  = MySQL would accept this and match no row\n");
}

TEST_F(Render, TextShowsWhatAFixMakes) {
  Diagnostics all;
  Diagnostic& made = all.Report(Kind::kNullDropsRow, At("status"), "rows with a NULL `status` never match");
  Span in = At("in (");
  made.fixes = {{"keep them",
                 Applicability::kMaybe,
                 {{{0, At("status").begin, At("status").begin}, "not ("}, {{0, in.begin, in.begin + 2}, "<=>"}}}};
  EXPECT_EQ(RenderText(all, files_),
            "warning: rows with a NULL `status` never match [PIPE204 null-drops-row]\n"
            " --> orders.pipe:4:11\n"
            "  |\n"
            "4 |     where status in ('payed', 'shipped');\n"
            "  |           ^^^^^^\n"
            "help: keep them\n"
            "  |\n"
            "4 |     where not (status <=> ('payed', 'shipped');\n"
            "  |           +++++       ~~~\n");
}

TEST_F(Render, TextShowsOtherPlaces) {
  source::SourceFiles files;
  std::string text;
  for (int i = 1; i <= 10; ++i) text += "line " + std::to_string(i) + "\n";
  files.Add("a.pipe", text);
  files.Add("b.pipe", "other\n");
  Diagnostics all;
  Diagnostic& made = all.Report(Kind::kDuplicateName, {0, 59, 63}, "two declarations called `x`", "again here");
  made.labels = {{{0, 0, 4}, "first here"}, {{1, 0, 5}, "and here"}};
  EXPECT_EQ(RenderText(all, files),
            "error: two declarations called `x` [PIPE006 duplicate-name]\n"
            " --> a.pipe:9:4\n"
            "  |\n"
            "9 | line 9\n"
            "  |    ^^^ again here\n"
            "  |\n"
            "1 | line 1\n"
            "  | ---- first here\n"
            " ::: b.pipe:1:1\n"
            "  |\n"
            "1 | other\n"
            "  | ----- and here\n");
}

TEST_F(Render, TextIsSafeForTerminals) {
  source::SourceFiles files;
  files.Add("a.pipe", "a\tb\x1b[31m\xff" + std::string(500, 'y') + "z\n");
  Diagnostics all;
  all.Report(Kind::kSyntax, {0, 2, 3}, "m");
  std::string text = RenderText(all, files);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("1 | a b?[31m?yyy"), std::string::npos) << text;
  EXPECT_NE(text.find("  |   ^\n"), std::string::npos) << text;
  EXPECT_LT(text.size(), 400u);
}

TEST_F(Render, CompactIsOneLineEach) {
  Diagnostics all;
  all.Report(Kind::kSyntax, At("where"), "m");
  all.ReportWhole(Kind::kMissingClause, "n");
  EXPECT_EQ(RenderCompact(all, files_), "orders.pipe:4:5: error: m [PIPE001]\nerror: n [PIPE004]\n");
}

TEST_F(Render, JsonIsTheDocumentedForm) {
  Diagnostics all;
  Diagnostic& made = all.Report(Kind::kUnknownEnumLabel, At("'payed'"), "bad \xff bytes", "label");
  made.fixes = {{"replace", Applicability::kMachine, {{At("'payed'"), "'paid'"}}}};
  std::string text = RenderJson(all, files_, {{"no-snapshot", "db", 25}});
  nlohmann::json document = nlohmann::json::parse(text);
  EXPECT_EQ(document["version"], 1);
  const auto& one = document["diagnostics"][0];
  EXPECT_EQ(one["id"], "PIPE107");
  EXPECT_EQ(one["name"], "unknown-enum-label");
  EXPECT_EQ(one["severity"], "error");
  EXPECT_EQ(one["message"], "bad \xEF\xBF\xBD bytes");
  EXPECT_EQ(one["file"], "orders.pipe");
  EXPECT_EQ(one["range"]["start"]["line"], 4);
  EXPECT_EQ(one["range"]["start"]["column"], 22);
  EXPECT_EQ(one["range"]["start"]["offset"], At("'payed'").begin);
  EXPECT_EQ(one["labels"][0]["text"], "label");
  EXPECT_EQ(one["fixes"][0]["applicability"], "machine");
  EXPECT_EQ(one["fixes"][0]["edits"][0]["replacement"], "'paid'");
  EXPECT_EQ(document["summary"]["errors"], 1);
  EXPECT_EQ(document["summary"]["skipped"][0]["checks"], 25);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

}  // namespace
}  // namespace cdc::diag
