#include "compiler/sema/pipes.h"

#include <algorithm>
#include <set>

#include "compiler/sema/merge.h"
#include "compiler/sema/rows.h"

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;

Topic DefaultTopic(Span span) {
  Topic topic;
  topic.span = span;
  topic.otherwise = {{{TemplatePart::Kind::kDatabase, "", false, false},
                      {TemplatePart::Kind::kText, "-", false, false},
                      {TemplatePart::Kind::kTable, "", false, false}},
                     span};
  return topic;
}

bool ReadsImages(const Expr& expr) {
  bool reads = false;
  ast::ForEach(expr, [&](const Expr& node) {
    const bool image = node.kind == expr::ExprKind::kColumn && node.image != expr::Image::kCurrent;
    reads = reads || image || (node.kind == expr::ExprKind::kCall && node.name == "changed");
  });
  return reads;
}

class PipeChecker {
 public:
  PipeChecker(const ast::PipeDecl& decl, Span span, PipeSurroundings* around)
      : decl_(decl), around_(*around), expander_(around->expander), diagnostics_(*around->expander.diagnostics()) {
    pipe_.name = decl.name.text;
    pipe_.span = span;
  }

  std::optional<Pipe> Run() {
    std::vector<const ast::Clause*> clauses;
    std::vector<const ast::PipeItem*> rules;
    for (const ast::PipeItem& item : decl_.items) {
      if (const auto* from = std::get_if<ast::FromClause>(&item.node)) From(*from, item);
      if (const auto* into = std::get_if<ast::IntoClause>(&item.node)) Into(*into, item);
      if (const auto* clause = std::get_if<ast::Clause>(&item.node)) clauses.push_back(clause);
      if (std::holds_alternative<ast::TableRule>(item.node)) rules.push_back(&item);
    }
    // Behind `into`, wherever that stands: what a store may be depends on the sink.
    for (const ast::PipeItem& item : decl_.items) {
      if (const auto* store = std::get_if<ast::StoreClause>(&item.node)) Store(*store, item);
    }
    auto missing = [&](const std::string& what) {
      diagnostics_.Report(Kind::kMissingClause, decl_.name.span, "pipe `" + pipe_.name + "` has no `" + what + "`");
    };
    if (!from_) missing("from");
    if (!into_) missing("into");
    if (rules.empty()) missing("table");
    expander_.EnterPipe(pipe_.name, OnlySource(pipe_));
    ClausePlace place{.in_table = false,
                      .pipe = pipe_.name,
                      .source = OnlySource(pipe_),
                      .groups = nullptr,
                      .only_the_log = OnlyTheLog()};
    said_ = ReadClauses(clauses, place, &expander_);
    pipe_.on = said_.on;
    pipe_.topic = said_.topic.value_or(DefaultTopic(decl_.name.span));
    pipe_.format = MakeFormat(said_.format, decl_.name.span);
    for (const ast::PipeItem* item : rules) TableRule(std::get<ast::TableRule>(item->node), *item);
    DeadRules();
    Tables();
    if (!complete_) return std::nullopt;
    return std::move(pipe_);
  }

 private:
  // True if the clause is the first of its kind.
  bool First(const ast::PipeItem** slot, const ast::PipeItem& item, const char* word) {
    if (*slot == nullptr) {
      *slot = &item;
      return true;
    }
    diagnostics_.Report(Kind::kDuplicateClause, item.word, std::string("two `") + word + "` clauses in one pipe")
        .labels.push_back({(*slot)->word, "the first"});
    return false;
  }

  const ast::ResourceDecl* FindResource(const ast::Ident& name, ast::ResourceKind what, const char* word) {
    std::vector<std::string> candidates;
    for (const auto& [key, resource] : expander_.names().resources) {
      if (resource->what == what && key == name.text) return resource;
      if (resource->what == what) candidates.push_back(key);
    }
    ReportUnknown(Kind::kUnknownName, name.span, std::string("unknown ") + word + " `" + name.text + "`", name.text,
                  candidates, &diagnostics_);
    complete_ = false;
    return nullptr;
  }

