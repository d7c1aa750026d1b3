#include "compiler/doc/page.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <variant>

#include "compiler/ast/ast.h"
#include "compiler/doc/table_comment.h"
#include "compiler/load/snapshot.h"
#include "compiler/parse/parse.h"
#include "compiler/plan/merged.h"
#include "compiler/plan/outputs.h"
#include "compiler/plan/owners.h"
#include "compiler/plan/text_rules.h"

namespace cdc::doc {
namespace {

using plan::TableRule;

std::string NameOf(const Schema& table) {
  return plan::QuotedName(table.database) + "." + plan::QuotedName(table.table);
}

Column MadeOf(const plan::Output& output) {
  Column column;
  column.name = output.name;
  if (output.type.kind != TypeKind::kUnknown) {
    column.type = TypeText(output.type) + (output.type.nullable ? "" : " not null");
  }
  if (output.value != nullptr) column.value = expr::ToText(*output.value);
  column.from = output.columns;
  column.comment = output.comment;
  return column;
}

class PageMaker {
 public:
  explicit PageMaker(const compile::Compiled& compiled) : compiled_(compiled), plan_(*compiled.plan) {
    diag::Diagnostics known_already;
    for (uint32_t i = 0; i < compiled.files->size(); ++i) {
      parsed_.push_back(parse::Parse(*compiled.files, i, &known_already));
    }
  }

  Page Run() {
    Page page;
    page.title = plan_.program;
    page.path = compiled_.files->Get(0).path();
    Resources("source", plan_.sources, &page);
    Resources("sink", plan_.sinks, &page);
    Resources("store", plan_.stores, &page);
    Resources("registry", plan_.registries, &page);
    Params(&page);
    for (const plan::Pipe& pipe : plan_.pipes) page.pipes.push_back(OnePipe(pipe));
    return page;
  }

 private:
  // ---- doc comments ----

  std::string DocOfResource(const std::string& name) const {
    for (const ast::File& file : parsed_) {
      for (const ast::Declaration& declaration : file.declarations) {
        const auto* resource = std::get_if<ast::ResourceDecl>(&declaration.node);
        if (resource != nullptr && resource->name.text == name) return declaration.trivia.doc;
      }
    }
    return "";
  }

  // Of the pipe or rule that stands at a place.
  std::string DocAt(const expr::Origin& place, bool of_rule) const {
    if (place.file >= parsed_.size()) return "";
    auto holds = [&](const source::Span& span) { return span.begin <= place.begin && place.begin < span.end; };
    for (const ast::Declaration& declaration : parsed_[place.file].declarations) {
      const auto* pipe = std::get_if<ast::PipeDecl>(&declaration.node);
      if (pipe == nullptr || !holds(declaration.span)) continue;
      if (!of_rule) return declaration.trivia.doc;
      for (const ast::PipeItem& item : pipe->items) {
        if (holds(item.span)) return item.trivia.doc;
      }
    }
    return "";
  }

  void Resources(const char* word, const std::vector<plan::Resource>& resources, Page* page) const {
    for (const plan::Resource& resource : resources) {
      page->declared.push_back({word, resource.name, resource.kind, DocOfResource(resource.name)});
    }
  }

  void Params(Page* page) const {
    for (const ast::Declaration& declaration : parsed_[0].declarations) {
      const auto* param = std::get_if<ast::ParamDecl>(&declaration.node);
      if (param == nullptr) continue;
      const std::string text(compiled_.files->Get(0).Slice(declaration.span));
      page->declared.push_back({"param", param->name.text, text, declaration.trivia.doc});
    }
  }

  // ---- pipes and tables ----

  Pipe OnePipe(const plan::Pipe& pipe) const {
    Pipe made;
    made.name = pipe.name;
    made.place = plan::LineOf(plan_, pipe.origin);
    made.doc = DocAt(pipe.origin, false);
    made.sources = pipe.sources;
    made.sink = pipe.sink;
    std::set<int> owners;
    bool known_all = true;
    const plan::MergedTables merged(pipe, KnownOf(pipe));
    for (const std::string& source : pipe.sources) {
      auto known = std::find_if(compiled_.tables.begin(), compiled_.tables.end(),
                                [&](const plan::KnownTables& tables) { return tables.source == source; });
      known_all = known_all && known != compiled_.tables.end();
      if (known != compiled_.tables.end()) Tables(pipe, *known, merged, &owners, &made);
    }
    for (size_t i = 0; i < pipe.tables.size(); ++i) {
      const bool told = known_all || owners.count(static_cast<int>(i)) != 0;
      if (!told && !pipe.tables[i].skip) made.tables.push_back(OneTable(pipe, pipe.tables[i], "", nullptr));
    }
    return made;
  }

