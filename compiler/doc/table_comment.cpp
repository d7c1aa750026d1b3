#include "compiler/doc/table_comment.h"

namespace cdc::doc {

std::string TableComment(std::string_view create_table) {
  // The options stand on the line that closes the list of columns; a column's own comment is one line in itself.
  constexpr std::string_view kOptions = "\n) ";
  constexpr std::string_view kComment = " COMMENT='";
  const size_t options = create_table.rfind(kOptions);
  if (options == create_table.npos) return "";
  size_t at = create_table.find(kComment, options);
  if (at == create_table.npos) return "";
  std::string comment;
  for (at += kComment.size(); at < create_table.size(); ++at) {
    const char c = create_table[at];
    const bool more = at + 1 < create_table.size();
    if (c == '\'' && !(more && create_table[at + 1] == '\'')) return comment;
    if (c == '\'' || (c == '\\' && more)) ++at;
    const char shown = create_table[at];
    comment += c == '\\' && shown == 'n' ? '\n' : shown;
  }
  return "";
}

}  // namespace cdc::doc
