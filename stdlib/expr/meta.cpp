#include <iterator>

#include "stdlib/core/names.h"
#include "stdlib/core/nearest.h"
#include "stdlib/expr/resolve.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

struct Entry {
  std::string_view name;
  TypeKind kind;
  uint32_t length;
  bool nullable;
};

// In the order of MetaField.
constexpr Entry kFields[] = {
    {"source", TypeKind::kVarchar, 64, false},
    {"database", TypeKind::kVarchar, 64, false},
    {"table", TypeKind::kVarchar, 64, true},
    {"op", TypeKind::kVarchar, 16, false},
    {"op_label", TypeKind::kVarchar, 16, false},
    {"gtid", TypeKind::kVarchar, 80, true},
    {"position", TypeKind::kVarchar, 300, true},
    {"committed_at", TypeKind::kTimestamp, 0, true},
    {"snapshot", TypeKind::kBool, 0, false},
    {"server_id", TypeKind::kBigInt, 0, true},
    {"schema_version", TypeKind::kBigInt, 0, false},
    {"txid", TypeKind::kVarchar, 300, true},
    {"tx_ordinal", TypeKind::kBigInt, 0, true},
    {"tx_last", TypeKind::kBool, 0, true},
    {"pipe", TypeKind::kVarchar, 64, false},
    {"sink", TypeKind::kVarchar, 64, false},
    {"target_database", TypeKind::kVarchar, 64, false},
    {"target_table", TypeKind::kVarchar, 64, true},
    {"", TypeKind::kTimestamp, 0, false},
};
static_assert(std::size(kFields) == kMetaFieldCount);

}  // namespace

std::optional<MetaField> FindMetaField(std::string_view name) {
  for (size_t i = 0; i < std::size(kFields); ++i) {
    if (!name.empty() && SameName(kFields[i].name, name)) return static_cast<MetaField>(i);
  }
  return std::nullopt;
}

Type MetaFieldType(MetaField field) {
  const Entry& entry = kFields[static_cast<size_t>(field)];
  Type type = functions::MakeType(entry.kind, entry.nullable);
  type.length = entry.length;
  type.is_unsigned = entry.kind == TypeKind::kBigInt;
  if (entry.kind == TypeKind::kVarchar) type.charset = "utf8mb4";
  if (entry.kind == TypeKind::kTimestamp) type.scale = 6;
  return type;
}

std::optional<std::string> Nearest(std::string_view name, const std::vector<std::string>& candidates) {
  return cdc::Nearest(name, candidates);
}

}  // namespace cdc::expr