  plan::SourceTables KnownOf(const plan::Pipe& pipe) const {
    plan::SourceTables known;
    for (const std::string& source : pipe.sources) {
      for (const plan::KnownTables& tables : compiled_.tables) {
        if (tables.source == source) known.push_back(&tables);
      }
    }
    return known;
  }

  void Tables(const plan::Pipe& pipe, const plan::KnownTables& known, const plan::MergedTables& merged,
              std::set<int>* owners, Pipe* made) const {
    const plan::Owners rules(pipe);
    for (const Schema& table : known.tables) {
      const std::string name = (pipe.sources.size() > 1 ? known.source + ": " : "") + NameOf(table);
      const int owner = rules.Find(table.database, table.table);
      if (owner < 0) {
        made->not_captured.push_back(name);
        continue;
      }
      owners->insert(owner);
      const TableRule& rule = pipe.tables[static_cast<size_t>(owner)];
      if (rule.skip) {
        made->skipped.push_back(name);
      } else {
        made->tables.push_back(OneTable(pipe, rule, known.source, &merged.Seen(table)));
        const plan::LogicalTable* logical = merged.Find(table);
        if (logical != nullptr && logical->parts.size() > 1) made->tables.back().merge = plan::MergeText(*logical);
      }
    }
  }

  // `schema` null: the rule stands for its tables.
  Table OneTable(const plan::Pipe& pipe, const TableRule& rule, const std::string& source, const Schema* schema) const {
    Table made;
    const plan::Names names = schema != nullptr ? plan::NamesOf(rule, *schema, source) : plan::NamesOf(rule);
    made.name =
        schema != nullptr ? NameOf(*schema) : plan::PatternText(rule.database) + "." + plan::PatternText(rule.table);
    if (schema != nullptr && pipe.sources.size() > 1) made.name = source + ": " + made.name;
    made.rule = plan::LineOf(plan_, rule.origin);
    made.doc = DocAt(rule.origin, true);
    if (rule.target_database || rule.target_table) made.records = names.database + "." + names.table;
    made.topics = plan::TopicsOf(rule.topic, names, plan::RowOps(plan_, pipe));
    if (!rule.topic.arms.empty()) made.topic = plan::TopicText(rule.topic, names);
    made.key = plan::KeyText(rule.key, schema);
    made.partition = plan::PartitionText(rule.partition, made.key);
    made.format = rule.format.name;
    if (rule.where) made.filter = expr::ToText(*rule.where);
    for (const plan::OnRule& on : rule.on) {
      if (!on.built_in) made.on.push_back(plan::OnText(on));
    }
    for (const plan::HeaderRule& header : rule.headers) {
      made.headers.emplace_back(plan::Filled(header.name, names), expr::ToText(header.value));
    }
    if (schema == nullptr) {
      made.select = plan::SelectText(rule.select);
    } else {
      made.comment = CommentOf(source, *schema);
      Columns(rule, *schema, &made);
    }
    return made;
  }

  static void Columns(const TableRule& rule, const Schema& schema, Table* made) {
    std::set<std::string> read;
    for (const plan::Output& output : plan::OutputsOf(rule, schema)) {
      made->columns.push_back(MadeOf(output));
      read.insert(output.columns.begin(), output.columns.end());
    }
    for (const cdc::Column& column : schema.columns) {
      if (read.count(column.name) == 0) made->not_published.push_back(column.name);
    }
  }

  // From the snapshot's file, which is all that keeps it.
  std::string CommentOf(const std::string& source, const Schema& table) const {
    if (plan_.schema_directory.empty()) return "";
    std::string folder = source;
    for (const plan::Resource& resource : plan_.sources) {
      if (resource.name == source) folder = resource.settings.Text("schema_from", source);
    }
    const std::filesystem::path path =
        std::filesystem::path(plan_.schema_directory) / folder / table.database / (table.table + ".sql");
    const Result<std::string> text = load::ReadFile(path);
    return text.ok() ? TableComment(*text) : "";
  }

  const compile::Compiled& compiled_;
  const plan::Plan& plan_;
  std::vector<ast::File> parsed_;
};

}  // namespace

Page MakePage(const compile::Compiled& compiled) { return PageMaker(compiled).Run(); }

}  // namespace cdc::doc
