#include "compiler/plan/plan.h"

namespace cdc::plan {
std::string Where(const Plan& plan, const expr::Origin& origin) {
  if (origin.file >= plan.files.size()) return "";
  const SourceFile& file = plan.files[origin.file];
  size_t line = 1;
  size_t column = 1;
  size_t at = file.text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0;
  for (; at < origin.begin && at < file.text.size(); ++at) {
    unsigned char byte = static_cast<unsigned char>(file.text[at]);
    if (byte == '\n') {
      ++line;
      column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++column;
    }
  }
  return file.path + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace cdc::plan
