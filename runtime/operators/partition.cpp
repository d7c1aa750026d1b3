#include "runtime/operators/partition.h"

#include "runtime/bind/table_scope.h"
#include "runtime/operators/hash.h"
#include "stdlib/core/value_text.h"

namespace cdc::operators {
namespace {

using Hash = plan::PartitionRule::Hash;
using RuleKind = plan::PartitionRule::Kind;

// Java's Math.abs: the smallest int stays negative.
int32_t JavaAbs(int32_t value) { return value < 0 ? static_cast<int32_t>(0u - static_cast<uint32_t>(value)) : value; }

int32_t JavaPlace(int32_t hash, int32_t partitions) { return JavaAbs(JavaAbs(hash) % partitions); }

}  // namespace

Partitioner Partitioner::Make(const plan::PartitionRule& rule, const std::string& database, const std::string& table,
                              const Schema& schema, const std::vector<Column>& output, const std::vector<int>& key,
                              bind::Problems* problems) {
  Partitioner made;
  made.hash_ = rule.hash;
  made.database_ = database;
  made.table_ = table;
  const auto use_text = [&](std::string text) {
    made.kind_ = Kind::kHashed;
    made.text_ = std::move(text);
  };
  const auto use_table = [&] {
    use_text(rule.hash == Hash::kJava ? table : database + "." + table);
    made.by_table_ = true;
  };
  const auto use_columns = [&](Kind kind, const std::vector<int>& columns, const std::vector<Column>& from) {
    made.kind_ = kind;
    made.columns_ = columns;
    for (const int column : columns) made.types_.push_back(from[static_cast<size_t>(column)].type);
  };
  // Rows without the columns asked for.
  const auto use_else = [&](int id, const std::string& why) {
    if (rule.else_fixed) {
      made.kind_ = Kind::kConstant;
      made.fixed_ = *rule.else_fixed;
    } else if (rule.else_table) {
      use_table();
    } else {
      problems->Add(id, rule.origin, why);
    }
  };
  const std::string name = "`" + schema.database + "." + schema.table + "`";
  switch (rule.kind) {
    case RuleKind::kFixed:
      made.kind_ = Kind::kConstant;
      made.fixed_ = rule.fixed;
      break;
    case RuleKind::kTable:
      use_table();
      break;
    case RuleKind::kDatabase:
      use_text(database);
      break;
    case RuleKind::kKey:
      if (key.empty()) {
        use_else(125, "table " + name + " has no key to partition by; write `partition by key else table`");
      } else if (rule.hash == Hash::kJava) {
        use_columns(Kind::kOutputColumns, key, output);
      } else {
        use_columns(Kind::kKeyBytes, key, output);
      }
      break;
    case RuleKind::kPrimaryKey: {
      const std::vector<int> primary = schema.PrimaryKey();
      if (primary.empty()) {
        use_else(125, "table " + name + " has no primary key to partition by");
      } else {
        use_columns(Kind::kSourceColumns, primary, schema.columns);
      }
      break;
    }
    case RuleKind::kHash: {
      std::vector<int> columns;
      for (const std::string& column : rule.columns) {
        const int index = bind::FindColumnByName(output, column);
        if (index < 0) {
          use_else(101, "unknown output column `" + column + "` of table " + name);
          return made;
        }
        columns.push_back(index);
      }
      use_columns(Kind::kOutputColumns, columns, output);
      break;
    }
  }
  return made;
}

int32_t Partitioner::OfTable(int32_t partitions) const { return by_table_ ? Place(text_, partitions) : 0; }

Result<int32_t> Partitioner::Of(std::string_view key_bytes, const Value* output, const Value* source,
                                int32_t partitions, Arena* scratch) const {
  if (kind_ == Kind::kConstant) {
    if (fixed_ >= partitions) {
      return Error(ErrorCode::kConfig, "partition " + std::to_string(fixed_) + " does not exist: the topic of " +
                                           database_ + "." + table_ + " has " + std::to_string(partitions) +
                                           " partitions");
    }
    return fixed_;
  }
  if (partitions == 1) return 0;
  switch (kind_) {
    case Kind::kHashed:
      return Place(text_, partitions);
    case Kind::kKeyBytes:
      return Place(key_bytes, partitions);
    case Kind::kOutputColumns:
      return HashColumns(output, partitions, scratch);
    case Kind::kSourceColumns:
      return HashColumns(source, partitions, scratch);
    case Kind::kConstant:
      break;
  }
  return 0;
}

int32_t Partitioner::Place(std::string_view bytes, int32_t partitions) const {
  switch (hash_) {
    case Hash::kMurmur2:
      return static_cast<int32_t>(Murmur2(bytes) & 0x7fffffff) % partitions;
    case Hash::kCrc32:
      return static_cast<int32_t>(Crc32(bytes) % static_cast<uint32_t>(partitions));
    case Hash::kJava:
      return JavaPlace(JavaHash(bytes), partitions);
  }
  return 0;
}

int32_t Partitioner::HashColumns(const Value* values, int32_t partitions, Arena* scratch) const {
  if (hash_ == Hash::kJava) {
    int32_t hash = JavaHash(database_);
    for (size_t i = 0; i < columns_.size(); ++i) {
      hash ^= JavaHash(TextOf(types_[i], values[columns_[i]], scratch));
    }
    return JavaPlace(hash, partitions);
  }
  if (columns_.size() == 1) return Place(TextOf(types_[0], values[columns_[0]], scratch), partitions);
  size_t size = 0;
  auto* texts = reinterpret_cast<std::string_view*>(scratch->Allocate(columns_.size() * sizeof(std::string_view)));
  for (size_t i = 0; i < columns_.size(); ++i) {
    texts[i] = TextOf(types_[i], values[columns_[i]], scratch);
    size += texts[i].size() + 1;
  }
  char* const joined = scratch->Allocate(size);
  char* at = joined;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) *at++ = '\0';
    if (!texts[i].empty()) std::memcpy(at, texts[i].data(), texts[i].size());
    at += texts[i].size();
  }
  return Place({joined, static_cast<size_t>(at - joined)}, partitions);
}

}  // namespace cdc::operators
