#include "compiler/sema/rows.h"

#include <algorithm>

#include "compiler/sema/clauses.h"
#include "compiler/sema/expand.h"
#include "stdlib/catalog/catalog.h"
#include "stdlib/core/names.h"

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;
using expr::ExprKind;

bool Has(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& other) { return SameName(other, name); });
}

// Resolves one expression, reporting its problems and unhandled failures.
class Resolver {
 public:
  Resolver(bool transform_handled, int* skipped, Diagnostics* diagnostics)
      : transform_handled_(transform_handled), skipped_(*skipped), diagnostics_(*diagnostics) {}

  Type Value(const Expr& expr, const ProgramScope& scope) { return Done(expr, scope, expr::Resolve).type; }
  // Nothing if it cannot be told.
  std::optional<expr::Typed> Condition(const Expr& expr, const ProgramScope& scope) {
    return Done(expr, scope, expr::ResolveCondition).typed;
  }
  Type As(const Expr& expr, const Type& type, const ProgramScope& scope) {
    Type result = type;
    result.sensitive = Done(expr, scope, [&](const Expr& e, const expr::Scope& s) {
                         return expr::ResolveAs(e, type, s);
                       }).type.sensitive;
    return result;
  }

 private:
  template <class Resolve>
  expr::Resolution Done(const Expr& expr, const ProgramScope& scope, Resolve resolve) {
    if (!scope.HasColumns() && HasUnknownParam(expr)) {
      ++skipped_;
      return {};
    }
    expr::Resolution resolution = resolve(expr, scope);
    ReportProblems(resolution.problems, &diagnostics_);
    skipped_ += resolution.skipped_checks;
    const expr::Typed* fallible = resolution.typed ? FindFallible(*resolution.typed) : nullptr;
    if (fallible != nullptr && !transform_handled_) {
      Span span = ast::SpanOf(fallible->origin);
      if (!AlreadyReported(Kind::kUnhandledFailure, span, diagnostics_)) {
        diag::Diagnostic& made = diagnostics_.Report(
            Kind::kUnhandledFailure, span, "this may fail for a row, and nothing says what happens then", "may fail");
        made.notes = {"write `try_cast` (NULL on failure), or say `on error (transform) …;`"};
        if (fallible->kind == expr::ExprKind::kCast && fallible->function != nullptr) {
          made.fixes.push_back(
              {"write `try_cast`", diag::Applicability::kMaybe, {{{span.file, span.begin, span.begin}, "try_"}}});
        }
      }
    }
    return resolution;
  }

  bool transform_handled_;
  int& skipped_;
  Diagnostics& diagnostics_;
};

class RowChecker {
 public:
  RowChecker(const Rule& rule, const TableCase& table, Diagnostics* diagnostics)
      : rule_(rule),
        table_(table),
        diagnostics_(*diagnostics),
        resolver_(HandlesTransformErrors(rule.on), &shape_.skipped, diagnostics) {}

  RowShape Run() {
    if (rule_.where) {
      const auto where = resolver_.Condition(*rule_.where, ProgramScope::Row(table_, rule_.groups, false));
      if (where) not_null_ = expr::ColumnsProvenNotNull(*where);
    }
    if (rule_.select.empty()) {
      ast::SelectItem star;
      star.star = true;
      star.span = rule_.span;
      Star(star);
    }
    for (const ast::SelectItem& item : rule_.select) item.star ? Star(item) : Item(item);
    Leaks();
    Key();
    Partition();
    Tombstones();
    Expressible();
    ProgramScope output =
        ProgramScope::Output(shape_.output, table_.schema == nullptr ? "" : TableText(), rule_.groups);
    for (const Header& header : rule_.headers) resolver_.Value(header.value, output);
    for (const Topic::Arm& arm : rule_.topic.arms) resolver_.Condition(arm.when, output);
    shape_.skipped += CheckWhens(rule_.on, table_, rule_.groups, HandlesTransformErrors(rule_.on), &diagnostics_);
    if (!shape_.output.complete) ++shape_.skipped;
    return std::move(shape_);
  }

