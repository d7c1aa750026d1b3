#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "compiler/plan/fields.h"
#include "stdlib/regex/pattern.h"

namespace cdc::plan {
namespace {

using Json = nlohmann::ordered_json;
using catalog::SettingKind;
using catalog::SettingValue;

// A chain of operators at its longest (`kChainMax`) inside brackets at their deepest (`kNestingMax`), with
// room. A level takes 5 KiB of stack in a build with sanitizers.
constexpr int kDepthMax = 1300;

// The first mistake of a document, with its JSON path.
struct Mistake {
  std::string text;
  int depth = 0;

  void Set(const std::string& path, const std::string& what) {
    if (text.empty()) text = "plan: " + path + ": " + what;
  }
};

bool FromHex(const std::string& hex, std::string* bytes) {
  auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  if (hex.size() % 2 != 0) return false;
  for (size_t i = 0; i < hex.size(); i += 2) {
    if (digit(hex[i]) < 0 || digit(hex[i + 1]) < 0) return false;
    bytes->push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
  }
  return true;
}

template <class T>
void Read(const Json& node, T* value, const std::string& path, Mistake* mistake);
template <class T>
void Read(const Json& node, std::optional<T>* value, const std::string& path, Mistake* mistake);
template <class A, class B>
void Read(const Json& node, std::pair<A, B>* value, const std::string& path, Mistake* mistake);
template <class T>
void Read(const Json& node, std::vector<T>* value, const std::string& path, Mistake* mistake);
template <class T>
void Read(const Json& node, std::shared_ptr<const T>* value, const std::string& path, Mistake* mistake);

void ReadSetting(const Json& node, SettingValue* value, const std::string& path, Mistake* mistake) {
  if (node.is_null()) return;
  if (!node.is_object() || node.size() != 1) return mistake->Set(path, "expected an object with one member");
  const std::string kind = node.begin().key();
  const Json& content = node.begin().value();
  const std::string at = path + "." + kind;
  if (kind == "string" || kind == "word") {
    value->kind = kind == "word" ? SettingKind::kWord : SettingKind::kString;
    Read(content, &value->text, at, mistake);
  } else if (kind == "int" || kind == "duration_ms" || kind == "bytes") {
    value->kind = kind == "int" ? SettingKind::kInt : kind == "bytes" ? SettingKind::kSize : SettingKind::kDuration;
    Read(content, &value->number, at, mistake);
  } else if (kind == "bool") {
    bool flag = false;
    Read(content, &flag, at, mistake);
    *value = {.kind = SettingKind::kBool, .number = flag ? 1 : 0};
  } else if (kind == "secret") {
    value->kind = SettingKind::kSecret;
    const size_t more = content.is_object() && content.contains("more") ? 1 : 0;
    if (!content.is_object() || content.size() != 2 + more || !content.contains("provider") ||
        !content.contains("argument")) {
      return mistake->Set(at, "expected `provider` and `argument`");
    }
    Read(content["provider"], &value->provider, at + ".provider", mistake);
    Read(content["argument"], &value->text, at + ".argument", mistake);
    std::vector<std::string> words;
    if (more != 0) Read(content["more"], &words, at + ".more", mistake);
    for (std::string& word : words) {
      value->list.push_back({.kind = SettingKind::kString, .text = std::move(word)});
    }
  } else if (kind == "list") {
    value->kind = SettingKind::kList;
    if (!content.is_array()) return mistake->Set(at, "expected a list");
    for (size_t i = 0; i < content.size(); ++i) {
      value->list.emplace_back();
      ReadSetting(content[i], &value->list.back(), at + "[" + std::to_string(i) + "]", mistake);
    }
  } else {
    mistake->Set(path, "unknown kind of value `" + kind + "`");
  }
}

class Reader {
 public:
  static constexpr bool kWriting = false;

  Reader(const Json& node, const std::string& path, Mistake* mistake) : node_(node), path_(path), mistake_(mistake) {}

  template <class T>
  void Field(const char* name, T& value, const std::type_identity_t<T>&) {
    Field(name, value);
  }
  template <class T>
  void Field(const char* name, T& value) {
    if (const Json* member = Member(name)) Read(*member, &value, path_ + "." + name, mistake_);
  }
  template <class T>
  void Struct(const char* name, T& value) {
    Field(name, value);
  }
  template <class E>
  void Enum(const char* name, E& value, Words words) {
    const Json* member = Member(name);
    if (member == nullptr) return mistake_->Set(path_, "`" + std::string(name) + "` is missing");
    if (!member->is_string()) return mistake_->Set(path_ + "." + name, "expected a word");
    const std::string& word = member->get_ref<const std::string&>();
    for (size_t i = 0; i < words.size(); ++i) {
      if (*(words.begin() + i) == word) {
        value = static_cast<E>(i);
        return;
      }
    }
    mistake_->Set(path_ + "." + name, "unknown word `" + word + "`");
  }
  template <class E>
  void OptionalEnum(const char* name, E& value, Words words) {
    if (Member(name) != nullptr) Enum(name, value, words);
  }
  void Bytes(const char* name, std::string& value, bool raw) {
    std::string text;
    Field(name, text);
    if (!raw) {
      value = text;
    } else if (!FromHex(text, &value)) {
      mistake_->Set(path_ + "." + name, "expected hexadecimal digits");
    }
  }
  void Settings(const char* name, catalog::Settings& settings) {
    const Json* member = Member(name);
    if (member == nullptr) return;
    if (!member->is_object()) return mistake_->Set(path_ + "." + name, "expected an object");
    for (auto it = member->begin(); it != member->end(); ++it) {
      SettingValue value;
      ReadSetting(it.value(), &value, path_ + "." + name + "." + it.key(), mistake_);
      settings.Set(it.key(), std::move(value));
    }
  }
  void CheckAllKnown() {
    for (auto it = node_.begin(); it != node_.end(); ++it) {
      if (known_.count(it.key()) == 0) mistake_->Set(path_, "unknown member `" + it.key() + "`");
    }
  }

