#include "runtime/driver/test_report.h"

#include <algorithm>
#include <string_view>

#include "compiler/command/findings.h"
#include "compiler/diag/report.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"
#include "stdlib/core/utf8.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr size_t kLeftColumns = 55;
constexpr size_t kRightColumns = 58;
constexpr size_t kProblemColumns = 114;
constexpr const char* kMargin = "    ";

// A line's pieces, each at most `columns` characters; one, empty, for an empty line.
std::vector<std::string> Pieces(const std::string& line, size_t columns) {
  std::vector<std::string> pieces;
  std::string_view rest = line;
  do {
    const size_t end = OffsetOfCharacter(rest, columns);
    pieces.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
  } while (!rest.empty());
  return pieces;
}

// A sentence in lines of at most kProblemColumns characters, broken between words; a word that is longer stays whole.
std::vector<std::string> Wrapped(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    const size_t fits = at + OffsetOfCharacter(std::string_view(text).substr(at, end - at), kProblemColumns);
    if (fits < end) {
      const size_t space = text.rfind(' ', fits);
      if (space != std::string::npos && space > at) end = space;
    }
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

class PeopleWriter {
 public:
  explicit PeopleWriter(bool color) : color_(color) {}

  std::string Painted(const char* code, const std::string& text) const {
    return color_ && !text.empty() ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
  }

  // Both sides of a line, with a mark between them: `|` the same, `!` different, `<` nothing came, `>` nobody expects
  // it.
  std::string Pair(const testing::ComparedLine& line) const {
    const char* mark = line.same ? "|" : line.actual.empty() ? "<" : line.expected.empty() ? ">" : "!";
    const std::vector<std::string> left = Pieces(line.expected, kLeftColumns);
    const std::vector<std::string> right = Pieces(line.actual, kRightColumns);
    std::string text;
    for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      const std::string expected = i < left.size() ? left[i] : "";
      const std::string actual = i < right.size() ? right[i] : "";
      text += kMargin + (line.same ? expected : Painted("32", expected));
      text += std::string(kLeftColumns - CountCharacters(expected), ' ') + " " + mark;
      if (!actual.empty()) text += " " + (line.same ? actual : Painted("31", actual));
      text += "\n";
    }
    return text;
  }

  std::string Failed(const TestResult& result) const {
    std::string text = Painted("31", "failed") + " " + result.title + "\n  " + result.where + "\n";
    for (const std::string& problem : result.outcome.problems) {
      const char* margin = "  ";
      for (const std::string& line : Wrapped(problem)) {
        text += margin + line + "\n";
        margin = kMargin;
      }
    }
    for (const testing::ComparedTopic& topic : result.outcome.topics) {
      text += "  topic " + topic.topic + "\n";
      text += std::string(kMargin) + "expected" + std::string(kLeftColumns - 8, ' ') + " | actual\n";
      for (const testing::ComparedLine& line : topic.lines) text += Pair(line);
    }
    return text;
  }

 private:
  const bool color_;
};

// {"name":value,…}
class JsonObject {
 public:
  explicit JsonObject(OutBuffer* out) : out_(*out) { out_.Append('{'); }
  void End() { out_.Append('}'); }
  OutBuffer* Member(std::string_view name) {
    if (!first_) out_.Append(',');
    first_ = false;
    AppendJsonString(name, &out_);
    out_.Append(':');
    return &out_;
  }
  void Text(std::string_view name, std::string_view value) {
    AppendJsonString(diag::PrintableUtf8(value), Member(name));
  }
  void Number(std::string_view name, size_t value) { Member(name)->Append(std::to_string(value)); }
  void Flag(std::string_view name, bool value) { Member(name)->Append(value ? "true" : "false"); }

 private:
  OutBuffer& out_;
  bool first_ = true;
};

template <typename Item, typename Write>
void AppendList(const std::vector<Item>& items, OutBuffer* out, Write write) {
  out->Append('[');
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out->Append(',');
    write(items[i]);
  }
  out->Append(']');
}

void AppendTopic(const testing::ComparedTopic& topic, OutBuffer* out) {
  JsonObject object(out);
  object.Text("topic", topic.topic);
  AppendList(topic.lines, object.Member("lines"), [&](const testing::ComparedLine& line) {
    JsonObject pair(out);
    pair.Text("expected", line.expected);
    pair.Text("actual", line.actual);
    pair.Flag("same", line.same);
    pair.End();
  });
  object.End();
}

