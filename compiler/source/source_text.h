#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace cdc::source {

// A place for people. Units: line and column from 1; a column is a Unicode code point, a tab is one.
struct Place {
  uint32_t line = 1;
  uint32_t column = 1;
};

// One file's text with its lines. Immutable. LF and CRLF end a line; a lone CR does not.
class SourceText {
 public:
  // `path` is what people see; `text` is UTF-8, though bytes that are not do no harm here.
  SourceText(std::string path, std::string text);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  uint32_t line_count() const { return static_cast<uint32_t>(line_starts_.size()); }

  // The place of a byte offset; offsets past the end are the end. A byte order mark has no column.
  Place At(uint32_t offset) const;
  // A line without its line end, `line` from 1. Lifetime: as long as this text.
  std::string_view Line(uint32_t line) const;
  uint32_t LineStart(uint32_t line) const { return line_starts_[line - 1]; }
  // The text of a span of this file.
  std::string_view Slice(Span span) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

// The files of one program. Span::file is the number Add() returned.
class SourceFiles {
 public:
  uint32_t Add(std::string path, std::string text);
  uint32_t size() const { return static_cast<uint32_t>(files_.size()); }
  // Requires: file < size(). Lifetime: references stay valid while files are added.
  const SourceText& Get(uint32_t file) const;
  // `path:line:column` of the start of a span.
  std::string Where(Span span) const;

 private:
  std::deque<SourceText> files_;
};

// Length in bytes of the UTF-8 sequence at the start of `text`: 1 to 4, or 0 if it is not valid UTF-8
// (overlong forms, surrogates and values above U+10FFFF are not). Fills `*code_point`.
int DecodeUtf8(std::string_view text, uint32_t* code_point);

}  // namespace cdc::source
