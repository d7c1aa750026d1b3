#pragma once

// One run of the grammar over tokens: a tree of rules, or the first mistake. The only part of the folder that
// sees the generated parser; recovery (recover.h) is ours and runs it again.

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/parse/token.h"

namespace cdc::parse {

// The rules of grammar/Pipe.g4, in its order.
// clang-format off
enum class Rule : uint8_t {
  kFile, kEdition, kImportDecl, kDeclaration, kProjectDecl, kResource, kParamDecl, kDomain, kSecretDecl, kFunctionDecl,
  kFormal, kPresetDecl, kSensitiveDecl, kAlertDecl, kNotification, kSettings, kSetting, kList, kPipeDecl, kPipeItem,
  kTableRule, kTarget, kTableItem, kClause, kUseClause, kPattern, kColumnPattern, kColumns, kSelectItem, kRenaming,
  kReplacing, kEvent, kAction, kTestDecl, kTestParam, kGiven, kExpected, kAssignment, kTuple, kRecord, kField,
  kTableName, kExpression, kPredicate, kValue, kPrimary, kArguments, kArgument, kType, kLiteral, kIdent, kWord, kSoft,
};
// clang-format on
inline constexpr int kRuleCount = 53;

// A rule or a token of the tree. Children are in order of the text.
struct Node {
  static constexpr uint32_t kNone = UINT32_MAX;
  Rule rule = Rule::kFile;
  bool is_token = false;
  uint32_t first = 0;  // token index; of a token: its own
  uint32_t last = 0;   // index of the last token
  uint32_t child = kNone;
  uint32_t next = kNone;
};

struct Tree {
  std::vector<Node> nodes;  // the root is nodes[0]; never empty
};

// What could have stood where the mistake is.
struct Expected {
  std::vector<std::string> punctuation;  // ";", ")"
  std::vector<std::string> words;        // "where", lower case
  bool name = false;
  bool string = false;
  bool integer = false;
};

struct Mistake {
  size_t token = 0;  // index of the token that does not fit
  Expected expected;
  std::vector<Rule> rules;  // innermost first
  bool after_end = false;   // the rule was complete, but tokens are left
};

struct Syntax {
  bool ok = false;
  Tree tree;        // if ok
  Mistake mistake;  // if not
};

// Parses all of `tokens` (which end with kEnd) as `rule`: kFile, kEdition, kImportDecl or kDeclaration.
Syntax RunGrammar(const std::vector<Token>& tokens, Rule rule);

}  // namespace cdc::parse
