#include "compiler/diag/report.h"

#include <gtest/gtest.h>

#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

// One finding in a file of this text, where `at` stands.
std::string FingerprintOf(const std::string& text, const std::string& at, const std::string& path = "a.pipe",
                          Kind kind = Kind::kLongNumber) {
  source::SourceFiles files;
  files.Add("shown/" + path, text);
  Diagnostics diagnostics;
  auto begin = static_cast<uint32_t>(text.find(at));
  diagnostics.Report(kind, {0, begin, begin + 1}, "a finding");
  return Fingerprints(diagnostics, files, {path})[0];
}

TEST(Fingerprints, StayWhenLinesMove) {
  const std::string print = FingerprintOf("where a > 1;\n", "a");
  EXPECT_EQ(FingerprintOf("-- above\n\n  where   a > 1;\r\n", "a >"), print);
  EXPECT_NE(FingerprintOf("where a > 2;\n", "a"), print);
  EXPECT_NE(FingerprintOf("where a > 1;\n", "a", "b.pipe"), print);
  EXPECT_NE(FingerprintOf("where a > 1;\n", "a", "a.pipe", Kind::kPreferIn), print);
}

TEST(Fingerprints, TellEqualLinesApart) {
  source::SourceFiles files;
  files.Add("a.pipe", "x\nx\n");
  Diagnostics diagnostics;
  diagnostics.Report(Kind::kLongNumber, {0, 0, 1}, "a finding");
  diagnostics.Report(Kind::kLongNumber, {0, 2, 3}, "a finding");
  std::vector<std::string> prints = Fingerprints(diagnostics, files, {"a.pipe"});
  EXPECT_EQ(prints[0].substr(0, 16), prints[1].substr(0, 16));
  EXPECT_EQ(prints[0].substr(16), ":1");
  EXPECT_EQ(prints[1].substr(16), ":2");
}

TEST(Report, DocumentsAreWholeWithBytesThatAreNoText) {
  source::SourceFiles files;
  files.Add("a\xff<&>.pipe", "x\x01\xff]]>\n");
  const std::vector<std::string> paths = {"a\xff<&> b.pipe"};
  const std::vector<std::string> none;
  Diagnostics diagnostics;
  diagnostics.Report(Kind::kSyntax, {0, 1, 3}, "a \xff byte | of <b>", "10%\nand\r");
  diagnostics.ReportWhole(Kind::kSyntax, "nowhere");
  Report report{diagnostics, files, paths, none};
  EXPECT_NE(RenderSarif(report).find("\"uri\":\"a%FF%3C%26%3E%20b.pipe\""), std::string::npos) << RenderSarif(report);
  EXPECT_EQ(RenderSarif(report).find('\xff'), std::string::npos);
  EXPECT_EQ(RenderGitlab(report).find('\xff'), std::string::npos);
  std::string junit = RenderJunit(report, Severity::kError);
  EXPECT_EQ(junit.find('\xff'), std::string::npos);
  EXPECT_EQ(junit.find('\x01'), std::string::npos);
  EXPECT_NE(junit.find("a\xEF\xBF\xBD&lt;&amp;&gt; b.pipe"), std::string::npos) << junit;
  std::string github = RenderGithub(report);
  EXPECT_NE(github.find("10%25%0Aand%0D\n"), std::string::npos) << github;
  EXPECT_NE(RenderGithubSummary(report).find("byte \\| of &lt;b>"), std::string::npos) << RenderGithubSummary(report);
}

TEST(PrintableUtf8, KeepsTextAndMarksTheRest) {
  EXPECT_EQ(PrintableUtf8("größe\t\n"), "größe\t\n");
  EXPECT_EQ(PrintableUtf8(std::string_view("a\0b\x7f\xc3", 5)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace cdc::diag
