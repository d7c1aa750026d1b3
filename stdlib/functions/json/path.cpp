#include "stdlib/functions/json/path.h"

#include "stdlib/core/json_text.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

bool IsNameByte(char c) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  return letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

class PathParser {
 public:
  PathParser(std::string_view text, std::string* why) : rest_(Trimmed(text)), why_(why) {}

  std::optional<JsonPath> Run() {
    if (Peek() != '$') return Fail("a path starts with `$`: `$.name`");
    Skip();
    JsonPath path;
    while (SkipBlanks(), !rest_.empty()) {
      bool fits = Peek() == '.' ? Member(&path) : Peek() == '[' ? Index(&path) : Wrong();
      if (!fits) return std::nullopt;
    }
    return path;
  }

 private:
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  void Skip() { rest_.remove_prefix(1); }
  void SkipBlanks() {
    while (Peek() == ' ') Skip();
  }
  std::nullopt_t Fail(std::string why) {
    *why_ = std::move(why);
    return std::nullopt;
  }
  bool Wrong() {
    *why_ = Peek() == '*' ? "wildcards find many values, and a column has one"
                          : "after `$` come `.name`, `.\"any name\"` and `[0]`";
    return false;
  }

  bool Member(JsonPath* path) {
    Skip();
    SkipBlanks();
    JsonStep step;
    if (Peek() == '"') {
      size_t end = 1;
      while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
      if (end >= rest_.size() || !IsJson(rest_.substr(0, end + 1))) return Wrong();
      Arena scratch;
      step.member = std::string(JsonUnquote(rest_.substr(0, end + 1), &scratch));
      rest_.remove_prefix(end + 1);
    } else {
      while (IsNameByte(Peek())) {
        step.member += Peek();
        Skip();
      }
      if (step.member.empty()) return Wrong();
    }
    path->steps.push_back(std::move(step));
    return true;
  }

  bool Index(JsonPath* path) {
    Skip();
    SkipBlanks();
    JsonStep step;
    step.is_index = true;
    size_t digits = 0;
    for (; Peek() >= '0' && Peek() <= '9'; ++digits, Skip()) {
      step.index = step.index * 10 + static_cast<size_t>(Peek() - '0');
    }
    SkipBlanks();
    if (digits == 0 || digits > 9 || Peek() != ']') return Wrong();
    Skip();
    path->steps.push_back(std::move(step));
    return true;
  }

  std::string_view rest_;
  std::string* why_;
};

}  // namespace

std::optional<JsonPath> ParseJsonPath(std::string_view text, std::string* why) { return PathParser(text, why).Run(); }

std::optional<std::string_view> Follow(std::string_view document, const JsonPath& path, size_t steps) {
  std::optional<std::string_view> at = document;
  for (size_t i = 0; i < path.steps.size() && i < steps; ++i) {
    const JsonStep& step = path.steps[i];
    JsonKind kind = KindOfJson(*at);
    if (step.is_index) {
      if (kind == JsonKind::kArray) {
        at = JsonElement(*at, step.index);
      } else if (step.index != 0) {
        return std::nullopt;
      }
    } else {
      if (kind != JsonKind::kObject) return std::nullopt;
      at = JsonMember(*at, step.member);
    }
    if (!at) return std::nullopt;
  }
  return at;
}

std::optional<std::string_view> DocumentOf(const Value& value) {
  std::string_view text = value.text();
  if (value.kind() == ValueKind::kJson) return text.empty() ? std::nullopt : std::optional(text);
  if (!IsJson(text)) return std::nullopt;
  while (static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

Binding BindJsonPath(std::string_view function, const std::vector<Argument>& args, Code code) {
  TypeKind kind = args[0].type.kind;
  if (kind != TypeKind::kJson && kind != TypeKind::kNull && kind != TypeKind::kUnknown && !IsText(kind)) {
    return cdc::functions::Fail(106, 0, Quoted(function) + " needs `json`, and this is " + Quoted(args[0].type));
  }
  if (args[1].constant == nullptr || !IsText(args[1].type.kind)) {
    return cdc::functions::Fail(105, 1, "the path must be written in the program", "a literal: `'$.name'`");
  }
  std::string why;
  std::optional<JsonPath> path = ParseJsonPath(args[1].constant->text(), &why);
  if (!path) return cdc::functions::Fail(105, 1, "this is no JSON path: " + why);
  Binding binding;
  binding.wanted.resize(2);
  binding.code = code;
  binding.reads = 1;
  binding.state = std::make_shared<JsonPath>(std::move(*path));
  return binding;
}

}  // namespace cdc::functions
