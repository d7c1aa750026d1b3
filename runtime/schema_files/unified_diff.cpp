#include "runtime/schema_files/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cdc::schema_files {
namespace {

constexpr size_t kContext = 3;
// Beyond so many comparisons the differing middle is replaced as a whole: a table has 4,096 columns at most.
constexpr size_t kCellsMax = 32u << 20;

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

struct Line {
  char mark;  // ' ', '-', '+'
  std::string_view text;
};

void Append(char mark, const std::vector<std::string_view>& lines, size_t from, size_t to, std::vector<Line>* out) {
  for (size_t i = from; i < to; ++i) out->push_back({mark, lines[i]});
}

// The longest common subsequence of a[from..a_end) and b[from..b_end), by the table of its lengths.
void AppendMiddle(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, size_t from,
                  size_t a_end, size_t b_end, std::vector<Line>* out) {
  const size_t rows = a_end - from, columns = b_end - from;
  if (rows * columns > kCellsMax) {
    Append('-', a, from, a_end, out);
    return Append('+', b, from, b_end, out);
  }
  std::vector<uint16_t> length((rows + 1) * (columns + 1), 0);
  const auto at = [&](size_t i, size_t j) -> uint16_t& { return length[i * (columns + 1) + j]; };
  for (size_t i = rows; i-- > 0;) {
    for (size_t j = columns; j-- > 0;) {
      at(i, j) = a[from + i] == b[from + j] ? static_cast<uint16_t>(at(i + 1, j + 1) + 1)
                                            : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  size_t i = 0, j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && a[from + i] == b[from + j]) {
      out->push_back({' ', a[from + i]});
      ++i, ++j;
    } else if (j == columns || (i < rows && at(i + 1, j) >= at(i, j + 1))) {
      out->push_back({'-', a[from + i++]});
    } else {
      out->push_back({'+', b[from + j++]});
    }
  }
}

std::vector<Line> Compare(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  size_t from = 0, a_end = a.size(), b_end = b.size();
  while (from < a_end && from < b_end && a[from] == b[from]) ++from;
  while (a_end > from && b_end > from && a[a_end - 1] == b[b_end - 1]) --a_end, --b_end;
  std::vector<Line> lines;
  Append(' ', a, 0, from, &lines);
  AppendMiddle(a, b, from, a_end, b_end, &lines);
  Append(' ', a, a_end, a.size(), &lines);
  return lines;
}

// `3,7`; the line before where there are none.
std::string Range(size_t first, size_t count) {
  if (count == 0) return std::to_string(first) + ",0";
  return std::to_string(first + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

}  // namespace

std::string UnifiedDiff(std::string_view before_name, std::string_view before, std::string_view after_name,
                        std::string_view after) {
  if (before == after) return "";
  const std::vector<Line> lines = Compare(LinesOf(before), LinesOf(after));
  std::string out = "--- " + std::string(before_name) + "\n+++ " + std::string(after_name) + "\n";
  size_t before_line = 0, after_line = 0;  // of lines[at]
  for (size_t at = 0; at < lines.size();) {
    if (lines[at].mark == ' ') {
      ++at, ++before_line, ++after_line;
      continue;
    }
    const size_t begin = at - std::min({at, kContext, before_line, after_line});
    size_t end = at, last = at;
    for (; end < lines.size() && end <= last + 2 * kContext; ++end) {
      if (lines[end].mark != ' ') last = end;
    }
    end = std::min(lines.size(), last + 1 + kContext);
    const size_t before_first = before_line - (at - begin), after_first = after_line - (at - begin);
    std::string body;
    size_t before_count = 0, after_count = 0;
    for (size_t i = begin; i < end; ++i) {
      body += lines[i].mark + std::string(lines[i].text) + "\n";
      before_count += lines[i].mark != '+';
      after_count += lines[i].mark != '-';
    }
    out += "@@ -" + Range(before_first, before_count) + " +" + Range(after_first, after_count) + " @@\n" + body;
    before_line = before_first + before_count;
    after_line = after_first + after_count;
    at = end;
  }
  return out;
}

}  // namespace cdc::schema_files