 private:
  ProgramScope SelectScope() const {
    ProgramScope scope = ProgramScope::Row(table_, rule_.groups, true);
    scope.SetGroupLengths(rule_.group_lengths);
    scope.Narrow(not_null_);
    return scope;
  }
  Type TypeOf(const Column& column) const {
    Type type = column.type;
    const int at = table_.schema == nullptr ? -1 : table_.schema->Find(column.name);
    if (at >= 0 && std::binary_search(not_null_.begin(), not_null_.end(), at)) type.nullable = false;
    type.sensitive = FindSensitive(table_, column.name) != nullptr;
    return type;
  }
  std::string TableText() const { return table_.database + "." + table_.table; }

  void Report(Kind kind, Span span, std::string message, std::string label = "") {
    if (!AlreadyReported(kind, span, diagnostics_))
      diagnostics_.Report(kind, span, std::move(message), std::move(label));
  }

  void Add(OutputColumn column) {
    if (const OutputColumn* other = shape_.output.Find(column.name)) {
      if (!AlreadyReported(Kind::kDuplicateOutput, column.span, diagnostics_)) {
        diag::Diagnostic& diagnostic = diagnostics_.Report(Kind::kDuplicateOutput, column.span,
                                                           "two output columns are called `" + column.name + "`");
        if (!(other->span == column.span)) diagnostic.labels.push_back({other->span, "the first"});
      }
      return;
    }
    shape_.output.columns.push_back(std::move(column));
  }

  // The lists of a star name source columns, each column once.
  void StarLists(const ast::SelectItem& item) {
    std::vector<std::string> seen;
    auto name = [&](const ast::Ident& column) {
      if (Has(seen, column.text)) {
        Report(Kind::kDuplicateOutput, column.span, "`" + column.text + "` stands twice in the lists of one `*`");
      }
      seen.push_back(column.text);
      if (table_.schema == nullptr || table_.schema->Find(column.text) >= 0) return;
      if (AlreadyReported(Kind::kUnknownColumn, column.span, diagnostics_)) return;
      std::vector<std::string> candidates;
      for (const Column& known : table_.schema->columns) candidates.push_back(known.name);
      ReportUnknown(Kind::kUnknownColumn, column.span,
                    "unknown column `" + column.text + "` in table `" + TableText() + "`", column.text, candidates,
                    &diagnostics_);
    };
    for (const ast::Ident& column : item.except) name(column);
    for (const auto& [from, to] : item.rename) name(from);
    for (const auto& [value, column] : item.replace) name(column);
  }

  void Star(const ast::SelectItem& item) {
    StarLists(item);
    ProgramScope row = SelectScope();
    auto renamed = [&](const std::string& column) -> const ast::Ident* {
      for (const auto& [from, to] : item.rename) {
        if (SameName(from.text, column)) return &to;
      }
      return nullptr;
    };
    auto replaced = [&](const std::string& column) -> const Expr* {
      for (const auto& [value, name] : item.replace) {
        if (SameName(name.text, column)) return &value;
      }
      return nullptr;
    };
    auto excepted = [&](const std::string& column) {
      return std::any_of(item.except.begin(), item.except.end(),
                         [&](const ast::Ident& name) { return SameName(name.text, column); });
    };
    if (table_.schema == nullptr) {
      shape_.output.complete = false;
      for (const ast::Ident& column : item.except) shape_.output.excepted.push_back(column.text);
      for (const auto& [from, to] : item.rename) {
        shape_.output.excepted.push_back(from.text);
        Add({to.text, TypeOf({from.text, Type()}), from.text, to.span});
      }
      for (const auto& [value, column] : item.replace) Add({column.text, resolver_.Value(value, row), "", column.span});
      return;
    }
    for (const Column& column : table_.schema->columns) {
      if (excepted(column.name)) {
        shape_.output.excepted.push_back(column.name);
      } else if (const Expr* value = replaced(column.name)) {
        Add({column.name, resolver_.Value(*value, row), "", ast::SpanOf(*value)});
      } else if (const ast::Ident* to = renamed(column.name)) {
        shape_.output.excepted.push_back(column.name);
        Add({to->text, TypeOf(column), column.name, to->span});
      } else {
        Add({column.name, TypeOf(column), column.name, item.span});
      }
    }
  }