 private:
  const Json* Member(const char* name) {
    known_.insert(name);
    auto found = node_.find(name);
    return found == node_.end() ? nullptr : &*found;
  }

  const Json& node_;
  const std::string& path_;
  Mistake* mistake_;
  std::set<std::string, std::less<>> known_;
};

template <class T>
void ReadNumber(const Json& node, T* value, const std::string& path, Mistake* mistake) {
  if (!node.is_number_integer()) return mistake->Set(path, "expected a whole number");
  bool fits = node.is_number_unsigned() ? node.get<uint64_t>() <= static_cast<uint64_t>(std::numeric_limits<T>::max())
                                        : node.get<int64_t>() >= static_cast<int64_t>(std::numeric_limits<T>::min());
  if (!fits) return mistake->Set(path, "number out of range");
  *value = node.get<T>();
}

template <class T>
void Read(const Json& node, std::optional<T>* value, const std::string& path, Mistake* mistake) {
  Read(node, &value->emplace(), path, mistake);
}

template <class A, class B>
void Read(const Json& node, std::pair<A, B>* value, const std::string& path, Mistake* mistake) {
  if (!node.is_array() || node.size() != 2) return mistake->Set(path, "expected a pair");
  Read(node[0], &value->first, path + "[0]", mistake);
  Read(node[1], &value->second, path + "[1]", mistake);
}

template <class T>
void Read(const Json& node, std::vector<T>* value, const std::string& path, Mistake* mistake) {
  if (!node.is_array()) return mistake->Set(path, "expected a list");
  for (size_t i = 0; i < node.size(); ++i) {
    Read(node[i], &value->emplace_back(), path + "[" + std::to_string(i) + "]", mistake);
  }
}

template <class T>
void Read(const Json& node, std::shared_ptr<const T>* value, const std::string& path, Mistake* mistake) {
  auto content = std::make_shared<T>();
  Read(node, content.get(), path, mistake);
  *value = std::move(content);
}

// What a value must be beyond its shape.
template <class T>
void CheckMeaning(const T&, const std::string&, Mistake*) {}

void CheckMeaning(const NamePattern& pattern, const std::string& path, Mistake* mistake) {
  if (pattern.kind != NamePattern::Kind::kRegex) return;
  const Result<regex::Pattern> compiled = regex::Pattern::Compile(pattern.text);
  if (!compiled.ok()) mistake->Set(path + ".text", "not a regular expression of RE2: " + compiled.error().message());
}

template <class T>
void Read(const Json& node, T* value, const std::string& path, Mistake* mistake) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!node.is_boolean()) return mistake->Set(path, "expected true or false");
    *value = node.get<bool>();
  } else if constexpr (std::is_integral_v<T>) {
    ReadNumber(node, value, path, mistake);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!node.is_string()) return mistake->Set(path, "expected a text");
    *value = node.get<std::string>();
  } else {
    if (!node.is_object()) return mistake->Set(path, "expected an object");
    if (mistake->depth >= kDepthMax) return mistake->Set(path.substr(0, 100) + "…", "nested too deeply");
    ++mistake->depth;
    Reader reader(node, path, mistake);
    Fields(reader, *value);
    reader.CheckAllKnown();
    CheckMeaning(*value, path, mistake);
    --mistake->depth;
  }
}

// "line 3, column 7" of a byte, counted from 1.
std::string PlaceOf(const std::string& text, size_t byte) {
  const size_t before = std::min(byte == 0 ? 0 : byte - 1, text.size());
  const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(before), '\n');
  const size_t line_end = before == 0 ? std::string::npos : text.rfind('\n', before - 1);
  const size_t column = line_end == std::string::npos ? before : before - line_end - 1;
  return "line " + std::to_string(lines + 1) + ", column " + std::to_string(column + 1);
}

}  // namespace

Result<Plan> FromJson(const std::string& text) {
  Json document;
  try {
    document = Json::parse(text);
  } catch (const Json::parse_error& error) {
    return Error(ErrorCode::kConfig, "plan: " + PlaceOf(text, error.byte) + ": not a JSON document");
  } catch (const Json::exception&) {
    return Error(ErrorCode::kConfig, "plan: a number is out of range");
  }
  if (!document.is_object() || !document.contains("version") || !document["version"].is_number_integer()) {
    return Error(ErrorCode::kConfig, "plan: $: not a plan: there is no `version`");
  }
  if (document["version"] != kPlanVersion) {
    return Error(ErrorCode::kConfig, "plan: $.version: this release reads version " + std::to_string(kPlanVersion) +
                                         ", not " + document["version"].dump());
  }
  Plan plan;
  Mistake mistake;
  Read(document, &plan, "$", &mistake);
  if (!mistake.text.empty()) return Error(ErrorCode::kConfig, mistake.text);
  return plan;
}

}  // namespace cdc::plan
