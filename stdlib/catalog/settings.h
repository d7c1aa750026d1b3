#pragma once

// Resolved settings: every setting of a resource or format with its value, defaults filled in, by dotted name.
// `tls verify_ca { ca = 'x'; }` is {"tls": word verify_ca, "tls.ca": path x}.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cdc::catalog {

enum class SettingKind : uint8_t { kNone, kString, kInt, kBool, kDuration, kSize, kWord, kList, kSecret };

struct SettingValue {
  SettingKind kind = SettingKind::kNone;
  std::string text = {};                // kString, kWord; kSecret: the provider's argument
  int64_t number = 0;                   // kInt; kBool 0/1; kDuration milliseconds; kSize bytes
  std::string provider = {};            // kSecret: env, file, command, vault
  std::vector<SettingValue> list = {};  // kList; kSecret: a command's arguments, texts

  bool operator==(const SettingValue&) const = default;
};

class Settings {
 public:
  void Set(const std::string& name, SettingValue value) { values_[name] = std::move(value); }
  const SettingValue* Find(std::string_view name) const;

  // Typed reads; the fallback serves only a plan written by an older release.
  std::string Text(std::string_view name, std::string_view fallback = "") const;  // strings and words
  int64_t Number(std::string_view name, int64_t fallback = 0) const;              // int, duration (ms), size (bytes)
  bool Flag(std::string_view name, bool fallback = false) const;
  bool Is(std::string_view name, std::string_view word) const { return Text(name) == word; }
  std::vector<std::string> Texts(std::string_view name) const;

  const std::map<std::string, SettingValue, std::less<>>& all() const { return values_; }
  bool operator==(const Settings&) const = default;

 private:
  std::map<std::string, SettingValue, std::less<>> values_;
};

}  // namespace cdc::catalog