  void Item(const ast::SelectItem& item) {
    ProgramScope row = SelectScope();
    const size_t known = diagnostics_.all().size();
    Type type = item.type ? resolver_.As(item.value, item.type->type, row) : resolver_.Value(item.value, row);
    if (diagnostics_.all().size() > known) OfferNull(item);
    bool column = item.value.kind == ExprKind::kColumn;
    bool named = column || item.value.kind == ExprKind::kMeta || item.value.kind == ExprKind::kMatch;
    if (!item.name && !named) {
      Report(Kind::kMissingClause, item.span, "a computed column needs a name", "write `… as name`");
      return;
    }
    bool source = column && !item.type && item.value.image == expr::Image::kCurrent;
    Add({item.name ? item.name->text : item.value.name, type, source ? item.value.name : "",
         item.name ? item.name->span : item.span});
  }

  // The last mistake is the item's: PIPE109 of its own value goes away with its `not null`.
  void OfferNull(const ast::SelectItem& item) {
    diag::Diagnostic* last = diagnostics_.Last();
    const bool own = last->kind == Kind::kNullIntoNotNull && last->span == ast::SpanOf(item.value);
    if (!own || !item.type || item.type->not_null.begin == item.type->not_null.end) return;
    last->fixes.push_back(
        {"let `" + item.name->text + "` be NULL", diag::Applicability::kMaybe, {{item.type->not_null, ""}}});
  }

  // PIPE118. Told once, what goes out counts as plain: key, topic and headers are made of it.
  void Leaks() {
    std::vector<std::pair<Span, std::vector<const OutputColumn*>>> places;
    for (const OutputColumn& column : shape_.output.columns) {
      if (!column.type.sensitive) continue;
      auto place =
          std::find_if(places.begin(), places.end(), [&](const auto& one) { return one.first == column.span; });
      if (place == places.end()) place = places.insert(place, {column.span, {}});
      place->second.push_back(&column);
    }
    for (const auto& [span, columns] : places) Leak(span, columns);
    for (OutputColumn& column : shape_.output.columns) column.type.sensitive = false;
  }

  void Leak(Span span, const std::vector<const OutputColumn*>& columns) {
    if (AlreadyReported(Kind::kSensitiveLeak, span, diagnostics_)) return;
    std::string names, sources;
    bool plain = true;
    for (const OutputColumn* column : columns) {
      names += (names.empty() ? "`" : ", `") + column->name + "`";
      sources += (sources.empty() ? "" : ", ") + column->source;
      plain = plain && !column->source.empty();
    }
    std::string table = table_.table.empty() ? "" : " of `" + TableText() + "`";
    diag::Diagnostic& diagnostic =
        diagnostics_.Report(Kind::kSensitiveLeak, span, "sensitive values" + table + " would go out in " + names);
    if (const ast::NamePart* declared = FindSensitive(table_, columns[0]->source)) {
      diagnostic.labels.push_back({declared->span, "declared sensitive here"});
    }
    diagnostic.notes = {"mask it (`mask`, `mask_email`, `sha256`, `hmac_sha256`, `pseudonymise`, `redact`), or leave " +
                            std::string("it out") + (plain ? ": `* except (" + sources + ")`" : ""),
                        "`reveal(value, 'reason')` publishes it as it is, for a reason that stands in the program"};
  }

