#include "compiler/sema/merge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "stdlib/core/merged_schema.h"
#include "stdlib/core/names.h"

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;
using expr::ExprKind;

// Positions of tables by the name that they are published under, in order of their own names.
using Logical = std::map<std::pair<std::string, std::string>, std::vector<size_t>>;

Logical LogicalTables(const std::vector<TableCase>& cases) {
  Logical tables;
  for (size_t i = 0; i < cases.size(); ++i) {
    const TableCase& table = cases[i];
    if (table.schema == nullptr || table.target_table.empty()) continue;
    tables[{table.target_database, table.target_table}].push_back(i);
  }
  for (auto& [name, positions] : tables) {
    std::sort(positions.begin(), positions.end(), [&](size_t a, size_t b) {
      return std::tie(cases[a].database, cases[a].table, cases[a].source) <
             std::tie(cases[b].database, cases[b].table, cases[b].source);
    });
  }
  return tables;
}

bool SameTableName(const TableCase& a, const TableCase& b) { return a.database == b.database && a.table == b.table; }

std::string BothBecomeOne(const TableCase& a, const TableCase& b) {
  auto name = [&](const TableCase& table) {
    return "`" + (SameTableName(a, b) ? table.source + "." : "") + table.database + "." + table.table + "`";
  };
  return name(a) + " and " + name(b) + " become one table";
}

bool Mentions(const Expr& expr, const std::string& column) {
  bool found = false;
  ast::ForEach(expr, [&](const Expr& node) {
    found = found || (node.kind == ExprKind::kColumn && SameName(node.name, column));
  });
  return found;
}

void Unite(const std::vector<const SensitiveEntry*>& from, std::vector<const SensitiveEntry*>* into) {
  for (const SensitiveEntry* entry : from) {
    if (std::find(into->begin(), into->end(), entry) == into->end()) into->push_back(entry);
  }
}

void ReportConflict(const Rule& rule, const MergedSchema& merged, const MergeConflict& conflict,
                    Diagnostics* diagnostics) {
  const std::string& column = merged.schema.columns[conflict.column].name;
  if (!ReadsColumn(rule, column) || AlreadyReported(Kind::kMergeIncompatible, rule.merge_span, *diagnostics)) return;
  auto side = [&](const Schema& table) {
    const Type& type = table.columns[static_cast<size_t>(table.Find(column))].type;
    return "`" + TypeText(type) + "` in `" + table.database + "." + table.table + "`";
  };
  diagnostics
      ->Report(Kind::kMergeIncompatible, rule.merge_span,
               "`" + column + "` is " + side(*conflict.first) + " and " + side(*conflict.second) +
                   ", and no type holds both")
      .notes = {"leave it out with `* except (" + column + ")`, or give one of the tables a rule of its own"};
}

// What records of a table look like.
Schema RecordsOf(const TableCase& table, const RowShape& shape) {
  Schema records;
  records.database = table.database;
  records.table = table.table;
  for (const OutputColumn& column : shape.output.columns) {
    records.columns.emplace_back().name = column.name;
    records.columns.back().type = column.type;
  }
  if (!shape.key.empty()) records.indexes.push_back({"PRIMARY", shape.key, true, false});
  return records;
}

// Which parts of a table's name the key columns of a rule are made of.
struct NameParts {
  std::vector<size_t> groups;  // positions in Rule::groups
  bool database = false;
  bool table = false;
  bool source = false;

  bool any() const { return database || table || source || !groups.empty(); }

  void Add(const Expr& value, const Rule& rule) {
    ast::ForEach(value, [&](const Expr& node) {
      if (node.kind == ExprKind::kMeta) {
        database = database || node.name == "database";
        table = table || node.name == "table";
        source = source || node.name == "source";
      }
      if (node.kind != ExprKind::kMatch) return;
      const auto group = std::find(rule.groups.begin(), rule.groups.end(), node.name);
      if (group != rule.groups.end()) groups.push_back(static_cast<size_t>(group - rule.groups.begin()));
    });
  }

