#pragma once

// A test block as data (LANGUAGE §11): what `piperun test` does to tables in memory, and which records it wants.
// Tests are no part of a plan: a plan is what runs, and it is the same with and without them.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/plan/plan.h"

namespace cdc::plan {

// Expressions of a test read no metadata; those of `update` may read columns of the row. `source` is empty where the
// compiler could not tell whose table it is: the one source that has it then.
struct TestInsert {
  bool snapshot = false;  // as a row of the first load
  std::string source;
  std::string database;
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::vector<expr::Expr>> rows;  // parallel to `columns`
};
struct TestUpdate {
  std::string source;
  std::string database;
  std::string table;
  std::vector<std::pair<std::string, expr::Expr>> set;
  expr::Expr where;
};
struct TestDelete {
  std::string source;
  std::string database;
  std::string table;
  expr::Expr where;
};
struct TestDdl {
  std::string statement;
};
struct TestBinlog {
  std::string path;  // relative to the program's file
};
struct TestStep {
  std::variant<TestInsert, TestUpdate, TestDelete, TestDdl, TestBinlog> node;
  expr::Origin origin;
};

struct ExpectedField {
  std::string name;
  std::optional<expr::Expr> value;  // nothing: `absent`
  expr::Origin origin;
};
struct ExpectedRecord {
  enum class Op : uint8_t { kInsert, kUpdate, kDelete, kSnapshot, kTombstone, kDdl };
  Op op = Op::kInsert;
  std::string topic;
  std::optional<std::vector<expr::Expr>> key;  // in the order of the key's columns
  std::optional<int32_t> partition;
  std::vector<ExpectedField> fields;
  expr::Origin origin;
};
struct ExpectedError {
  std::string kind;  // transform, encode, oversize, decode, ddl
  expr::Origin origin;
};

struct TestCase {
  std::string title;
  std::string pipe;
  expr::Origin origin;                         // of the title
  std::map<std::string, std::string> secrets;  // that it sets; others are `test:<name>`
  std::vector<TestStep> given;
  std::vector<ExpectedRecord> records;  // in order; per topic that is theirs
  std::vector<ExpectedError> errors;
  bool nothing_else = false;
};

}  // namespace cdc::plan