void AppendTest(const std::string& file, const TestResult& result, OutBuffer* out) {
  JsonObject object(out);
  object.Text("file", file);
  object.Text("where", result.where);
  object.Text("title", result.title);
  object.Text("status", result.outcome.passed ? "passed" : "failed");
  AppendList(result.outcome.problems, object.Member("problems"),
             [&](const std::string& problem) { AppendJsonString(diag::PrintableUtf8(problem), out); });
  AppendList(result.outcome.topics, object.Member("topics"),
             [&](const testing::ComparedTopic& topic) { AppendTopic(topic, out); });
  object.End();
}

std::string JunitCounts(size_t tests, size_t failures, size_t errors) {
  return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
         std::to_string(errors) + "\"";
}

std::string JunitSuite(const TestedFile& file) {
  const std::string path = diag::XmlText(file.path);
  std::string cases;
  size_t failures = 0;
  for (const TestResult& result : file.results) {
    cases += "    <testcase name=\"" + diag::XmlText(result.title) + "\" classname=\"" + path + "\"";
    if (result.outcome.passed) {
      cases += "/>\n";
      continue;
    }
    ++failures;
    const std::string message =
        result.outcome.problems.empty() ? "records differ from what is expected" : result.outcome.problems[0];
    cases += "><failure message=\"" + diag::XmlText(message) + "\">" +
             diag::XmlText(PeopleWriter(false).Failed(result)) + "</failure></testcase>\n";
  }
  const size_t errors = file.errors.empty() ? 0 : 1;
  if (errors > 0) {
    cases += "    <testcase name=\"program\" classname=\"" + path + "\"><error message=\"the program has errors\">" +
             diag::XmlText(file.errors) + "</error></testcase>\n";
  }
  return "  <testsuite name=\"" + path + "\"" + JunitCounts(file.results.size() + errors, failures, errors) + ">\n" +
         cases + "  </testsuite>\n";
}

}  // namespace

size_t TestReport::Count(bool passed) const {
  size_t count = 0;
  for (const TestedFile& file : files) {
    for (const TestResult& result : file.results) count += result.outcome.passed == passed ? 1 : 0;
  }
  return count;
}

size_t TestReport::broken_files() const {
  return static_cast<size_t>(
      std::count_if(files.begin(), files.end(), [](const TestedFile& file) { return !file.errors.empty(); }));
}

std::string RenderForPeople(const TestReport& report, bool quiet, bool color) {
  const PeopleWriter writer(color);
  std::string text;
  for (const TestedFile& file : report.files) {
    for (const TestResult& result : file.results) {
      if (!result.outcome.passed) {
        text += writer.Failed(result);
      } else if (!quiet) {
        text += writer.Painted("32", "passed") + " " + result.title + "\n";
      }
    }
  }
  if (quiet) return text;
  const size_t passed = report.Count(true);
  const size_t failed = report.Count(false);
  text += Counted(passed + failed, "test") + " in " + Counted(report.files.size(), "file") + ": " +
          std::to_string(passed) + " passed, " + std::to_string(failed) + " failed";
  const size_t broken = report.broken_files();
  if (broken > 0) text += "; " + Counted(broken, "file") + " with errors, not tested";
  return text + "\n";
}

std::string RenderAsJson(const TestReport& report) {
  OutBuffer out;
  JsonObject document(&out);
  document.Number("version", 1);
  document.Member("tests")->Append('[');
  bool first = true;
  for (const TestedFile& file : report.files) {
    for (const TestResult& result : file.results) {
      if (!first) out.Append(',');
      first = false;
      AppendTest(file.path, result, &out);
    }
  }
  out.Append(']');
  std::vector<const TestedFile*> broken;
  for (const TestedFile& file : report.files) {
    if (!file.errors.empty()) broken.push_back(&file);
  }
  AppendList(broken, document.Member("errors"), [&](const TestedFile* file) {
    JsonObject object(&out);
    object.Text("file", file->path);
    object.Text("text", file->errors);
    object.End();
  });
  JsonObject summary(document.Member("summary"));
  summary.Number("passed", report.Count(true));
  summary.Number("failed", report.Count(false));
  summary.Number("errors", broken.size());
  summary.End();
  document.End();
  out.Append('\n');
  return std::string(out.view());
}

std::string RenderAsJunit(const TestReport& report) {
  std::string suites;
  for (const TestedFile& file : report.files) suites += JunitSuite(file);
  const size_t broken = report.broken_files();
  const size_t failed = report.Count(false);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"piperun\"" +
         JunitCounts(report.Count(true) + failed + broken, failed, broken) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace cdc::driver
