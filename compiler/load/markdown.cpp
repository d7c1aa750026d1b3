#include "compiler/load/markdown.h"

#include <algorithm>
#include <string_view>

namespace cdc::load {
namespace {

constexpr size_t kFenceMin = 3;

// A line that opens or closes a block: "``` pipe".
struct Fence {
  char mark = 0;  // '`' or '~'; 0: the line is none
  size_t length = 0;
  std::string_view info;
};

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

Fence ReadFence(std::string_view line) {
  line = Trimmed(line);
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return {};
  const size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  const std::string_view info = Trimmed(line.substr(length));
  const bool inline_code = line[0] == '`' && info.find('`') != std::string_view::npos;
  if (length < kFenceMin || inline_code) return {};
  return {line[0], length, info};
}

}  // namespace

bool IsMarkdown(const std::string& path) { return path.size() > 3 && path.compare(path.size() - 3, 3, ".md") == 0; }

std::vector<std::string> ProgramsInMarkdown(const std::string& text) {
  std::string blank = text;
  std::transform(blank.begin(), blank.end(), blank.begin(), [](char c) { return c == '\n' || c == '\r' ? c : ' '; });
  std::vector<std::string> programs;
  Fence open;
  size_t begin = 0;  // of the block's text
  auto close = [&](size_t end) {
    if (open.info == "pipe")
      programs.push_back(std::string(blank).replace(begin, end - begin, text, begin, end - begin));
    open = {};
  };
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const Fence fence = ReadFence(std::string_view(text).substr(at, end - at));
    if (open.mark == 0 && fence.mark != 0) {
      open = fence;
      begin = std::min(end + 1, text.size());
    } else if (fence.mark == open.mark && fence.mark != 0 && fence.length >= open.length && fence.info.empty()) {
      close(at);
    }
    at = end + 1;
  }
  if (open.mark != 0) close(text.size());
  return programs;
}

}  // namespace cdc::load
