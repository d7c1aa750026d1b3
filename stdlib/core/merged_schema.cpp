#include "stdlib/core/merged_schema.h"

#include <algorithm>

#include "stdlib/core/names.h"
#include "stdlib/core/quoted_name.h"
#include "stdlib/core/widen.h"

namespace cdc {
namespace {

std::string NameOf(const Schema& table) { return table.database + "." + table.table; }

std::vector<std::string> NamesAt(const Schema& table, const std::vector<int>& positions) {
  std::vector<std::string> names;
  for (const int at : positions) names.push_back(FoldName(table.columns[static_cast<size_t>(at)].name));
  return names;
}

bool SameColumn(const Column& a, const Column& b) { return a.name == b.name && SameInRecords(a.type, b.type); }

bool SameDefault(const Column& a, const Column& b) {
  auto none = [](const Column& column) { return !column.default_text || *column.default_text == "NULL"; };
  return none(a) || none(b) ? none(a) == none(b) : *a.default_text == *b.default_text;
}

bool SameIndex(const Index& a, const Index& b) {
  return a.unique == b.unique && a.prefixed == b.prefixed &&
         std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(), SameName);
}

// Takes the column of another table into the one that is there.
bool Take(const Column& from, Column* into) {
  const std::optional<Type> type = WidenedType(into->type, from.type);
  const bool same_text = into->type_text == from.type_text;
  if (!same_text && type) {
    Type plain = *type;
    auto is_of = [&](const Column& column) {
      plain.nullable = column.type.nullable;
      return SameInRecords(plain, column.type);
    };
    into->type_text = is_of(*into) ? into->type_text : is_of(from) ? from.type_text : "";
  }
  if (type) into->type = *type;
  if (!SameDefault(*into, from)) into->default_text.reset();
  into->auto_increment = into->auto_increment && from.auto_increment;
  into->generated = into->generated && from.generated;
  into->invisible = into->invisible && from.invisible;
  if (into->comment.empty()) into->comment = from.comment;
  return type.has_value();
}

class Merger {
 public:
  explicit Merger(const Schema& first) {
    merged_.schema = first;
    owners_.assign(first.columns.size(), &first);
  }

  void Add(const Schema& table) {
    std::vector<bool> has(merged_.schema.columns.size(), false);
    for (const Column& column : table.columns) {
      const int at = merged_.schema.Find(column.name);
      if (at < 0) {
        Append(column, table);
        continue;
      }
      const auto index = static_cast<size_t>(at);
      if (index < has.size()) has[index] = true;
      if (!Take(column, &merged_.schema.columns[index])) Conflict(index, table);
    }
    for (size_t i = 0; i < has.size(); ++i) {
      if (!has[i]) BecomeOptional(&merged_.schema.columns[i]);
    }
    auto& indexes = merged_.schema.indexes;
    auto missing = [&](const Index& index) {
      return std::none_of(table.indexes.begin(), table.indexes.end(),
                          [&](const Index& other) { return SameIndex(index, other); });
    };
    indexes.erase(std::remove_if(indexes.begin(), indexes.end(), missing), indexes.end());
    auto& actions = merged_.schema.foreign_key_actions;
    if (actions.empty()) actions = table.foreign_key_actions;
  }

  MergedSchema Finish() { return std::move(merged_); }
  void SetKeyConflict(const Schema& first, const Schema& second) { merged_.key = MergeConflict{0, &first, &second}; }

 private:
  static void BecomeOptional(Column* column) {
    column->type.nullable = true;
    column->default_text.reset();
  }

  void Append(const Column& column, const Schema& table) {
    merged_.schema.columns.push_back(column);
    BecomeOptional(&merged_.schema.columns.back());
    owners_.push_back(&table);
  }

  // The first two that disagree are told.
  void Conflict(size_t index, const Schema& table) {
    const bool known = std::any_of(merged_.columns.begin(), merged_.columns.end(),
                                   [&](const MergeConflict& conflict) { return conflict.column == index; });
    if (!known) merged_.columns.push_back({index, owners_[index], &table});
  }

  MergedSchema merged_;
  std::vector<const Schema*> owners_;  // by column: the first table that has it
};

std::string Listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "(" : ", ") + name;
  return text.empty() ? "none" : text + ")";
}

}  // namespace

MergedSchema MergeSchemas(const std::vector<const Schema*>& tables) {
  Merger merger(*tables.front());
  const Schema* last = tables.front();
  bool same_keys = true;
  for (const Schema* table : tables) {
    // Shards are mostly equal, and equal ones add nothing.
    const bool equal =
        table == last || (SameRecordColumns(*table, *last) && SameDefaults(*table, *last) && SameKeys(*table, *last));
    if (!equal) merger.Add(*table);
    if (!equal && same_keys && !SameKeys(*tables.front(), *table)) {
      merger.SetKeyConflict(*tables.front(), *table);
      same_keys = false;
    }
    last = table;
  }
  return merger.Finish();
}

bool SameRecordColumns(const Schema& a, const Schema& b) {
  return std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(), SameColumn);
}

bool SameDefaults(const Schema& a, const Schema& b) {
  return std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(), SameDefault);
}

bool SameKeys(const Schema& a, const Schema& b) {
  return NamesAt(a, a.PrimaryKey()) == NamesAt(b, b.PrimaryKey()) &&
         NamesAt(a, a.DefaultKey()) == NamesAt(b, b.DefaultKey());
}

std::string ColumnTypeText(const Type& type) { return TypeText(type) + (type.nullable ? "" : " not null"); }

std::vector<std::string> ColumnDifferences(const Schema& a, const Schema& b, size_t most) {
  std::vector<std::string> lines;
  size_t count = 0;
  auto tell = [&](const std::string& what, const std::string& in_a, const std::string& in_b) {
    if (++count <= most) lines.push_back(what + ": " + in_a + " in " + NameOf(a) + ", " + in_b + " in " + NameOf(b));
  };
  bool same_names = a.columns.size() == b.columns.size();
  for (const Column& column : a.columns) {
    const int at = b.Find(column.name);
    if (at < 0) {
      tell(InBackquotes(column.name), ColumnTypeText(column.type), "none");
      same_names = false;
      continue;
    }
    const Column& other = b.columns[static_cast<size_t>(at)];
    if (column.name != other.name) {
      tell("column", InBackquotes(column.name), InBackquotes(other.name));
      continue;
    }
    if (!SameInRecords(column.type, other.type)) {
      tell(InBackquotes(column.name), ColumnTypeText(column.type), ColumnTypeText(other.type));
    }
  }
  for (const Column& column : b.columns) {
    if (a.Find(column.name) >= 0) continue;
    tell(InBackquotes(column.name), "none", ColumnTypeText(column.type));
    same_names = false;
  }
  if (same_names && count == 0 && !SameRecordColumns(a, b)) {
    auto order = [&](const Schema& table) {
      std::vector<std::string> names;
      for (const Column& column : table.columns) names.push_back(column.name);
      return Listed(names);
    };
    tell("the order", order(a), order(b));
  }
  if (count > most) lines.push_back("and " + std::to_string(count - most) + " more");
  return lines;
}

std::string KeyDifference(const Schema& a, const Schema& b) {
  if (SameKeys(a, b)) return "";
  const bool primary = NamesAt(a, a.PrimaryKey()) != NamesAt(b, b.PrimaryKey());
  auto text = [&](const Schema& table) {
    return Listed(NamesAt(table, primary ? table.PrimaryKey() : table.DefaultKey())) + " in " + NameOf(table);
  };
  return (primary ? "the primary key: " : "the key: ") + text(a) + ", " + text(b);
}

}  // namespace cdc
