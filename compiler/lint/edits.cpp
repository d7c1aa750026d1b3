#include "compiler/lint/edits.h"

#include <utility>

namespace cdc::lint {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

uint32_t BlanksBefore(const std::string& text, uint32_t at) {
  while (at > 0 && IsBlank(text[at - 1])) --at;
  return at;
}

}  // namespace

diag::Fix Replace(std::string title, source::Span span, std::string replacement, diag::Applicability applicability) {
  return {std::move(title), applicability, {{span, std::move(replacement)}}};
}

source::Span WholeLines(const source::SourceText& text, source::Span span) {
  const std::string& bytes = text.text();
  uint32_t begin = BlanksBefore(bytes, span.begin);
  uint32_t end = span.end;
  while (end < bytes.size() && (IsBlank(bytes[end]) || bytes[end] == '\r')) ++end;
  bool opens = begin == 0 || bytes[begin - 1] == '\n';
  bool closes = end == bytes.size() || bytes[end] == '\n';
  if (!opens || !closes) return span;
  return {span.file, begin, end == bytes.size() ? end : end + 1};
}

diag::Fix Remove(std::string title, const source::SourceText& text, source::Span span,
                 diag::Applicability applicability) {
  source::Span gone = WholeLines(text, span);
  if (gone == span) gone.begin = BlanksBefore(text.text(), span.begin);
  return Replace(std::move(title), gone, "", applicability);
}

}  // namespace cdc::lint
