#include "runtime/secrets/secret.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cdc::secrets {
namespace {

Result<std::string> ReadVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) {
    return Error(ErrorCode::kConfig,
                 "the environment variable `" + name + "`, which a secret is read from, is not set");
  }
  return std::string(value);
}

Result<std::string> ReadFile(const std::string& path, const std::string& project_root) {
  const std::filesystem::path file = std::filesystem::path(project_root) / path;
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error(ErrorCode::kConfig, "the file `" + file.string() + "`, which a secret is read from, cannot be opened");
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace

Result<std::string> Read(const catalog::SettingValue& value, const std::string& project_root) {
  if (value.provider == "env") return ReadVariable(value.text);
  if (value.provider == "file") return ReadFile(value.text, project_root);
  return Error(ErrorCode::kConfig, "secrets of `" + value.provider + "(…)` cannot be read by this release");
}

Result<std::map<std::string, std::string>> ReadAll(const catalog::Settings& settings, const std::string& project_root) {
  std::map<std::string, std::string> secrets;
  for (const auto& [name, value] : settings.all()) {
    if (value.kind != catalog::SettingKind::kSecret || value.provider.empty()) continue;
    ASSIGN_OR_RETURN(secrets[name], Read(value, project_root));
  }
  return secrets;
}

}  // namespace cdc::secrets