  void From(const ast::FromClause& from, const ast::PipeItem& item) {
    if (!First(&from_, item, "from")) return;
    for (const ast::Ident& source : from.sources) {
      auto first = std::find(pipe_.sources.begin(), pipe_.sources.end(), source.text);
      if (first != pipe_.sources.end()) {
        diagnostics_.Report(Kind::kDuplicateClause, source.span, "source `" + source.text + "` stands twice in `from`")
            .labels.push_back({source_spans_[static_cast<size_t>(first - pipe_.sources.begin())], "the first"});
        continue;
      }
      pipe_.sources.push_back(source.text);
      source_spans_.push_back(source.span);
      FindResource(source, ast::ResourceKind::kSource, "source");
    }
  }
  bool OnlyTheLog() const {
    return std::any_of(pipe_.sources.begin(), pipe_.sources.end(), [&](const std::string& source) {
      const auto found = expander_.names().resources.find(source);
      return found != expander_.names().resources.end() && found->second->kind.text == "binlog_files";
    });
  }
  void Into(const ast::IntoClause& into, const ast::PipeItem& item) {
    if (!First(&into_, item, "into")) return;
    pipe_.sink = into.sink.text;
    sink_ = FindResource(into.sink, ast::ResourceKind::kSink, "sink");
  }
  void Store(const ast::StoreClause& store, const ast::PipeItem& item) {
    if (!First(&store_, item, "store")) return;
    pipe_.store = store.store.text;
    FindResource(store.store, ast::ResourceKind::kStore, "store");
    if (sink_ == nullptr || sink_->kind.text != "kafka") return;
    auto settings = around_.resources.find(pipe_.sink);
    if (settings != around_.resources.end() && settings->second.values.Is("delivery", "exactly_once")) {
      diagnostics_.Report(Kind::kWrongPlace, store.store.span,
                          "`delivery exactly_once` keeps its state in the sink itself", "leave `store` out");
    } else {
      ReportLater(item.word, "a store apart from a sink `kafka`", &diagnostics_);
    }
  }

  Format MakeFormat(const std::optional<FormatSaid>& said, Span owner) {
    Format format;
    format.name = said ? said->name : "debezium_json";
    format.span = said ? said->span : owner;
    const catalog::KindDef* kind = catalog::FindKind(catalog::Holder::kFormat, format.name);
    WrittenSettings written = said ? said->settings : WrittenSettings();
    CheckedSettings settings =
        FinishSettings(*kind, std::move(written), format.span, "format `" + format.name + "`", &diagnostics_);
    format.settings = std::move(settings.values);
    for (const auto& [name, setting] : settings.written) format.written[name] = setting.value_span;
    return format;
  }

  void TableRule(const ast::TableRule& ast, const ast::PipeItem& item) {
    std::optional<TableMatcher> matcher = TableMatcher::Make(ast.pattern, &diagnostics_);
    if (!matcher) {
      complete_ = false;
      return;
    }
    Rule rule;
    rule.ast = &ast;
    rule.span = Cover(item.word, ast.pattern.span);
    rule.groups = matcher->groups();
    rule.group_lengths = matcher->group_lengths();
    matchers_.push_back(std::move(*matcher));
    ClausePlace place{.in_table = true,
                      .pipe = pipe_.name,
                      .source = OnlySource(pipe_),
                      .groups = &rule.groups,
                      .only_the_log = OnlyTheLog()};
    std::vector<const ast::Clause*> clauses;
    const ast::TableItem* where = nullptr;
    const ast::TableItem* select = nullptr;
    const ast::TableItem* merge = nullptr;
    const bool several = pipe_.sources.size() > 1 || !matchers_.back().IsExact();
    if (ast.as && several && !ast.skip) rule.merge = MergeMode::kStrict;
    rule.merge_span = rule.span;
    for (const ast::TableItem& table_item : ast.items) {
      if (const auto* clause = std::get_if<ast::Clause>(&table_item.node)) clauses.push_back(clause);
      if (const auto* node = std::get_if<ast::WhereClause>(&table_item.node)) Where(*node, table_item, &where, &rule);
      if (const auto* node = std::get_if<ast::SelectClause>(&table_item.node))
        Select(*node, table_item, &select, &rule);
      if (const auto* node = std::get_if<ast::MergeClause>(&table_item.node)) Merge(*node, table_item, &merge, &rule);
      if (std::holds_alternative<ast::SnapshotClause>(table_item.node))
        ReportLater(table_item.word, "`snapshot` of one table", &diagnostics_);
    }
    As(ast, place, &rule);
    Said own = ReadClauses(clauses, place, &expander_);
    Inherit(said_, &own);
    rule.topic = own.topic.value_or(DefaultTopic(rule.span));
    rule.key = own.key;
    rule.partition = own.partition;
    rule.format = MakeFormat(own.format, rule.span);
    rule.headers = std::move(own.headers);
    rule.on = std::move(own.on);
    pipe_.rules.push_back(std::move(rule));
  }

