// Text for people: message, place, the line with a caret under it, other places, notes, and what a fix would
// make.

#include <algorithm>
#include <string_view>

#include "compiler/diag/render.h"

namespace cdc::diag {
namespace {

using source::SourceFiles;
using source::SourceText;

constexpr uint32_t kShownColumnsMax = 200;

// One line cut to what fits, one column per code point: tabs are one space, control characters and broken
// bytes `?`.
struct ShownLine {
  std::string text;
  uint32_t first_column = 1;  // of the original line
  uint32_t columns = 0;
};

ShownLine Show(std::string_view line, uint32_t around_column) {
  std::vector<std::string> columns;
  for (size_t at = 0; at < line.size();) {
    uint32_t code_point = 0;
    int length = source::DecodeUtf8(line.substr(at), &code_point);
    bool control = code_point < 0x20 || code_point == 0x7F;
    if (length > 0 && !control) {
      columns.emplace_back(line.substr(at, static_cast<size_t>(length)));
    } else {
      columns.emplace_back(length > 0 && code_point == '\t' ? " " : "?");
    }
    at += static_cast<size_t>(std::max(length, 1));
  }
  ShownLine shown;
  size_t begin = 0;
  size_t end = columns.size();
  if (columns.size() > kShownColumnsMax) {
    begin = around_column > kShownColumnsMax / 2 ? around_column - kShownColumnsMax / 2 : 0;
    begin = std::min(begin, columns.size() - kShownColumnsMax);
    end = begin + kShownColumnsMax;
  }
  for (size_t i = begin; i < end; ++i) shown.text += columns[i];
  shown.first_column = static_cast<uint32_t>(begin) + 1;
  shown.columns = static_cast<uint32_t>(end - begin);
  return shown;
}

class TextRenderer {
 public:
  TextRenderer(const SourceFiles& files, TextOptions options) : files_(files), options_(options) {}

  std::string Run(const Diagnostic& diagnostic) {
    const char* color = diagnostic.severity == Severity::kError     ? "\x1b[1;31m"
                        : diagnostic.severity == Severity::kWarning ? "\x1b[1;33m"
                                                                    : "\x1b[1;36m";
    out_ += Paint(color, std::string(SeverityName(diagnostic.severity))) + ": " + diagnostic.message + " [" +
            KindId(diagnostic.kind) + " " + std::string(KindName(diagnostic.kind)) + "]\n";
    if (diagnostic.has_span) {
      gutter_ = Gutter(diagnostic);
      out_ += std::string(gutter_, ' ') + Paint(kBlue, "-->") + " " + files_.Where(diagnostic.span) + "\n";
      Bar();
      Quote(diagnostic.span, '^', color, diagnostic.label);
      for (const Label& label : diagnostic.labels) Secondary(diagnostic.span, label);
    }
    if (!diagnostic.notes.empty()) {
      if (diagnostic.has_span) Bar();
      for (const std::string& note : diagnostic.notes) {
        out_ += std::string(gutter_, ' ') + " " + Paint(kBlue, "=") + " " + note + "\n";
      }
    }
    for (const Fix& fix : diagnostic.fixes) {
      if (!Said(diagnostic, fix)) Help(fix);
    }
    return std::move(out_);
  }

 private:
  static constexpr const char* kBlue = "\x1b[1;34m";

  std::string Paint(const char* color, const std::string& text) const {
    return options_.color ? color + text + "\x1b[0m" : text;
  }

  size_t Gutter(const Diagnostic& diagnostic) const {
    uint32_t line = files_.Get(diagnostic.span.file).At(diagnostic.span.begin).line;
    for (const Label& label : diagnostic.labels) {
      line = std::max(line, files_.Get(label.span.file).At(label.span.begin).line);
    }
    return std::to_string(line).size();
  }

  void Bar() { out_ += std::string(gutter_, ' ') + " " + Paint(kBlue, "|") + "\n"; }

  void Marks(const std::string& marks) {
    out_ += std::string(gutter_, ' ') + " " + Paint(kBlue, "|") + " " + marks + "\n";
  }

