#include "compiler/source/source_text.h"

#include <algorithm>
#include <utility>

#include "stdlib/core/check.h"

namespace cdc::source {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

SourceText::SourceText(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

Place SourceText::At(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  uint32_t line = static_cast<uint32_t>(next - line_starts_.begin());
  uint32_t begin = line_starts_[line - 1];
  if (begin == 0 && std::string_view(text_).substr(0, 3) == kByteOrderMark) begin = std::min(offset, 3u);
  uint32_t column = 1;
  for (uint32_t i = begin; i < offset; ++i) {
    if (!IsContinuation(text_[i])) ++column;
  }
  return {line, column};
}

std::string_view SourceText::Line(uint32_t line) const {
  CHECK(line >= 1 && line <= line_starts_.size());
  uint32_t begin = line_starts_[line - 1];
  uint32_t end = line < line_starts_.size() ? line_starts_[line] - 1 : static_cast<uint32_t>(text_.size());
  if (end > begin && text_[end - 1] == '\r') --end;
  std::string_view result = std::string_view(text_).substr(begin, end - begin);
  if (line == 1 && result.substr(0, 3) == kByteOrderMark) result.remove_prefix(3);
  return result;
}

std::string_view SourceText::Slice(Span span) const {
  uint32_t size = static_cast<uint32_t>(text_.size());
  uint32_t begin = std::min(span.begin, size);
  return std::string_view(text_).substr(begin, std::max(std::min(span.end, size), begin) - begin);
}

uint32_t SourceFiles::Add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return size() - 1;
}

const SourceText& SourceFiles::Get(uint32_t file) const {
  CHECK(file < files_.size());
  return files_[file];
}

std::string SourceFiles::Where(Span span) const {
  const SourceText& file = Get(span.file);
  Place place = file.At(span.begin);
  return file.path() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

int DecodeUtf8(std::string_view text, uint32_t* code_point) {
  if (text.empty()) return 0;
  unsigned char first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    *code_point = first;
    return 1;
  }
  int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < static_cast<size_t>(length)) return 0;
  uint32_t value = first & (0xFF >> (length + 1));
  for (int i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return 0;
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return 0;
  *code_point = value;
  return length;
}

}  // namespace cdc::source