  std::vector<std::string> Of(const TableCase& of) const {
    std::vector<std::string> texts = {database ? of.database : "", table ? of.table : "", source ? of.source : ""};
    for (const size_t group : groups) texts.push_back(group < of.groups.size() ? of.groups[group] : "");
    return texts;
  }
};

NameParts NamePartsOfKey(const Rule& rule, const std::vector<std::string>& key) {
  auto in_key = [&](const std::string& name) {
    return std::any_of(key.begin(), key.end(), [&](const std::string& column) { return SameName(column, name); });
  };
  NameParts parts;
  for (const ast::SelectItem& item : rule.select) {
    for (const auto& [value, column] : item.replace) {
      if (in_key(column.text)) parts.Add(value, rule);
    }
    if (!item.star && in_key(item.name ? item.name->text : item.value.name)) parts.Add(item.value, rule);
  }
  return parts;
}

// UUIDs and ULIDs are their own in every table: as text, with or without hyphens, or as bytes.
bool LooksGlobal(const Type& type) {
  if (type.kind == TypeKind::kBinary || type.kind == TypeKind::kVarbinary) return type.length == 16;
  const bool text = type.kind == TypeKind::kChar || type.kind == TypeKind::kVarchar;
  return text && (type.length == 26 || type.length == 32 || type.length == 36);
}

// Two of the tables whose rows may share a key, as far as their names tell.
//
// A key without a part of the names repeats. With such a part it is the author's word that it tells rows apart inside a
// database, as ids that go on from month to month do; other databases and other servers count anew, and have to differ
// in it.
std::optional<std::pair<size_t, size_t>> MayRepeat(const Rule& rule, const std::vector<TableCase>& cases,
                                                   const std::vector<size_t>& tables, const RowShape& shape) {
  if (tables.size() < 2 || shape.key.empty()) return std::nullopt;
  const NameParts parts = NamePartsOfKey(rule, shape.key);
  if (!parts.any()) {
    for (const std::string& name : shape.key) {
      const OutputColumn* column = shape.output.Find(name);
      if (column != nullptr && LooksGlobal(column->type)) return std::nullopt;
    }
    return std::pair(tables[0], tables[1]);
  }
  std::map<std::vector<std::string>, size_t> first;
  for (const size_t table : tables) {
    const auto [at, added] = first.emplace(parts.Of(cases[table]), table);
    const TableCase& one = cases[at->second];
    const bool elsewhere = one.database != cases[table].database || one.source != cases[table].source;
    if (!added && elsewhere) return std::pair(at->second, table);
  }
  return std::nullopt;
}

class MergeChecker {
 public:
  MergeChecker(const Rule& rule, const std::vector<TableCase>& cases, const std::vector<RowShape>& shapes,
               Diagnostics* diagnostics)
      : rule_(rule), cases_(cases), shapes_(shapes), diagnostics_(*diagnostics) {}

  void Run() {
    for (const auto& [name, tables] : LogicalTables(cases_)) {
      if (rule_.merge == MergeMode::kWiden) {
        Keys(tables);
      } else {
        Records(tables);
      }
      Unique(tables);
    }
  }

 private:
  void Differ(size_t first, size_t other, std::vector<std::string> differences, bool columns) {
    if (AlreadyReported(Kind::kMergeIncompatible, rule_.merge_span, diagnostics_)) return;
    diag::Diagnostic& diagnostic = diagnostics_.Report(
        Kind::kMergeIncompatible, rule_.merge_span,
        BothBecomeOne(cases_[first], cases_[other]) + ", but their " + (columns ? "columns" : "keys") + " differ");
    diagnostic.notes = std::move(differences);
    diagnostic.notes.push_back(columns ? "`merge widen` makes one column of two that differ; a table that is wrong is "
                                         "altered, or gets a rule of its own"
                                       : "write the columns of the key: `key (…)`");
  }

  void Records(const std::vector<size_t>& tables) {
    const Schema first = RecordsOf(cases_[tables[0]], shapes_[tables[0]]);
    for (const size_t table : tables) {
      const Schema other = RecordsOf(cases_[table], shapes_[table]);
      if (SameRecordColumns(first, other) && SameKeys(first, other)) continue;
      std::vector<std::string> differences = ColumnDifferences(first, other);
      const bool columns = !differences.empty();
      if (!columns) differences.push_back(KeyDifference(first, other));
      return Differ(tables[0], table, std::move(differences), columns);
    }
  }