  bool Twice(const ast::TableItem** slot, const ast::TableItem& item, const char* word) {
    if (*slot == nullptr) {
      *slot = &item;
      return false;
    }
    diagnostics_.Report(Kind::kDuplicateClause, item.word, std::string("two `") + word + "` clauses in one rule")
        .labels.push_back({(*slot)->word, "the first"});
    return true;
  }

  void Where(const ast::WhereClause& node, const ast::TableItem& item, const ast::TableItem** slot, Rule* rule) {
    if (Twice(slot, item, "where")) return;
    if (node.with) ReportLater(node.with->span, "`where … using`", &diagnostics_);
    rule->where = expander_.Expand(node.condition);
  }

  void Select(const ast::SelectClause& node, const ast::TableItem& item, const ast::TableItem** slot, Rule* rule) {
    if (Twice(slot, item, "select")) return;
    const ast::SelectItem* star = nullptr;
    for (const ast::SelectItem& written : node.items) {
      if (written.star && star != nullptr) {
        diagnostics_.Report(Kind::kDuplicateOutput, written.span, "two `*` in one `select`")
            .labels.push_back({star->span, "the first"});
        continue;
      }
      if (written.star) star = &written;
      ast::SelectItem copy = written;
      if (!copy.star) copy.value = expander_.Expand(copy.value);
      for (auto& [value, column] : copy.replace) value = expander_.Expand(value);
      rule->select.push_back(std::move(copy));
    }
  }

  void Merge(const ast::MergeClause& node, const ast::TableItem& item, const ast::TableItem** slot, Rule* rule) {
    if (Twice(slot, item, "merge")) return;
    rule->merge_span = item.word;
    const std::string& word = node.mode.text;
    if (word != "strict" && word != "widen") {
      ReportUnknown(Kind::kBadSettingValue, node.mode.span, "`merge` is `strict` or `widen`", word, {"strict", "widen"},
                    &diagnostics_);
    } else if ((!rule->ast->as && pipe_.sources.size() == 1) || rule->ast->skip) {
      diagnostics_.Report(Kind::kWrongPlace, item.word, "`merge` is for tables that become one",
                          "write `as database.table` behind the rule's pattern");
    } else {
      rule->merge = word == "widen" ? MergeMode::kWiden : MergeMode::kStrict;
    }
  }

  void As(const ast::TableRule& ast, const ClausePlace& place, Rule* rule) {
    if (!ast.as) return;
    if (ast.skip) {
      diagnostics_.Report(Kind::kWrongPlace, rule->span, "a skipped table has no other name",
                          "leave `as` out, or `skip`");
      return;
    }
    auto read = [&](const ast::Target& target) -> std::optional<Template> {
      if (target.kind == ast::Target::Kind::kSame) return std::nullopt;
      if (target.kind == ast::Target::Kind::kTemplate) {
        return expander_.ReadTemplate(target.pattern, TemplatePlace::kTarget, place.pipe, place.source, place.groups);
      }
      return Template{{{TemplatePart::Kind::kText, target.text, false, false}}, target.span};
    };
    rule->target_database = read(ast.as->first);
    rule->target_table = read(ast.as->second);
  }

  // PIPE120: what an earlier rule takes whole.
  void DeadRules() {
    if (matchers_.size() != pipe_.rules.size()) return;
    const OwnerFinder finder(matchers_);
    for (size_t later = 0; later < matchers_.size(); ++later) {
      const int earlier = finder.FindContaining(matchers_[later], later);
      if (earlier < 0) continue;
      diagnostics_
          .Report(Kind::kDeadRule, pipe_.rules[later].ast->pattern.span, "this rule can never own a table",
                  "first match wins")
          .labels.push_back(
              {pipe_.rules[static_cast<size_t>(earlier)].ast->pattern.span, "all its tables are this rule's"});
    }
  }

