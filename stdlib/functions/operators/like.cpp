#include "stdlib/core/utf8.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

// Moves over one character.
const char* Next(const char* at, const char* end) {
  NextCharacter(&at, end);
  return at;
}

// Greedy with one point to return to: the last `%`. Linear but for texts that repeat the pattern's start.
bool Matches(std::string_view text, std::string_view pattern) {
  const char* t = text.data();
  const char* t_end = t + text.size();
  const char* p = pattern.data();
  const char* p_end = p + pattern.size();
  const char* retry_p = nullptr;
  const char* retry_t = nullptr;
  while (true) {
    if (p != p_end && *p == '%') {
      retry_p = ++p;
      retry_t = t;
      continue;
    }
    if (t == t_end) return p == p_end;
    bool escaped = p != p_end && *p == '\\' && p + 1 != p_end;
    if (p != p_end && *p == '_') {
      ++p;
      t = Next(t, t_end);
      continue;
    }
    const char* literal = escaped ? p + 1 : p;
    if (literal != p_end && *literal == *t) {
      p = literal + 1;
      ++t;
      continue;
    }
    if (retry_p == nullptr || retry_t == t_end) return false;
    p = retry_p;
    t = retry_t = Next(retry_t, t_end);
  }
}

Failure RunLike(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(Matches(args[0].text(), args[1].text()));
  return nullptr;
}

Binding BindLike(const std::vector<Argument>& args) {
  Binding binding;
  for (size_t i = 0; i < 2 && !binding.mistake; ++i) {
    binding.mistake = NeedText("like", args, i);
    binding.wanted.push_back(AsText(args[i]));
  }
  binding.result = BoolType(AnyNullable(args));
  binding.code = &RunLike;
  return binding;
}

}  // namespace

const FunctionDef& Like() {
  static const FunctionDef def = {
      .name = "like",
      .family = "operator",
      .doc =
          "Whether the whole text matches the pattern: `%` is any text, `_` one character, `\\\\` takes the "
          "next one "
          "as it is. Upper and lower case differ.",
      .parameters = {{"text"}, {"pattern"}},
      .result_rule = "bool",
      .bind = &BindLike,
      .examples =
          {
              {{"'paid'", "'pa%'"}, "true"},
              {{"'paid'", "'PA%'"}, "false"},
              {{"'größe'", "'gr__e'"}, "true"},
              {{"'50%'", "'50\\\\%'"}, "true"},
              {{"'500'", "'50\\\\%'"}, "false"},
              {{"'abcabd'", "'%abd'"}, "true"},
              {{"''", "'%'"}, "true"},
              {{"null", "'%'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
