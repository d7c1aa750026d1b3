#include "stdlib/core/names.h"

#include "stdlib/core/utf8.h"

namespace cdc {
namespace {

bool IsAscii(std::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

char LowerLetter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = LowerLetter(c);
  return lower;
}

std::string FoldName(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  const char* at = name.data();
  const char* end = at + name.size();
  while (at != end) {
    char bytes[4];
    char* stop = WriteCharacter(LowerCharacter(NextCharacter(&at, end)), bytes);
    folded.append(bytes, stop);
  }
  return folded;
}

bool SameName(std::string_view a, std::string_view b) {
  if (!IsAscii(a) || !IsAscii(b)) return FoldName(a) == FoldName(b);
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (LowerLetter(a[i]) != LowerLetter(b[i])) return false;
  }
  return true;
}

bool IsServersDatabase(std::string_view name) {
  return SameName(name, "mysql") || SameName(name, "sys") || SameName(name, "information_schema") ||
         SameName(name, "performance_schema");
}

}  // namespace cdc