  const KnownSource* Snapshot(const std::string& source) const {
    std::string folder = source;
    auto settings = around_.resources.find(source);
    if (settings != around_.resources.end()) {
      std::string other = settings->second.values.Text("schema_from");
      if (!other.empty()) folder = other;
    }
    auto found = around_.input.snapshots.find(folder);
    return found == around_.input.snapshots.end() ? nullptr : &found->second;
  }

  void Tables() {
    auto made = std::make_shared<PipeTables>();
    std::vector<std::string> unknown(pipe_.sources.empty() ? 1 : 0);
    for (const std::string& source : pipe_.sources) {
      const KnownSource* known = Snapshot(source);
      made->sources.push_back({source, known == nullptr ? nullptr : known->tables, {}});
      if (made->sources.back().snapshot == nullptr) unknown.push_back(source);
    }
    std::vector<std::vector<OwnedTable>> owned = Owned(made.get());
    int skipped = 0;
    std::vector<std::vector<TableCase>> cases;
    for (size_t i = 0; i < pipe_.rules.size(); ++i) {
      const Rule& rule = pipe_.rules[i];
      if (unknown.empty() && matchers_[i].IsExact()) ExactTable(rule, made->sources);
      cases.push_back(CasesOf(rule, matchers_[i], owned[i], unknown));
      MarkSensitive(around_.sensitive, matchers_[i], &cases.back());
      made->rules.push_back({matchers_[i], cases.back(), {}});
      if (rule.ast->skip) continue;
      if (rule.merge == MergeMode::kWiden) {
        WidenCases(rule, &cases.back(), &made->merged, &diagnostics_);
        made->rules.back().cases = cases.back();
      }
      std::vector<RowShape>& shapes = made->rules.back().shapes;
      const Schema* widened = nullptr;  // that the shape before is of
      for (const TableCase& table : cases.back()) {
        // Widened tables are one to their rule.
        const bool again = table.own != nullptr && table.schema == widened;
        shapes.push_back(again ? RowShape(shapes.back()) : CheckRows(rule, table, &diagnostics_));
        widened = table.own != nullptr ? table.schema : nullptr;
        if (table.schema == nullptr) skipped += shapes.back().skipped;
      }
      CheckMerged(rule, cases.back(), shapes, &diagnostics_);
    }
    for (const std::string& source : unknown) {
      if (around_.resources.count(source) != 0) around_.checked.skipped[source] += skipped;
    }
    for (size_t i = 0; i < pipe_.sources.size(); ++i) {
      if (const KnownSource* known = Snapshot(pipe_.sources[i])) Server(i, *known);
    }
    CheckWhens(pipe_.on, TableCase(), {}, true, &diagnostics_);
    CheckTopics(pipe_, cases, &diagnostics_);
    pipe_.tables = std::move(made);
  }

  // Finds who owns each table; returns the tables of each rule, those of one source after the other.
  std::vector<std::vector<OwnedTable>> Owned(PipeTables* made) const {
    std::vector<std::vector<OwnedTable>> owned(matchers_.size());
    const OwnerFinder finder(matchers_);
    for (SourceTables& of : made->sources) {
      if (of.snapshot == nullptr) continue;
      of.owners = finder.Owners(*of.snapshot);
      for (size_t i = 0; i < of.owners.size(); ++i) {
        if (of.owners[i] < 0) continue;
        owned[static_cast<size_t>(of.owners[i])].push_back({&(*of.snapshot)[i], of.source});
      }
    }
    return owned;
  }

  // PIPE102: a table named in full that no snapshot has.
  void ExactTable(const Rule& rule, const std::vector<SourceTables>& sources) {
    const ast::Pattern& pattern = rule.ast->pattern;
    std::vector<const std::vector<Schema>*> snapshots;
    for (const SourceTables& source : sources) {
      if (FindTable(*source.snapshot, pattern.database.text, pattern.table.text)) return;
      snapshots.push_back(source.snapshot);
    }
    ReportUnknownTable(snapshots, {pattern.database.text, pattern.database.span},
                       {pattern.table.text, pattern.table.span}, NoSnapshotHasIt(pipe_.sources), &diagnostics_);
  }

