#include "runtime/record/table_item.h"

#include "stdlib/core/quoted_name.h"

namespace cdc {
namespace {

std::string Quoted(const std::string& name) {
  if (name.find_first_of(".`") == std::string::npos) return name;
  return InBackquotes(name);
}

}  // namespace

std::string TableItem(const std::string& database, const std::string& table) {
  return Quoted(database) + "." + Quoted(table);
}

}  // namespace cdc
