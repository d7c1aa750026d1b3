#include "stdlib/core/file_names.h"

#include <map>

#include "stdlib/core/names.h"

namespace cdc {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";
// Of Windows too: a repository is checked out there as well.
constexpr std::string_view kForbidden = "%/\\:*?\"<>|";
constexpr std::string_view kTaken = "_server.json";  // a source's folder has it beside its databases

void AppendEscaped(char c, std::string* out) {
  const auto byte = static_cast<unsigned char>(c);
  *out += '%';
  *out += kHex[byte >> 4];
  *out += kHex[byte & 15];
}

bool IsPlain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

std::string Escaped(std::string_view name, bool case_matters) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    const bool hidden = i == 0 && c == '.';
    const bool cut_off = i + 1 == name.size() && (c == '.' || c == ' ');
    const bool taken = i == 0 && LowerAscii(name) == kTaken;
    const bool escape = control || hidden || cut_off || taken || kForbidden.find(c) != std::string_view::npos ||
                        (case_matters && !IsPlain(c));
    if (escape) {
      AppendEscaped(c, &out);
    } else {
      out += c;
    }
  }
  return out;
}

int Digit(char c) {
  const size_t at = kHex.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::vector<std::string> FileNamesOf(const std::vector<std::string>& names) {
  std::map<std::string, int> alike;
  for (const std::string& name : names) ++alike[FoldName(name)];
  std::vector<std::string> files;
  for (const std::string& name : names) {
    const std::string folded = FoldName(name);
    files.push_back(Escaped(name, alike[folded] > 1 && name != folded));
  }
  return files;
}

std::string FileNameOf(std::string_view name) { return Escaped(name, false); }

std::string NameOfFile(std::string_view file_name) {
  std::string name;
  for (size_t i = 0; i < file_name.size(); ++i) {
    const bool escape =
        file_name[i] == '%' && i + 2 < file_name.size() && Digit(file_name[i + 1]) >= 0 && Digit(file_name[i + 2]) >= 0;
    if (!escape) {
      name += file_name[i];
      continue;
    }
    name += static_cast<char>(Digit(file_name[i + 1]) * 16 + Digit(file_name[i + 2]));
    i += 2;
  }
  return name;
}

}  // namespace cdc
