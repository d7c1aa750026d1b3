#pragma once

// What the placeholders of a plan's templates stand for, table by table: for the plan's text.

#include <map>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/schema.h"

namespace cdc::plan {

// A table as its templates see it; by default the placeholders themselves.
struct Names {
  std::string database = "$database$";  // after `as`
  std::string table = "$tablename$";
  std::string op = "$op$";
  std::string source = "$source$";
  std::map<std::string, std::string> groups = {};
};

Names NamesOf(const TableRule& rule, const Schema& table, const std::string& source);
// Without a table: the names that the rule itself writes out.
Names NamesOf(const TableRule& rule);
// The values that `$op$` has for rows of the pipe.
std::vector<std::string> RowOps(const Plan& plan, const Pipe& pipe);

bool HasOp(const Template& value);
std::string Filled(const Template& value, const Names& names);
// Adds the template's texts, one for each of `ops` where it says `$op$`; none twice.
void AddFilled(const Template& value, Names names, const std::vector<std::string>& ops, std::vector<std::string>* out);

// In backticks where the language needs them.
std::string QuotedName(const std::string& name);
std::string Join(const std::vector<std::string>& items, const char* between);
// `orders.pipe:12`
std::string LineOf(const Plan& plan, const expr::Origin& origin);

}  // namespace cdc::plan
