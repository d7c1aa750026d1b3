#include "runtime/secrets/secret.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "runtime/secrets/command.h"

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

std::string WithoutLineEnd(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<std::string> ReadFile(const std::string& path, const std::string& project_root) {
  const std::filesystem::path file = std::filesystem::path(project_root) / path;
  auto failed = [&](const std::string& why) {
    return Error(ErrorCode::kConfig, "the file `" + file.string() + "`, which a secret is read from, " + why);
  };
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, ignored)) return failed("cannot be opened");
  std::string text(kSecretBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return failed("cannot be read");
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kSecretBytesMax) return failed("has more than 64 KiB");
  return WithoutLineEnd(std::move(text));
}

Result<std::string> ReadCommand(const catalog::SettingValue& value, const std::string& project_root) {
  std::vector<std::string> words = {value.text};
  for (const catalog::SettingValue& word : value.list) words.push_back(word.text);
  ASSIGN_OR_RETURN(std::string text, RunCommand(words, project_root));
  text = WithoutLineEnd(std::move(text));
  if (text.empty()) {
    return Error(ErrorCode::kConfig, "the program `" + value.text + "`, which a secret is read from, writes nothing");
  }
  return text;
}

}  // namespace

Result<std::string> Read(const catalog::SettingValue& value, const std::string& project_root) {
  if (value.provider == "env") return ReadVariable(value.text);
  if (value.provider == "file") return ReadFile(value.text, project_root);
  if (value.provider == "command") return ReadCommand(value, project_root);
  return Error(ErrorCode::kConfig, "the secret `" + value.provider + "('" + value.text +
                                       "')` cannot be read by this release [PIPE010 not-available-yet]");
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