  // An output column that a clause names; false after PIPE101 or PIPE127, or if it cannot be told.
  bool NamesOutput(const ast::Ident& name, const char* clause) {
    if (shape_.output.Find(name.text) != nullptr) return true;
    bool in_source =
        Has(shape_.output.excepted, name.text) || (table_.schema != nullptr && table_.schema->Find(name.text) >= 0);
    if (in_source) {
      Report(Kind::kKeyNotPublished, name.span,
             "`" + name.text + "` is not published, so it cannot be in `" + clause + "`", "`select` leaves it out");
    } else if (shape_.output.complete) {
      if (!AlreadyReported(Kind::kUnknownColumn, name.span, diagnostics_)) {
        ReportUnknown(Kind::kUnknownColumn, name.span, "unknown output column `" + name.text + "`", name.text,
                      shape_.output.Names(), &diagnostics_);
      }
    } else {
      ++shape_.skipped;
      return true;
    }
    return false;
  }

  void Key() {
    using KeyKind = ast::KeyClause::Kind;
    bool none = rule_.key && rule_.key->clause.kind == KeyKind::kNone;
    if (none) {
      shape_.key_known = true;
      no_key_ = true;
      return;
    }
    if (rule_.key && rule_.key->clause.kind == KeyKind::kColumns) {
      shape_.key_known = true;
      for (const ast::Ident& column : rule_.key->clause.columns) {
        if (Has(shape_.key, column.text)) {
          Report(Kind::kDuplicateOutput, column.span, "`" + column.text + "` stands twice in the key");
        } else if (NamesOutput(column, "key")) {
          shape_.key.push_back(column.text);
        }
      }
      return;
    }
    if (table_.schema == nullptr) {
      ++shape_.skipped;
      return;
    }
    std::vector<int> columns = rule_.key ? table_.schema->PrimaryKey() : table_.schema->DefaultKey();
    if (rule_.key && columns.empty()) {
      Report(Kind::kTableWithoutKey, rule_.key->span, "table `" + TableText() + "` has no primary key");
    }
    shape_.key_known = true;
    no_key_ = columns.empty();
    for (int column : columns) {
      const std::string& name = table_.schema->columns[static_cast<size_t>(column)].name;
      if (const OutputColumn* output = shape_.output.FindSource(name)) {
        shape_.key.push_back(output->name);
      } else {
        Report(Kind::kKeyNotPublished,
               rule_.key              ? rule_.key->span
               : rule_.select.empty() ? rule_.span
                                      : rule_.select[0].span,
               "the key column `" + name + "` of `" + TableText() + "` is not published",
               "publish it, or write another `key` clause");
      }
    }
  }

  void Partition() {
    using PartitionKind = ast::PartitionClause::Kind;
    if (!rule_.partition) return;
    const ast::PartitionClause& clause = rule_.partition->clause;
    bool otherwise = clause.else_number || clause.else_table;
    for (const ast::Ident& column : clause.columns) {
      if (!otherwise) NamesOutput(column, "partition");
    }
    if (clause.kind == PartitionKind::kKey && no_key_ && !otherwise) {
      Report(Kind::kTableWithoutKey, rule_.partition->span, "`partition by key`, but the records have no key",
             "write `partition by table`, or what happens `else`");
    }
    if (clause.kind == PartitionKind::kPrimaryKey) SensitivePrimaryKey();
    if (clause.kind == PartitionKind::kPrimaryKey && table_.schema != nullptr && table_.schema->PrimaryKey().empty() &&
        !otherwise) {
      Report(Kind::kTableWithoutKey, rule_.partition->span, "table `" + TableText() + "` has no primary key",
             "write what happens `else`");
    }
  }

  // Source columns, published or not: the partition tells something about them.
  void SensitivePrimaryKey() {
    if (table_.schema == nullptr) return;
    for (int index : table_.schema->PrimaryKey()) {
      const Column& column = table_.schema->columns[static_cast<size_t>(index)];
      if (!TypeOf(column).sensitive) continue;
      Report(Kind::kSensitiveLeak, rule_.partition->span,
             "the sensitive column `" + column.name + "` of `" + TableText() + "` would choose the partition",
             "write `partition by hash (…)` over a masked column");
    }
  }

