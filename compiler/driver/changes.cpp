#include "compiler/driver/changes.h"

#include <algorithm>
#include <cstdlib>

#include "compiler/driver/git.h"

namespace cdc::driver {
namespace {

Error GitError(const std::string& what) { return Error(ErrorCode::kUsage, "`--changed-since`: " + what); }

Result<std::string> Ask(const std::string& root, std::vector<std::string> arguments) {
  Result<std::string> answer = RunGit(root, std::move(arguments));
  if (!answer.ok()) return GitError(answer.error().message());
  return answer;
}

// `@@ -3,2 +5,4 @@`: the lines after, first and last; nothing if there are none.
bool ReadHunk(const std::string& line, std::pair<uint32_t, uint32_t>* lines) {
  size_t plus = line.find(" +");
  if (plus == std::string::npos) return false;
  char* end = nullptr;
  unsigned long first = std::strtoul(line.c_str() + plus + 2, &end, 10);
  unsigned long count = *end == ',' ? std::strtoul(end + 1, nullptr, 10) : 1;
  if (count == 0) return false;
  *lines = {static_cast<uint32_t>(first), static_cast<uint32_t>(first + count - 1)};
  return true;
}

template <class Visit>
void ForEachLine(const std::string& text, char separator, Visit visit) {
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(separator, at), text.size());
    visit(text.substr(at, end - at));
    at = end + 1;
  }
}

}  // namespace

void Changes::ReadDiff(const std::string& text) {
  std::string path;
  bool in_head = false;
  ForEachLine(text, '\n', [&](const std::string& line) {
    if (line.rfind("diff --git ", 0) == 0) in_head = true;
    // Only in front of the hunks: a line of the file may look the same.
    if (in_head && line.rfind("+++ ", 0) == 0) {
      path = line.substr(4);
      if (!path.empty() && path.back() == '\t') path.pop_back();
    }
    if (line.rfind("@@ ", 0) != 0) return;
    in_head = false;
    std::pair<uint32_t, uint32_t> lines;
    if (ReadHunk(line, &lines)) lines_[path].push_back(lines);
  });
}

void Changes::Add(const Changes& other) {
  for (const auto& [path, lines] : other.lines_) {
    lines_[path].insert(lines_[path].end(), lines.begin(), lines.end());
  }
}

bool Changes::Has(const std::string& path, uint32_t line) const {
  auto file = lines_.find(path);
  if (file == lines_.end()) return false;
  return std::any_of(file->second.begin(), file->second.end(),
                     [&](const auto& lines) { return line >= lines.first && line <= lines.second; });
}

Result<Changes> ChangesSince(const std::string& revision, const std::string& root) {
  if (!IsRevision(revision)) return GitError("`" + revision + "` is no revision");
  ASSIGN_OR_RETURN(std::string diff, Ask(root, {"diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-prefix",
                                                "--no-renames", "--relative", revision, "--"}));
  ASSIGN_OR_RETURN(std::string others, Ask(root, {"ls-files", "-z", "--others", "--exclude-standard"}));
  Changes changes;
  changes.ReadDiff(diff);
  ForEachLine(others, '\0', [&](const std::string& path) { changes.AddNewFile(path); });
  return changes;
}

}  // namespace cdc::driver
