#include <algorithm>

#include "compiler/doc/page.h"

namespace cdc::doc {
namespace {

std::string OneLine(std::string_view text) {
  std::string line;
  for (char c : text) {
    const unsigned char byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return line;
}

// Words of a program or a comment that are no Markdown.
std::string Plain(std::string_view text) {
  static constexpr std::string_view kSpecial = "\\`*_{}[]<>|#~$&!";
  std::string escaped;
  for (char c : OneLine(text)) {
    if (kSpecial.find(c) != kSpecial.npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// In as many backticks as it needs; `in_table`: a `|` would end the cell.
std::string Code(std::string_view text, bool in_table = false) {
  if (text.empty()) return "";
  size_t longest = 0;
  size_t run = 0;
  std::string line;
  for (char c : OneLine(text)) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|' && in_table) line += '\\';
    line += c;
  }
  const std::string fence(longest + 1, '`');
  const char* space = longest > 0 ? " " : "";
  return fence + space + line + space + fence;
}

std::string Codes(const std::vector<std::string>& texts, bool in_table = false) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + Code(text, in_table);
  return list;
}

// A doc comment is the author's own Markdown-free text, a paragraph each.
void Paragraphs(const std::string& text, std::string* out) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) *out += Plain(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  if (!text.empty()) *out += "\n";
}

void Append(const Table& table, std::string* out) {
  *out += "### Table " + Code(table.name) + "\n\n";
  Paragraphs(table.doc, out);
  Paragraphs(table.comment, out);
  *out += "| | |\n|---|---|\n";
  auto row = [&](const char* what, const std::string& text) {
    if (!text.empty()) *out += "| " + std::string(what) + " | " + text + " |\n";
  };
  row("topic", Codes(table.topics, true));
  row("which one", Code(table.topic, true));
  row("name in records", Code(table.records, true));
  row("merged", Code(table.merge, true));
  row("rows", table.filter.empty() ? "all" : "where " + Code(table.filter, true));
  row("columns", Code(table.select, true));
  row("key", Code(table.key, true));
  row("partition by", Code(table.partition, true));
  row("format", Code(table.format, true));
  for (const auto& [name, value] : table.headers) row("header", Code(name, true) + " = " + Code(value, true));
  for (const std::string& on : table.on) row("rule", Code(on, true));
  row("owner", Code(table.rule, true));
  *out += "\n";
  if (table.columns.empty()) return;
  *out += "| field | type | from | |\n|---|---|---|---|\n";
  for (const Column& column : table.columns) {
    const std::string from = column.value.empty() ? Codes(column.from, true) : Code(column.value, true);
    *out += "| " + Code(column.name, true) + " | " + Code(column.type, true) + " | " + from + " | " +
            Plain(column.comment) + " |\n";
  }
  *out += "\n";
  if (!table.not_published.empty()) *out += "Not published: " + Codes(table.not_published) + ".\n\n";
}

void Append(const Pipe& pipe, std::string* out) {
  *out += "## Pipe " + Code(pipe.name) + "\n\n";
  Paragraphs(pipe.doc, out);
  *out += "From " + Codes(pipe.sources) + " into " + Code(pipe.sink) + "; " + Code(pipe.place) + ".\n\n";
  *out += "| table | topic |\n|---|---|\n";
  for (const Table& table : pipe.tables)
    *out += "| " + Code(table.name, true) + " | " + Codes(table.topics, true) + " |\n";
  *out += "\n";
  if (!pipe.skipped.empty()) *out += "Skipped: " + Codes(pipe.skipped) + ".\n\n";
  if (!pipe.not_captured.empty()) *out += "Not captured: " + Codes(pipe.not_captured) + ".\n\n";
  for (const Table& table : pipe.tables) Append(table, out);
}

void Append(const Page& page, std::string* out) {
  *out += "# " + Plain(page.title) + "\n\n" + Code(page.path) + "\n\n";
  if (!page.declared.empty()) *out += "| | | | |\n|---|---|---|---|\n";
  for (const Declared& one : page.declared) {
    *out += "| " + one.word + " | " + Code(one.name, true) + " | " + Code(one.detail, true) + " | " + Plain(one.doc) +
            " |\n";
  }
  if (!page.declared.empty()) *out += "\n";
  for (const Pipe& pipe : page.pipes) Append(pipe, out);
}

}  // namespace

std::string RenderMarkdown(const std::vector<Page>& pages) {
  std::string out;
  for (const Page& page : pages) Append(page, &out);
  while (out.size() > 1 && out[out.size() - 2] == '\n') out.pop_back();
  return out;
}

}  // namespace cdc::doc
