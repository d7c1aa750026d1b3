#include "compiler/format/format.h"

#include <utility>

#include "compiler/format/flat.h"
#include "compiler/format/layout.h"
#include "compiler/format/verify.h"
#include "compiler/format/writer.h"
#include "compiler/parse/blocks.h"
#include "compiler/parse/parse.h"
#include "stdlib/core/check.h"

namespace cdc::format {
namespace {

// The file's tokens and tree; not `ok` if it has a syntax error.
struct Read {
  parse::Lexed lexed;
  parse::Syntax syntax;
};

Read ReadFile(const source::SourceText& text, uint32_t file) {
  Read read;
  if (text.text().size() > parse::kFileBytesMax) return read;
  diag::Diagnostics unheard;
  read.lexed = parse::Lex(text, file, &unheard);
  const bool readable = read.lexed.reported.empty() && !parse::TooDeep(read.lexed.tokens, parse::kNestingMax);
  if (readable) read.syntax = parse::RunGrammar(read.lexed.tokens, parse::Rule::kFile);
  return read;
}

}  // namespace

std::optional<std::string> Format(const source::SourceFiles& files, uint32_t file, diag::Diagnostics* diagnostics) {
  const source::SourceText& text = files.Get(file);
  const Read read = ReadFile(text, file);
  if (!read.syntax.ok) {
    parse::Parse(files, file, diagnostics);
    return std::nullopt;
  }
  const Flat flat(text, read.lexed, read.syntax.tree);
  Writer writer(text, read.lexed, flat);
  Layout(read.syntax.tree, read.lexed.tokens, flat, &writer).Run();
  std::string formatted = writer.Finish();
  if (formatted == text.text()) return formatted;
  if (formatted.size() > parse::kFileBytesMax) {
    diagnostics->Report(diag::Kind::kTooLarge, {file, 0, 0}, "laid out, this file would be larger than 4 MiB");
    return std::nullopt;
  }
  const source::SourceText made(text.path(), formatted);
  diag::Diagnostics unheard;
  CHECK(SameProgram(text, read.lexed, made, parse::Lex(made, 0, &unheard)));
  return formatted;
}

}  // namespace cdc::format