  // What `_server.json` says against this pipe.
  void Server(size_t number, const KnownSource& known) {
    const std::string& source = pipe_.sources[number];
    // Of several sources, the one that is meant.
    const Span place = pipe_.sources.size() == 1 ? from_->span : source_spans_[number];
    if (!known.binlog_format.empty() && known.binlog_format != "ROW") {
      diagnostics_.Report(
          Kind::kServerNotReady, place,
          "the server of `" + source + "` writes no rows to its binlog: `binlog_format` is " + known.binlog_format,
          "set binlog_format=ROW on the server");
    }
    const auto settings = around_.resources.find(source);
    const bool loads = settings != around_.resources.end() && !settings->second.values.Is("snapshot", "none");
    if (!known.gtid_mode.empty() && known.gtid_mode != "ON" && loads) {
      diagnostics_.Report(Kind::kServerNotReady, place,
                          "the first load from `" + source + "` needs GTIDs: `gtid_mode` is " + known.gtid_mode,
                          "set gtid_mode=ON on the server, or write `snapshot none;` in the source");
    }
    if (known.binlog_row_image.empty() || known.binlog_row_image == "FULL") return;
    NeedsWholeRows(source, place, known.binlog_row_image);
  }

  // PIPE128, at what needs whole rows most; this release reads no others, so that every pipe has one.
  void NeedsWholeRows(const std::string& source, Span place, const std::string& image) {
    bool told = false;
    auto tell = [&](Span span, const std::string& what) {
      if (AlreadyReported(Kind::kNeedsFullImage, span, diagnostics_)) return;
      diagnostics_.Report(Kind::kNeedsFullImage, span,
                          what + ", and `binlog_row_image` of `" + source + "` is " + image,
                          "set binlog_row_image=FULL on the server");
      told = true;
    };
    for (const Rule& rule : pipe_.rules) {
      if (rule.where) tell(ast::SpanOf(*rule.where), "a filter needs whole rows");
      for (const On& on : rule.on) {
        if (on.clause.when && ReadsImages(*on.clause.when)) {
          tell(ast::SpanOf(*on.clause.when), "`old.`, `new.` and `changed()` need whole rows");
        }
      }
    }
    if (!told) tell(place, "this release reads whole rows only");
  }

  const ast::PipeDecl& decl_;
  PipeSurroundings& around_;
  Expander& expander_;
  Diagnostics& diagnostics_;
  Pipe pipe_;
  Said said_;
  std::vector<Span> source_spans_;      // parallel to pipe_.sources
  std::vector<TableMatcher> matchers_;  // parallel to pipe_.rules
  const ast::PipeItem* from_ = nullptr;
  const ast::PipeItem* into_ = nullptr;
  const ast::PipeItem* store_ = nullptr;
  const ast::ResourceDecl* sink_ = nullptr;
  bool complete_ = true;
};

}  // namespace

std::optional<Pipe> CheckPipe(const ast::PipeDecl& decl, Span span, PipeSurroundings* around) {
  return PipeChecker(decl, span, around).Run();
}

std::vector<std::string> SourcesOf(const ast::PipeDecl& decl) {
  std::vector<std::string> names;
  for (const ast::PipeItem& item : decl.items) {
    const auto* from = std::get_if<ast::FromClause>(&item.node);
    if (from == nullptr) continue;
    for (const ast::Ident& source : from->sources) {
      if (std::find(names.begin(), names.end(), source.text) == names.end()) names.push_back(source.text);
    }
    break;
  }
  return names;
}

std::optional<std::string> OnlySource(const Pipe& pipe) {
  if (pipe.sources.size() > 1) return std::nullopt;
  return pipe.sources.empty() ? std::string() : pipe.sources[0];
}

std::string NoSnapshotHasIt(const std::vector<std::string>& sources) {
  if (sources.size() == 1) return "the schema snapshot of `" + sources[0] + "` does not have it";
  std::string names;
  for (const std::string& source : sources) names += (names.empty() ? "`" : ", `") + source + "`";
  return "no schema snapshot of " + names + " has it";
}

}  // namespace cdc::sema
