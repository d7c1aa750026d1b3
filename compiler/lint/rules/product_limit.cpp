#include <algorithm>
#include <set>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// What the product behind a preset `std.name` takes; 0: nobody says.
struct Product {
  std::string_view name;
  std::string_view title;
  int64_t record_bytes = 0;
  size_t tables = 0;             // of one pipe
  size_t filtered_tables = 0;    // of them with `where`
  size_t filter_characters = 0;  // of one `where`
};
constexpr Product kProducts[] = {
    {.name = "dts", .title = "DTS", .record_bytes = 10'000'000, .tables = 1000},
    {.name = "drs", .title = "DRS", .filtered_tables = 500, .filter_characters = 512},
};

class LimitChecker {
 public:
  LimitChecker(const ProgramView& program, Diagnostics* diagnostics) : program_(program), diagnostics_(*diagnostics) {}

  void Pipe(const PipeView& pipe) {
    if (pipe.decl == nullptr) return;
    const std::set<std::string> used = UsedBy(pipe);
    for (const Product& product : kProducts) {
      if (used.count(std::string(product.name)) == 0) continue;
      Records(pipe, product);
      Tables(pipe, product);
      for (const RuleView& rule : pipe.rules) Filter(rule, product);
    }
  }

 private:
  static void Add(const ast::UseClause& use, std::set<std::string>* names) {
    if (use.member && use.name.text == "std") names->insert(use.member->text);
  }
  template <class Item>
  static void Add(const Item& item, std::set<std::string>* names) {
    const auto* clause = std::get_if<ast::Clause>(&item.node);
    const auto* use = clause == nullptr ? nullptr : std::get_if<ast::UseClause>(&clause->node);
    if (use != nullptr) Add(*use, names);
  }

  // The names behind `use std.` in the pipe, its rules, its source and its sink.
  std::set<std::string> UsedBy(const PipeView& pipe) const {
    std::set<std::string> names;
    for (const ast::PipeItem& item : pipe.decl->items) {
      Add(item, &names);
      const auto* rule = std::get_if<ast::TableRule>(&item.node);
      if (rule == nullptr) continue;
      for (const ast::TableItem& inner : rule->items) Add(inner, &names);
    }
    for (const sema::InputFile& file : program_.input.program.files) {
      for (const ast::Declaration& declaration : file.ast->declarations) {
        const auto* resource = std::get_if<ast::ResourceDecl>(&declaration.node);
        if (resource == nullptr) continue;
        const std::vector<std::string>& sources = pipe.pipe->sources;
        const bool own = resource->name.text == pipe.pipe->sink ||
                         std::find(sources.begin(), sources.end(), resource->name.text) != sources.end();
        for (const ast::SettingsItem& item : resource->settings.items) {
          const auto* use = std::get_if<ast::UseClause>(&item.node);
          if (own && use != nullptr) Add(*use, &names);
        }
      }
    }
    return names;
  }

  void Records(const PipeView& pipe, const Product& product) {
    if (product.record_bytes == 0 || pipe.sink == nullptr) return;
    if (pipe.sink->settings.Number("record_max") <= product.record_bytes) return;
    const auto written = pipe.sink->written.find("record_max");
    Report(written == pipe.sink->written.end() ? pipe.sink->span : written->second,
           "records may be larger than " + std::string(product.title) + " ever sent",
           "a record above 10 MB stops a task of " + std::string(product.title));
  }

  void Tables(const PipeView& pipe, const Product& product) {
    size_t tables = 0;
    size_t filtered = 0;
    for (const RuleView& rule : pipe.rules) {
      tables += rule.tables.size();
      filtered += rule.rule->where ? rule.tables.size() : 0;
    }
    const std::string title(product.title);
    if (product.tables != 0 && tables > product.tables) {
      Report(pipe.decl->name.span, std::to_string(tables) + " tables in one pipe",
             "a task of " + title + " has at most " + std::to_string(product.tables));
    }
    if (product.filtered_tables != 0 && filtered > product.filtered_tables) {
      Report(pipe.decl->name.span, std::to_string(filtered) + " tables with a filter in one pipe",
             "a task of " + title + " filters at most " + std::to_string(product.filtered_tables));
    }
  }

  void Filter(const RuleView& rule, const Product& product) {
    if (product.filter_characters == 0) return;
    for (const ast::TableItem& item : rule.ast().items) {
      const auto* where = std::get_if<ast::WhereClause>(&item.node);
      if (where == nullptr) continue;
      const Span span = ast::SpanOf(where->condition);
      const std::string_view text = program_.TextOf(span);
      // Characters, not bytes: a byte 10xxxxxx goes on with one.
      const auto characters = static_cast<size_t>(std::count_if(
          text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
      if (characters <= product.filter_characters) continue;
      Report(span, "this filter has " + std::to_string(characters) + " characters",
             std::string(product.title) + " takes " + std::to_string(product.filter_characters));
    }
  }

  void Report(Span span, std::string message, std::string label) {
    if (sema::AlreadyReported(Kind::kProductLimit, span, diagnostics_)) return;
    diagnostics_.Report(Kind::kProductLimit, span, std::move(message), std::move(label));
  }

  const ProgramView& program_;
  Diagnostics& diagnostics_;
};

void RunProductLimit(const ProgramView& program, Diagnostics* diagnostics) {
  LimitChecker checker(program, diagnostics);
  for (const PipeView& pipe : program.pipes) checker.Pipe(pipe);
}

}  // namespace

Rule ProductLimit() { return {.kind = Kind::kProductLimit, .of_program = RunProductLimit}; }

}  // namespace cdc::lint
