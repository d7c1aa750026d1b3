#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunMaskEmail(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  constexpr std::string_view kStars = "***";
  std::string_view text = args[0].text();
  size_t at = text.rfind('@');
  // What is no address shows nothing.
  if (at == text.npos || at == 0) {
    *out = Value::Text(kStars);
    return nullptr;
  }
  size_t first = OffsetOf(args[0], 1);
  std::string_view domain = text.substr(at);
  char* from = scratch->Allocate(first + kStars.size() + domain.size());
  char* to = std::copy_n(text.data(), first, from);
  to = std::copy(kStars.begin(), kStars.end(), to);
  to = std::copy(domain.begin(), domain.end(), to);
  *out = Value::Text({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindMaskEmail(const std::vector<Argument>& args) {
  Binding binding = BindStrings("mask_email", args, 0, 1, &RunMaskEmail);
  if (!binding.mistake && ReadsAsBytes(args[0].type)) {
    binding.mistake = Mistake{106, 0, "`mask_email` needs text, and this is " + Quoted(args[0].type), "", {}};
  }
  binding.result = StringType(LengthMax(args[0]) + 3, false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& MaskEmail() {
  static const FunctionDef def = {
      .name = "mask_email",
      .family = "privacy",
      .doc =
          "The first character of an address, `***`, and its domain: the length is hidden too. What is no address is "
          "`***`. Not in MySQL.",
      .parameters = {{"email"}},
      .result_rule = "varchar",
      .ends_sensitivity = true,
      .bind = &BindMaskEmail,
      .examples =
          {
              {{"'john.doe@example.com'"}, "'j***@example.com'"},
              {{"'no address'"}, "'***'"},
              {{"'@example.com'"}, "'***'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