  // Columns of widened tables are one by now; where the tables' own keys decide, these have to be one too.
  void Keys(const std::vector<size_t>& tables) {
    using PartitionKind = ast::PartitionClause::Kind;
    const bool by_primary = rule_.partition && rule_.partition->clause.kind == PartitionKind::kPrimaryKey;
    const bool own_key = !rule_.key || rule_.key->clause.kind == ast::KeyClause::Kind::kPrimary;
    if (!own_key && !by_primary) return;
    std::vector<const Schema*> schemas;
    for (const size_t table : tables) schemas.push_back(cases_[table].own);
    const MergedSchema merged = MergeSchemas(schemas);
    if (!merged.key) return;
    for (const size_t table : tables) {
      if (cases_[table].own == merged.key->second) {
        return Differ(tables[0], table, {KeyDifference(*merged.key->first, *merged.key->second)}, false);
      }
    }
  }

  void Unique(const std::vector<size_t>& tables) {
    const auto both = MayRepeat(rule_, cases_, tables, shapes_[tables[0]]);
    const Span span = rule_.key ? rule_.key->span : rule_.span;
    if (!both || AlreadyReported(Kind::kKeyNotUnique, span, diagnostics_)) return;
    const TableCase& one = cases_[both->first];
    const TableCase& other = cases_[both->second];
    diagnostics_.Report(Kind::kKeyNotUnique, span, BothBecomeOne(one, other) + ", and its key may repeat between them",
                        SameTableName(one, other) ? "add a column from `meta.source` to the key"
                                                  : "add a column from `match.x` or `meta.table` to the key");
  }

  const Rule& rule_;
  const std::vector<TableCase>& cases_;
  const std::vector<RowShape>& shapes_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool ReadsColumn(const Rule& rule, const std::string& column) {
  if (rule.where && Mentions(*rule.where, column)) return true;
  bool star = rule.select.empty();
  for (const ast::SelectItem& item : rule.select) {
    if (!item.star && Mentions(item.value, column)) return true;
    if (!item.star) continue;
    bool own = true;
    for (const ast::Ident& name : item.except) own = own && !SameName(name.text, column);
    for (const auto& [value, name] : item.replace) {
      own = own && !SameName(name.text, column);
      if (Mentions(value, column)) return true;
    }
    star = star || own;
  }
  if (star) return true;
  for (const On& on : rule.on) {
    if (on.clause.when && Mentions(*on.clause.when, column)) return true;
    for (const ast::Event& event : on.clause.events) {
      for (const ast::Ident& name : event.of_columns) {
        if (SameName(name.text, column)) return true;
      }
    }
  }
  return false;
}

void WidenCases(const Rule& rule, std::vector<TableCase>* cases, std::vector<std::shared_ptr<const Schema>>* merged,
                Diagnostics* diagnostics) {
  for (const auto& [name, tables] : LogicalTables(*cases)) {
    std::vector<const Schema*> schemas;
    std::vector<const SensitiveEntry*> sensitive;
    for (const size_t table : tables) {
      schemas.push_back((*cases)[table].schema);
      Unite((*cases)[table].sensitive, &sensitive);
    }
    MergedSchema made = MergeSchemas(schemas);
    for (const MergeConflict& conflict : made.columns) ReportConflict(rule, made, conflict, diagnostics);
    // Told once: what reads it is not told again.
    for (const MergeConflict& conflict : made.columns) made.schema.columns[conflict.column].type = Type();
    merged->push_back(std::make_shared<const Schema>(std::move(made.schema)));
    for (const size_t table : tables) {
      (*cases)[table].own = (*cases)[table].schema;
      (*cases)[table].schema = merged->back().get();
      (*cases)[table].sensitive = sensitive;
    }
  }
}

void CheckMerged(const Rule& rule, const std::vector<TableCase>& cases, const std::vector<RowShape>& shapes,
                 Diagnostics* diagnostics) {
  MergeChecker(rule, cases, shapes, diagnostics).Run();
}

}  // namespace cdc::sema
