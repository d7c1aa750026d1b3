#include <nlohmann/json.hpp>

#include "compiler/plan/fields.h"

namespace cdc::plan {
namespace {

using Json = nlohmann::ordered_json;
using catalog::SettingKind;
using catalog::SettingValue;

std::string ToHex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (unsigned char byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

Json ToNode(const SettingValue& value) {
  switch (value.kind) {
    case SettingKind::kNone:
      return nullptr;
    case SettingKind::kString:
      return {{"string", value.text}};
    case SettingKind::kInt:
      return {{"int", value.number}};
    case SettingKind::kBool:
      return {{"bool", value.number != 0}};
    case SettingKind::kDuration:
      return {{"duration_ms", value.number}};
    case SettingKind::kSize:
      return {{"bytes", value.number}};
    case SettingKind::kWord:
      return {{"word", value.text}};
    case SettingKind::kSecret: {
      Json secret = {{"provider", value.provider}, {"argument", value.text}};
      for (const SettingValue& item : value.list) secret["more"].push_back(item.text);
      return {{"secret", std::move(secret)}};
    }
    case SettingKind::kList: {
      Json items = Json::array();
      for (const SettingValue& item : value.list) items.push_back(ToNode(item));
      return {{"list", std::move(items)}};
    }
  }
  return nullptr;
}

class Writer {
 public:
  static constexpr bool kWriting = true;

  template <class T>
  void Field(const char* name, const T& value, const std::type_identity_t<T>& fallback) {
    if (value != fallback) object_[name] = value;
  }
  template <class T>
  void Field(const char* name, const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
      Field(name, value, T{});
    } else if constexpr (requires { value.has_value(); }) {
      if (value.has_value()) object_[name] = Node(*value);
    } else if constexpr (requires { value.get(); }) {
      if (value != nullptr) object_[name] = Node(*value);
    } else {
      if (!value.empty()) object_[name] = Node(value);
    }
  }
  template <class E>
  void Enum(const char* name, const E& value, Words words) {
    object_[name] = *(words.begin() + static_cast<size_t>(value));
  }
  template <class E>
  void OptionalEnum(const char* name, const E& value, Words words) {
    if (value != E{}) Enum(name, value, words);
  }
  template <class T>
  void Struct(const char* name, const T& value) {
    Json node = Node(value);
    if (!node.empty()) object_[name] = std::move(node);
  }
  void Bytes(const char* name, const std::string& value, bool raw) {
    if (!value.empty()) object_[name] = raw ? ToHex(value) : value;
  }
  void Settings(const char* name, const catalog::Settings& settings) {
    Json node = Json::object();
    for (const auto& [setting, value] : settings.all()) node[setting] = ToNode(value);
    if (!node.empty()) object_[name] = std::move(node);
  }

  template <class T>
  static Json Node(const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
      return value;
    } else if constexpr (
        requires { value.push_back(*value.begin()); } || requires { value.capacity(); }) {
      Json items = Json::array();
      for (const auto& item : value) items.push_back(Node(item));
      return items;
    } else if constexpr (requires { value.first; }) {
      return Json::array({Node(value.first), Node(value.second)});
    } else {
      Writer writer;
      Fields(writer, value);
      return std::move(writer.object_);
    }
  }

 private:
  Json object_ = Json::object();
};

}  // namespace

std::string ToJson(const Plan& plan) {
  return Writer::Node(plan).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cdc::plan
