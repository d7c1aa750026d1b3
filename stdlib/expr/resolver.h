#pragma once

// The walk behind Resolve(), private to this folder. An unknown type travels upwards and keeps checks from
// being made; nothing is reported about what is not known.

#include <memory>
#include <string>
#include <vector>

#include "stdlib/expr/resolve.h"
#include "stdlib/functions/function.h"

namespace cdc::expr {

class Resolver {
 public:
  explicit Resolver(const Scope& scope) : scope_(scope) {}

  Typed Run(const Expr& expr);

  // Reports `mistake` about a call at `origin` whose arguments stand at `args`.
  void Report(const functions::Mistake& mistake, const Origin& origin, const std::vector<Typed>& args);
  void Report(int id, const Origin& origin, std::string message, std::string label = "",
              std::vector<std::string> notes = {});
  // A name that nobody knows, written at `at`: the nearest candidate could stand there.
  void ReportName(int id, const Expr& expr, const Origin& at, std::string message,
                  const std::vector<std::string>& candidates, std::vector<std::string> notes = {});
  // Wraps `typed` in the conversion to `wanted`, unless it needs none. A constant that does not convert is
  // PIPE106.
  Typed Convert(Typed typed, const Type& wanted, bool cut_text);
  // PIPE117 if a secret would become data.
  bool RefuseSecret(const Typed& typed);
  // The checked conversion to `wanted`, which keeps `not null` where that is known: PIPE109, PIPE110, PIPE106.
  Typed Checked(Typed typed, const Type& wanted);

  bool failed() const { return !problems_.empty(); }
  bool incomplete() const { return incomplete_; }
  void CountSkipped() { ++skipped_checks_; }
  // Ends the walk. `typed` is dropped unless it is complete and without problems.
  Resolution Finish(Typed typed);

 private:
  Typed Node(const Expr& expr);
  Typed Column(const Expr& expr);
  Typed Meta(const Expr& expr);
  Typed OfRow(const Expr& expr, MetaField field);
  Typed Match(const Expr& expr);
  Typed Literal(const Expr& expr);
  Typed Secret(const Expr& expr);
  Typed Cast(const Expr& expr);
  Typed Case(const Expr& expr);
  Typed Changed(const Expr& expr);
  // `first`: the first argument, if it has been walked already.
  Typed CallOf(const Expr& expr, std::vector<Typed>* first);

  const functions::FunctionDef* FindCalled(const Expr& expr);
  bool ArrangeArguments(const Expr& expr, const functions::FunctionDef& def, std::vector<const Expr*>* arranged);
  bool CheckCount(const Expr& expr, const functions::FunctionDef& def, size_t count);
  bool RefuseSecrets(const functions::FunctionDef& def, const std::vector<Typed>& args);
  Typed Bind(const Expr& expr, const functions::FunctionDef& def, std::vector<Typed> args);
  Typed Argument(const Expr& expr, bool regex_allowed);
  void OperandCase(const Expr& expr, Typed* typed);
  bool ConvertResults(const Expr& expr, Typed* typed);

  Typed Unknown(const Expr& expr, bool sensitive) const;

  const Scope& scope_;
  std::vector<Problem> problems_;
  int skipped_checks_ = 0;
  bool incomplete_ = false;  // some column's type is unknown
};

// A typed node as a function's type rule sees it.
functions::Argument AsArgument(const Typed& typed);
std::vector<functions::Argument> AsArguments(const std::vector<Typed>& args);

}  // namespace cdc::expr
