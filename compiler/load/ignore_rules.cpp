#include "compiler/load/ignore_rules.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cdc::load {
namespace {

constexpr const char* kAnyParts = "**";

std::vector<std::string> Split(std::string_view path) {
  std::vector<std::string> parts;
  while (true) {
    size_t slash = path.find('/');
    if (slash != 0 && !path.empty()) parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

// Spaces at the end do not count, unless a backslash stands before them.
std::string_view WithoutSpacesAtEnd(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
    if (line.size() > 1 && line[line.size() - 2] == '\\' && line.back() != '\r') break;
    line.remove_suffix(1);
  }
  return line;
}

// Reads the set that starts at pattern[*at], a `[`. False: it is not closed, so the bracket stands for itself.
bool MatchesSet(std::string_view pattern, size_t* at, char c, bool* matches) {
  size_t i = *at + 1;
  bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  auto member = [&] {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    return static_cast<unsigned char>(pattern[i++]);
  };
  bool found = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    unsigned char low = member();
    unsigned char high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      ++i;
      high = member();
    }
    unsigned char value = static_cast<unsigned char>(c);
    found = found || (low <= value && value <= high);
  }
  if (i >= pattern.size()) return false;
  *at = i + 1;
  *matches = found != negated;
  return true;
}

// Whether the pattern's piece at `*at` matches one character; moves behind the piece if so.
bool MatchesOne(std::string_view pattern, size_t* at, char c) {
  size_t i = *at;
  bool matches = false;
  if (pattern[i] == '[' && MatchesSet(pattern, &i, c, &matches)) {
    if (matches) *at = i;
    return matches;
  }
  if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
  matches = pattern[*at] == '?' || pattern[i] == c;
  if (matches) *at = i + 1;
  return matches;
}

// The same as MatchesGlob(), over the parts of a path: `**` takes any number of them.
bool MatchesParts(const std::vector<std::string>& pattern, const std::vector<std::string>& parts) {
  size_t at = 0;
  size_t in = 0;
  std::optional<size_t> behind_star;
  size_t taken = 0;
  while (in < parts.size()) {
    if (at < pattern.size() && pattern[at] == kAnyParts) {
      behind_star = ++at;
      taken = in;
    } else if (at < pattern.size() && MatchesGlob(pattern[at], parts[in])) {
      ++at;
      ++in;
    } else if (behind_star) {
      at = *behind_star;
      in = ++taken;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == kAnyParts) ++at;
  return at == pattern.size();
}

}  // namespace

bool MatchesGlob(std::string_view pattern, std::string_view name) {
  size_t at = 0;
  size_t in = 0;
  // A `*` takes as little as it can; when what follows fails, the last one takes one character more.
  std::optional<size_t> behind_star;
  size_t taken = 0;
  while (in < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      behind_star = ++at;
      taken = in;
    } else if (at < pattern.size() && MatchesOne(pattern, &at, name[in])) {
      ++in;
    } else if (behind_star) {
      at = *behind_star;
      in = ++taken;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = WithoutSpacesAtEnd(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    Rule rule;
    rule.keeps = line[0] == '!';
    if (rule.keeps) line.remove_prefix(1);
    rule.only_directories = !line.empty() && line.back() == '/';
    if (rule.only_directories) line.remove_suffix(1);
    bool tied = line.find('/') != std::string_view::npos;
    rule.parts = Split(line);
    if (rule.parts.empty()) continue;
    if (!tied) rule.parts.insert(rule.parts.begin(), kAnyParts);
    // `a/**` is what is in `a`, not `a` itself.
    if (rule.parts.back() == kAnyParts) rule.parts.emplace_back("*");
    rules_.push_back(std::move(rule));
  }
}

IgnoreRules::Answer IgnoreRules::Ask(std::string_view path, bool is_directory) const {
  const std::vector<std::string> parts = Split(path);
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->only_directories && !is_directory) continue;
    if (MatchesParts(rule->parts, parts)) return rule->keeps ? Answer::kKept : Answer::kIgnored;
  }
  return Answer::kSilent;
}

}  // namespace cdc::load
