#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/schema.h"
#include "stdlib/core/type.h"
#include "stdlib/expr/expr.h"
#include "stdlib/expr/problem.h"

namespace cdc::functions {
struct Call;
struct FunctionDef;
}  // namespace cdc::functions

namespace cdc::expr {

// The names an expression may use. Implemented by the compiler over a schema snapshot and by the runtime over
// a table version.
class Scope {
 public:
  virtual ~Scope() = default;
  struct ColumnRef {
    int index = -1;  // position in the schema; -1 while the schema is unknown
    Type type;       // kUnknown while the schema is unknown
  };
  // Nothing if the table's columns are known and none has this name.
  virtual std::optional<ColumnRef> FindColumn(std::string_view name) const = 0;
  virtual std::vector<std::string> ColumnNames() const = 0;  // for "did you mean"
  virtual std::string TableName() const = 0;                 // `shop.users`, for messages; empty if none
  // A secret by its name in the plan. Its value, which only the runtime knows, is never folded into anything.
  struct SecretRef {
    std::shared_ptr<const std::string> value;  // null while programs are checked
  };
  // Nothing where no secret can be read.
  virtual std::optional<SecretRef> FindSecret(std::string_view) const { return std::nullopt; }
  // The named groups of the rule's table pattern, in the order of their values at run time.
  virtual std::vector<std::string> MatchNames() const = 0;
  // The most characters of a group; a name of the server has 64.
  virtual uint32_t MatchLengthMax(std::string_view) const { return 64; }
  // Whether old. and new. have a meaning here, and whether plain columns do (not in DDL conditions).
  virtual bool HasImages() const = 0;
  virtual bool HasColumns() const = 0;
};

// A typed, folded tree, ready to be compiled to a column program.
struct Typed {
  ExprKind kind = ExprKind::kLiteral;
  Image image = Image::kCurrent;
  bool has_operand = false;
  bool has_else = false;
  bool fallible = false;  // may fail at run time; `on error (transform)` decides
  Type type;
  Value constant;                              // kLiteral: points into `storage`
  std::shared_ptr<const std::string> storage;  // kSecret: its value, null while programs are checked
  // kCall, kCast: the code to run, its arguments converted; null for and, or, coalesce, if as far as they
  // only jump.
  std::shared_ptr<const functions::Call> call;
  // kCase with an operand: the comparison of each `when` with it.
  std::vector<std::shared_ptr<const functions::Call>> when_equals;
  int index = -1;                                    // kColumn: schema position; kMeta: MetaField; kMatch: group number
  const functions::FunctionDef* function = nullptr;  // kCall, and kCast as the conversion it became
  std::vector<Typed> args;
  Origin origin;
};

struct Resolution {
  std::optional<Typed> typed;  // nothing if there are problems, or if a column's type is unknown
  Type type;                   // best known type, kUnknown if it cannot be told
  std::vector<Problem> problems;
  int skipped_checks = 0;  // checks that needed a schema and had none
};

// Types and folds `expr` in `scope`. With unknown columns, only names and arities are checked.
Resolution Resolve(const Expr& expr, const Scope& scope);
// The same for a condition (`where`, `when`): the result must be usable as a truth value.
Resolution ResolveCondition(const Expr& expr, const Scope& scope);
// The same followed by the checked conversion of `select expr as name type` (PIPE109, PIPE110).
Resolution ResolveAs(const Expr& expr, const Type& wanted, const Scope& scope);

// Positions, ascending, of columns that cannot be NULL in a row image for which `condition` is true: what `where`
// narrows.
std::vector<int> ColumnsProvenNotNull(const Typed& condition);
// Makes those of `columns` not null. `scope` is over the same columns; a condition that does not resolve proves
// nothing.
void NarrowColumns(const Expr& condition, const Scope& scope, std::vector<Column>* columns);

// meta.x, in this order; see LANGUAGE §5.
enum class MetaField : uint8_t {
  kSource,
  kDatabase,
  kTable,
  kOp,
  kOpLabel,
  kGtid,
  kPosition,
  kCommittedAt,
  kSnapshot,
  kServerId,
  kSchemaVersion,
  kTxid,
  kTxOrdinal,
  kTxLast,
  kPipe,
  kSink,
  kTargetDatabase,
  kTargetTable,
  kProcessingTime,  // processing_time(), which is not written as meta.x
};
inline constexpr int kMetaFieldCount = 19;
std::optional<MetaField> FindMetaField(std::string_view name);
Type MetaFieldType(MetaField field);

// The nearest of `candidates` by edit distance, if near enough to be meant; for "did you mean".
std::optional<std::string> Nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace cdc::expr
