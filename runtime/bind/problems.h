#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/result.h"
#include "stdlib/expr/problem.h"

namespace cdc::bind {

// The mistakes found while a program is fitted to a table's real columns: all of them are reported together, in the
// words the compiler would have used.
class Problems {
 public:
  explicit Problems(const plan::Plan* plan) : plan_(plan) {}

  void Add(expr::Problem problem) { problems_.push_back(std::move(problem)); }
  void Add(int id, const expr::Origin& origin, std::string message);
  bool empty() const { return problems_.empty(); }

  // One line each: `orders.pipe:3:10: error: unknown column `emial` … [PIPE101 unknown-column]`, then its hints.
  // Requires: !empty(). The error is kConfig; `misfit` says what the program does not fit: "table shop.orders".
  Error ToError(const std::string& misfit) const;

 private:
  const plan::Plan* plan_;
  std::vector<expr::Problem> problems_;
};

// `PIPE101 unknown-column`; the bare number for an id that cannot arise here.
std::string KindText(int id);

}  // namespace cdc::bind
