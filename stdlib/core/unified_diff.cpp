#include "stdlib/core/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cdc {
namespace {

using Lines = std::vector<std::string_view>;

constexpr size_t kContext = 3;
// Beyond so many different lines, which take 8 MB, the part that differs is shown as taken out and put in whole.
constexpr int kDifferencesMax = 1'000;

Lines Split(std::string_view text) {
  Lines lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

// One line of the outcome: of both texts, of the first alone, or of the second alone.
struct Line {
  char mark = ' ';
  std::string_view text;
};

// Myers' greedy algorithm: the shortest way from one list to the other ("An O(ND) Difference Algorithm", 1986).
// `trace[d]` holds, for each diagonal, how far d changes lead.
class Comparison {
 public:
  Comparison(const Lines& a, const Lines& b) : a_(a), b_(b) {}

  std::vector<Line> Run() {
    size_t head = 0;
    while (head < a_.size() && head < b_.size() && a_[head] == b_[head]) ++head;
    size_t tail = 0;
    while (tail < a_.size() - head && tail < b_.size() - head && a_[a_.size() - 1 - tail] == b_[b_.size() - 1 - tail]) {
      ++tail;
    }
    for (size_t i = 0; i < head; ++i) made_.push_back({' ', a_[i]});
    const Lines a(a_.begin() + static_cast<ptrdiff_t>(head), a_.end() - static_cast<ptrdiff_t>(tail));
    const Lines b(b_.begin() + static_cast<ptrdiff_t>(head), b_.end() - static_cast<ptrdiff_t>(tail));
    Middle(a, b);
    for (size_t i = a_.size() - tail; i < a_.size(); ++i) made_.push_back({' ', a_[i]});
    return std::move(made_);
  }

 private:
  void Middle(const Lines& a, const Lines& b) {
    const int n = static_cast<int>(a.size());
    const int m = static_cast<int>(b.size());
    const int most = std::min(n + m, kDifferencesMax);
    std::vector<std::vector<int>> trace;
    std::vector<int> reach(2 * static_cast<size_t>(most) + 3, 0);
    auto at = [&](std::vector<int>& of, int diagonal) -> int& { return of[static_cast<size_t>(diagonal + most + 1)]; };
    for (int d = 0; d <= most; ++d) {
      trace.push_back(reach);
      for (int k = -d; k <= d; k += 2) {
        const bool down = k == -d || (k != d && at(reach, k - 1) < at(reach, k + 1));
        int x = down ? at(reach, k + 1) : at(reach, k - 1) + 1;
        while (x < n && x - k < m && a[static_cast<size_t>(x)] == b[static_cast<size_t>(x - k)]) ++x;
        at(reach, k) = x;
        if (x >= n && x - k >= m) return Back(a, b, &trace, most);
      }
    }
    for (std::string_view line : a) made_.push_back({'-', line});
    for (std::string_view line : b) made_.push_back({'+', line});
  }

  void Back(const Lines& a, const Lines& b, std::vector<std::vector<int>>* trace, int most) {
    std::vector<Line> backwards;
    int x = static_cast<int>(a.size());
    int y = static_cast<int>(b.size());
    for (int d = static_cast<int>(trace->size()) - 1; d >= 0; --d) {
      std::vector<int>& reach = (*trace)[static_cast<size_t>(d)];
      auto at = [&](int diagonal) { return reach[static_cast<size_t>(diagonal + most + 1)]; };
      const int k = x - y;
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const int x_before = d == 0 ? 0 : down ? at(k + 1) : at(k - 1);
      const int y_before = d == 0 ? 0 : x_before - (down ? k + 1 : k - 1);
      while (x > x_before && y > y_before) {
        backwards.push_back({' ', a[static_cast<size_t>(--x)]});
        --y;
      }
      if (d == 0) break;
      if (down) {
        backwards.push_back({'+', b[static_cast<size_t>(--y)]});
      } else {
        backwards.push_back({'-', a[static_cast<size_t>(--x)]});
      }
    }
    made_.insert(made_.end(), backwards.rbegin(), backwards.rend());
  }

  const Lines& a_;
  const Lines& b_;
  std::vector<Line> made_;
};

std::string Range(size_t first, size_t count) {
  // An empty range names the line in front of it.
  std::string text = std::to_string(count == 0 ? first : first + 1);
  return count == 1 ? text : text + "," + std::to_string(count);
}

std::string Hunk(const std::vector<Line>& lines, size_t begin, size_t end, size_t before, size_t after) {
  std::string body;
  size_t old_lines = 0;
  size_t new_lines = 0;
  for (size_t i = begin; i < end; ++i) {
    if (lines[i].mark != '+') ++old_lines;
    if (lines[i].mark != '-') ++new_lines;
    body += lines[i].mark;
    body += lines[i].text;
    if (lines[i].text.back() != '\n') body += "\n\\ No newline at end of file\n";
  }
  return "@@ -" + Range(before, old_lines) + " +" + Range(after, new_lines) + " @@\n" + body;
}

}  // namespace

std::string UnifiedDiff(std::string_view before_name, std::string_view before, std::string_view after_name,
                        std::string_view after) {
  if (before == after) return "";
  const Lines a = Split(before);
  const Lines b = Split(after);
  const std::vector<Line> lines = Comparison(a, b).Run();
  std::string text = "--- " + std::string(before_name) + "\n+++ " + std::string(after_name) + "\n";
  size_t at = 0;        // lines below are written or left out
  size_t old_line = 0;  // lines of `before` in front of `at`
  size_t new_line = 0;
  while (true) {
    size_t change = at;
    while (change < lines.size() && lines[change].mark == ' ') ++change;
    if (change == lines.size()) return text;
    const size_t begin = std::max(at, change < kContext ? 0 : change - kContext);
    old_line += begin - at;
    new_line += begin - at;
    size_t end = change;  // behind the last change of the hunk
    for (size_t i = change; i < lines.size() && i < end + 2 * kContext + 1; ++i) {
      if (lines[i].mark != ' ') end = i + 1;
    }
    end = std::min(lines.size(), end + kContext);
    text += Hunk(lines, begin, end, old_line, new_line);
    for (size_t i = begin; i < end; ++i) {
      if (lines[i].mark != '+') ++old_line;
      if (lines[i].mark != '-') ++new_line;
    }
    at = end;
  }
}

}  // namespace cdc