  void Tombstones() {
    if (!no_key_) return;
    for (const On& on : rule_.on) {
      const ast::Action& action = on.clause.action;
      if (action.kind != ast::Action::Kind::kTombstone && !action.and_tombstone) continue;
      Report(Kind::kTombstoneWithoutKey, action.span, "a tombstone needs a key, and these records have none");
    }
  }

  void Expressible() {
    const catalog::KindDef* format = catalog::FindKind(catalog::Holder::kFormat, rule_.format.name);
    if (format == nullptr) return;
    for (const OutputColumn& column : shape_.output.columns) {
      const auto& kinds = format->cannot_express;
      if (std::find(kinds.begin(), kinds.end(), column.type.kind) == kinds.end()) continue;
      Report(Kind::kFormatCannotExpress, column.span,
             "format `" + format->name + "` has no rule for `" + column.name + "`, which is `" + TypeText(column.type) +
                 "`",
             "leave it out with `* except (" + column.name + ")`");
    }
  }

  const Rule& rule_;
  const TableCase& table_;
  Diagnostics& diagnostics_;
  RowShape shape_;
  bool no_key_ = false;        // certain: the records have none
  std::vector<int> not_null_;  // positions of columns that `where` proves not to be NULL
  Resolver resolver_;
};

}  // namespace

RowShape CheckRows(const Rule& rule, const TableCase& table, Diagnostics* diagnostics) {
  return RowChecker(rule, table, diagnostics).Run();
}

int CheckWhens(const std::vector<On>& rules, const TableCase& table, const std::vector<std::string>& groups,
               bool transform_handled, Diagnostics* diagnostics) {
  int skipped = 0;
  Resolver resolver(transform_handled, &skipped, diagnostics);
  for (const On& on : rules) {
    bool update = false;
    bool rows_only = true;
    for (const ast::Event& event : on.clause.events) {
      // A row that enters or leaves was updated.
      static constexpr std::string_view kUpdates[] = {"update", "enter", "leave", "dml"};
      update = update || std::find(std::begin(kUpdates), std::end(kUpdates), event.label) != std::end(kUpdates);
      rows_only = rows_only && ClassOf(event) == EventClass::kRow;
      for (const ast::Ident& column : event.of_columns) {
        if (table.schema == nullptr) {
          ++skipped;
        } else if (table.schema->Find(column.text) < 0 &&
                   !AlreadyReported(Kind::kUnknownColumn, column.span, *diagnostics)) {
          std::vector<std::string> candidates;
          for (const Column& known : table.schema->columns) candidates.push_back(known.name);
          ReportUnknown(Kind::kUnknownColumn, column.span,
                        "unknown column `" + column.text + "` in table `" + table.database + "." + table.table + "`",
                        column.text, candidates, diagnostics);
        }
      }
    }
    if (!on.clause.when) continue;
    resolver.Condition(*on.clause.when,
                       rows_only ? ProgramScope::Row(table, groups, update) : ProgramScope::Nothing(groups));
  }
  return skipped;
}

bool HandlesTransformErrors(const std::vector<On>& rules) {
  for (const On& on : rules) {
    for (const ast::Event& event : on.clause.events) {
      if (event.label != "error") continue;
      if (event.error_kinds.empty()) return true;
      for (const ast::Ident& kind : event.error_kinds) {
        if (kind.text == "transform") return true;
      }
    }
  }
  return false;
}

bool AlreadyReported(Kind kind, Span span, const Diagnostics& diagnostics) {
  const auto& all = diagnostics.all();
  return std::any_of(all.begin(), all.end(),
                     [&](const diag::Diagnostic& other) { return other.kind == kind && other.span == span; });
}

}  // namespace cdc::sema
