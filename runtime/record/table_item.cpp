#include "runtime/record/table_item.h"

namespace cdc {
namespace {

std::string Quoted(const std::string& name) {
  if (name.find_first_of(".`") == std::string::npos) return name;
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted += c;
    quoted += c;
  }
  return quoted + "`";
}

}  // namespace

std::string TableItem(const std::string& database, const std::string& table) {
  return Quoted(database) + "." + Quoted(table);
}

}  // namespace cdc
