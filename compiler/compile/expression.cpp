// The text is read as the body of a function in a program made around it; then every place is moved back to the text.

#include "compiler/compile/expression.h"

#include <algorithm>

#include "compiler/load/snapshot.h"
#include "compiler/parse/parse.h"
#include "compiler/sema/expand.h"
#include "compiler/sema/scope.h"
#include "compiler/sema/test_check.h"

namespace cdc::compile {
namespace {

using diag::Diagnostic;
using source::Span;

constexpr uint32_t kAround = 0;  // file numbers
constexpr uint32_t kText = 1;

expr::Literal LiteralOfParam(const std::string& text) {
  const size_t digits = text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0);
  if (!text.empty() && digits == std::string::npos && text != "-") return {expr::LiteralKind::kInteger, text};
  if (text == "true" || text == "false") return {expr::LiteralKind::kBool, text};
  return {expr::LiteralKind::kString, text};
}

bool IsName(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c == '_' || c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

class Mover {
 public:
  Mover(uint32_t prefix, uint32_t size) : prefix_(prefix), size_(size) {}

  void Move(Span* span) const { *span = {kText, At(span->begin), At(span->end)}; }
  void Move(Diagnostic* diagnostic) const {
    Move(&diagnostic->span);
    for (diag::Label& label : diagnostic->labels) Move(&label.span);
    for (diag::Fix& fix : diagnostic->fixes) {
      for (diag::Edit& edit : fix.edits) Move(&edit.span);
    }
  }
  void Move(expr::Expr* expr) const {
    Span span = ast::SpanOf(*expr);
    Move(&span);
    expr->origin = ast::ToOrigin(span);
    for (expr::Expr& arg : expr->args) Move(&arg);
  }

 private:
  uint32_t At(uint32_t offset) const { return std::min(offset < prefix_ ? 0 : offset - prefix_, size_); }

  const uint32_t prefix_;
  const uint32_t size_;
};

// Fills `table`, or usage_error.
void FindTable(const ExpressionOptions& options, diag::Diagnostics* diagnostics, CompiledExpression* out) {
  const std::string directory = options.schema_dir.empty() ? "schema" : options.schema_dir;
  load::WantedTables all;
  all.AddAll();
  const std::vector<load::Snapshot> snapshots = load::SnapshotCache().Read(directory, all, diagnostics);
  std::vector<std::string> known;
  for (const load::Snapshot& snapshot : snapshots) {
    for (const Schema& table : snapshot.tables) {
      const std::string name = table.database + "." + table.table;
      known.push_back(name);
      if (options.table != name && options.table != snapshot.source + "." + name) continue;
      if (out->table) {
        out->usage_error = "`" + options.table + "` is a table of several sources: write source.database.table";
        return;
      }
      out->table = table;
    }
  }
  if (out->table) return;
  const std::string hint = sema::DidYouMean(options.table, known);
  out->usage_error = "`" + directory + "` has no table `" + options.table + "`" + (hint.empty() ? "" : ": " + hint);
}

}  // namespace

CompiledExpression CompileExpression(const std::string& text, const ExpressionOptions& options) {
  CompiledExpression out;
  out.files = std::make_shared<source::SourceFiles>();
  std::string around;
  sema::ParamValues params;
  for (const auto& [name, value] : options.params) {
    if (!IsName(name)) {
      out.usage_error = "`" + name + "` is no name of a parameter";
      return out;
    }
    around += "param `" + name + "`: string;\n";
    params[name] = LiteralOfParam(value);
  }
  around += "function eval() returns int = ";
  const Mover mover(static_cast<uint32_t>(around.size()), static_cast<uint32_t>(text.size()));
  out.files->Add("around", around + text + "\n;\n");
  out.files->Add("expression", text);

  diag::Diagnostics found;
  const ast::File file = parse::Parse(*out.files, kAround, &found);
  if (!options.table.empty()) FindTable(options, &found, &out);
  const auto* function =
      file.declarations.empty() ? nullptr : std::get_if<ast::FunctionDecl>(&file.declarations.back().node);
  if (!found.has_errors() && out.usage_error.empty() && function != nullptr) {
    sema::Input input;
    input.files.push_back({&file, {}});
    diag::Diagnostics ignored;
    const sema::Names names = sema::CollectNames(input, &ignored);
    sema::Expander expander(names, params, &found);
    expr::Expr value = expander.Expand(function->body);
    sema::RefuseMeta(value, &found);
    const sema::ProgramScope scope =
        out.table ? sema::ProgramScope::Row(sema::CaseOf(&*out.table), {}, false) : sema::ProgramScope::Nothing({});
    sema::ReportAlone(value, scope, &found);
    mover.Move(&value);
    out.value = std::move(value);
  }
  for (Diagnostic diagnostic : found.all()) {
    if (diagnostic.has_span) mover.Move(&diagnostic);
    out.diagnostics.Add(std::move(diagnostic));
  }
  out.diagnostics.Sort();
  if (out.diagnostics.has_errors()) out.value.reset();
  return out;
}

}  // namespace cdc::compile
