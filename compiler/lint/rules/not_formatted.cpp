#include <algorithm>

#include "compiler/format/format.h"
#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void RunNotFormatted(const FileView& file, Diagnostics* diagnostics) {
  // A block of Markdown may be indented, and what is around it is none of its layout.
  if (!file.text.path().ends_with(".pipe")) return;
  source::SourceFiles alone;
  const std::string& text = file.text.text();
  Diagnostics known_already;
  const std::optional<std::string> formatted = format::Format(alone, alone.Add(file.text.path(), text), &known_already);
  if (!formatted || *formatted == text) return;
  // The part that differs.
  const size_t most = std::min(text.size(), formatted->size());
  const auto head = static_cast<size_t>(
      std::mismatch(text.begin(), text.begin() + static_cast<ptrdiff_t>(most), formatted->begin()).first -
      text.begin());
  size_t tail = 0;
  while (tail < most - head && text[text.size() - 1 - tail] == (*formatted)[formatted->size() - 1 - tail]) ++tail;
  const Span differs{file.ast.file, static_cast<uint32_t>(head), static_cast<uint32_t>(text.size() - tail)};
  const Span shown{differs.file, differs.begin, differs.begin + 1};
  diagnostics->Report(Kind::kNotFormatted, shown, "this file has another layout from here on", "`pipec fmt` writes it")
      .fixes.push_back(Replace("lay the file out", differs, formatted->substr(head, formatted->size() - tail - head)));
}

}  // namespace

Rule NotFormatted() { return {.kind = Kind::kNotFormatted, .on = false, .of_file = RunNotFormatted}; }

}  // namespace cdc::lint