  void Line(uint32_t number, const std::string& text) {
    std::string shown = std::to_string(number);
    std::string row = std::string(gutter_ - shown.size(), ' ') + Paint(kBlue, shown + " |");
    out_ += row + (text.empty() ? "" : " " + text) + "\n";
  }

  // The first line of a span, marked below, and the label behind the marks.
  void Quote(Span span, char mark, const char* color, const std::string& label) {
    const SourceText& file = files_.Get(span.file);
    source::Place begin = file.At(span.begin);
    source::Place end = file.At(std::max(span.end, span.begin));
    ShownLine shown = Show(file.Line(begin.line), begin.column);
    Line(begin.line, shown.text);
    uint32_t first = begin.column - std::min(begin.column, shown.first_column);
    uint32_t last = end.line == begin.line ? end.column - std::min(end.column, shown.first_column) : shown.columns;
    uint32_t width = last > first ? last - first : 1;
    width = std::min(width, std::max(shown.columns > first ? shown.columns - first : 1, 1u));
    Marks(std::string(first, ' ') + Paint(color, std::string(width, mark) + (label.empty() ? "" : " " + label)));
  }

  void Secondary(Span main, const Label& label) {
    if (label.span.file != main.file) {
      out_ += std::string(gutter_, ' ') + Paint(kBlue, ":::") + " " + files_.Where(label.span) + "\n";
    }
    Bar();
    Quote(label.span, '-', kBlue, label.text);
  }

  // A label that names the replacement needs no second saying.
  static bool Said(const Diagnostic& diagnostic, const Fix& fix) {
    return fix.edits.size() == 1 && !diagnostic.label.empty() &&
           (fix.edits[0].replacement.empty() ||
            diagnostic.label.find("`" + fix.edits[0].replacement + "`") != std::string::npos ||
            fix.edits[0].replacement.find_first_not_of(' ') == std::string::npos);
  }

  // The line as the fix would leave it: `+` under what is new, `~` under what is changed. Fixes over several
  // lines show their title only.
  void Help(const Fix& fix) {
    out_ += Paint("\x1b[1;32m", "help") + ": " + fix.title + "\n";
    if (fix.edits.empty()) return;
    const SourceText& file = files_.Get(fix.edits[0].span.file);
    uint32_t line = file.At(fix.edits[0].span.begin).line;
    for (const Edit& edit : fix.edits) {
      bool one_line = edit.span.file == fix.edits[0].span.file && file.At(edit.span.begin).line == line &&
                      file.At(edit.span.end).line == line && edit.replacement.find('\n') == std::string::npos;
      if (!one_line) return;
    }
    std::string text;
    std::string marks;
    uint32_t at = file.LineStart(line);
    auto append = [&](std::string_view piece, char mark) {
      ShownLine shown = Show(piece, 1);
      text += shown.text;
      marks += std::string(shown.columns, mark);
    };
    for (const Edit& edit : fix.edits) {
      append(file.Slice({0, at, edit.span.begin}), ' ');
      append(edit.replacement, edit.span.begin == edit.span.end ? '+' : '~');
      at = edit.span.end;
    }
    append(file.Slice({0, at, file.LineStart(line) + static_cast<uint32_t>(file.Line(line).size())}), ' ');
    while (!marks.empty() && marks.back() == ' ') marks.pop_back();
    Bar();
    Line(line, text);
    if (!marks.empty()) Marks(marks);
  }

  const SourceFiles& files_;
  TextOptions options_;
  std::string out_;
  size_t gutter_ = 1;
};

}  // namespace

std::string RenderText(const Diagnostic& diagnostic, const SourceFiles& files, TextOptions options) {
  return TextRenderer(files, options).Run(diagnostic);
}

std::string RenderText(const Diagnostics& diagnostics, const SourceFiles& files, TextOptions options) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (!out.empty()) out += "\n";
    out += RenderText(diagnostic, files, options);
  }
  return out;
}

std::string RenderCompact(const Diagnostics& diagnostics, const SourceFiles& files) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.has_span) out += files.Where(diagnostic.span) + ": ";
    out += std::string(SeverityName(diagnostic.severity)) + ": " + diagnostic.message + " [" + KindId(diagnostic.kind) +
           "]\n";
  }
  return out;
}

}  // namespace cdc::diag
