#include "compiler/trace/containers.h"

#include <variant>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/parse.h"

namespace cdc::trace {
namespace {

constexpr size_t kLineMax = 80;

bool Holds(const source::Span& span, const expr::Origin& place) {
  return span.begin <= place.begin && place.begin < span.end;
}

const char* WordOf(ast::ResourceKind kind) {
  switch (kind) {
    case ast::ResourceKind::kSource:
      return "source ";
    case ast::ResourceKind::kSink:
      return "sink ";
    case ast::ResourceKind::kRegistry:
      return "registry ";
    case ast::ResourceKind::kNotifier:
      return "notifier ";
    case ast::ResourceKind::kStore:
      return "store ";
  }
  return "";
}

std::string NameOf(const ast::Declaration& declaration, const expr::Origin& place) {
  if (const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node)) {
    for (const ast::PipeItem& item : pipe->items) {
      if (std::holds_alternative<ast::TableRule>(item.node) && Holds(item.span, place)) return "this rule";
    }
    return "pipe " + pipe->name.text;
  }
  if (const auto* preset = std::get_if<ast::PresetDecl>(&declaration.node)) return "preset " + preset->name.text;
  if (const auto* resource = std::get_if<ast::ResourceDecl>(&declaration.node)) {
    return WordOf(resource->what) + resource->name.text;
  }
  if (const auto* project = std::get_if<ast::ProjectDecl>(&declaration.node)) return "project " + project->name.text;
  if (const auto* param = std::get_if<ast::ParamDecl>(&declaration.node)) return "param " + param->name.text;
  if (const auto* secret = std::get_if<ast::SecretDecl>(&declaration.node)) return "secret " + secret->name.text;
  if (const auto* function = std::get_if<ast::FunctionDecl>(&declaration.node))
    return "function " + function->name.text;
  return "";
}

}  // namespace

Containers::Containers(const source::SourceFiles& files) : files_(files) {
  diag::Diagnostics known_already;
  for (uint32_t i = 0; i < files.size(); ++i) parsed_.push_back(parse::Parse(files, i, &known_already));
}

std::string Containers::NameOf(const expr::Origin& place) const {
  if (place.file >= parsed_.size()) return "";
  for (const ast::Declaration& declaration : parsed_[place.file].declarations) {
    if (Holds(declaration.span, place)) return trace::NameOf(declaration, place);
  }
  return "";
}

std::string Containers::LineOf(const expr::Origin& place) const {
  if (place.file >= files_.size()) return "";
  const source::SourceText& file = files_.Get(place.file);
  std::string line(file.Line(file.At(place.begin).line));
  const size_t first = line.find_first_not_of(" \t");
  const size_t last = line.find_last_not_of(" \t\r\n");
  if (first == line.npos) return "";
  line = line.substr(first, last - first + 1);
  if (line.size() <= kLineMax) return line;
  size_t end = kLineMax;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return line.substr(0, end) + "…";
}

}  // namespace cdc::trace
