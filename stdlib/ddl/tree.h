#pragma once

// One run of grammar/MySqlDdl.g4 over tokens: the only file of the folder that sees the generated parser is
// tree.cpp.

#include <cstdint>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"
#include "stdlib/ddl/tokens.h"

namespace cdc::ddl {

// The rules of grammar/MySqlDdl.g4, in its order.
// clang-format off
enum class Rule : uint8_t {
  kCreateTable, kDropTable, kAlterTable, kRenameTable, kTableRenaming, kWait, kTruncateTable, kCreateIndex, kDropIndex,
  kCreateDatabase, kAlterDatabase, kDropDatabase, kIfExists, kIfNotExists, kDatabaseOption, kElements, kElement, kKey,
  kIndexType, kKeyParts, kKeyPart, kColumnDef, kDataType, kTypeArguments, kTypeArgument, kAttribute, kGenerated,
  kDefaultValue, kPlace, kCharset, kCollation, kCharsetName, kTableOption, kBareOption, kQuery, kAlteration, kSystemVersioning,
  kAddColumn, kAddColumns, kAddKey, kDropColumn, kDropPrimaryKey, kDropKey, kDropConstraint, kRemoveRows,
  kModifyColumn, kChangeColumn, kRenameColumn, kRenameKey, kRenameTo, kColumnDefault, kConvertTo, kOtherAlteration,
  kTableName, kIdent, kBalanced, kInside, kSkipped, kSkippedInColumn, kAny, kAnything,
};
// clang-format on
inline constexpr int kRuleCount = 61;

inline constexpr int kNestingMax = 200;  // of parentheses

struct Node {
  Rule rule = Rule::kCreateTable;
  bool is_token = false;
  uint32_t first = 0;  // token index; of a token: its own
  uint32_t last = 0;
  std::vector<Node> children;

  // The first child of this rule, or null.
  const Node* Find(Rule wanted) const;
};

// Parses all tokens as one of the statement rules (kCreateTable … kDropDatabase).
// Errors: kConfig, with the place and the text that does not fit.
Result<Node> RunGrammar(std::string_view sql, const std::vector<Token>& tokens, Rule rule);

}  // namespace cdc::ddl
