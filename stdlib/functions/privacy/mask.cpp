#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunMask(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  size_t length = LengthOf(args[0]);
  auto kept = [&](const Value& wanted) {
    return static_cast<size_t>(std::clamp<int64_t>(ClampedInteger(wanted), 0, static_cast<int64_t>(length)));
  };
  size_t first = kept(args[1]), last = kept(args[2]);
  // A short value would be shown whole: nothing of it is kept.
  if (first + last >= length) first = last = 0;
  size_t head = OffsetOf(args[0], first);
  size_t tail = last == 0 ? text.size() : OffsetOf(args[0], length - last);
  size_t stars = length - first - last;
  size_t size = head + stars + (text.size() - tail);
  char* masked = scratch->Allocate(size);
  char* to = std::fill_n(std::copy_n(text.data(), head, masked), stars, '*');
  std::copy_n(text.data() + tail, text.size() - tail, to);
  *out = StringLike(args[0], {masked, size});
  return nullptr;
}

Binding BindMask(const std::vector<Argument>& args) {
  Binding binding = BindStrings("mask", args, 0, 1, &RunMask);
  for (size_t i = 1; i < 3 && !binding.mistake; ++i) {
    binding.mistake = NeedInteger("mask", args, i);
    std::optional<int64_t> kept = ConstantInteger(args[i]);
    if (!binding.mistake && kept && *kept < 0) {
      binding.mistake = Mistake{105, i, "`mask` keeps 0 characters or more", "", {}};
    }
  }
  binding.result = StringType(LengthMax(args[0]), ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Mask() {
  static const FunctionDef def = {
      .name = "mask",
      .family = "privacy",
      .doc =
          "The text with `*` for every character but the first and last ones that are kept; all of them "
          "where nothing "
          "would be hidden.",
      .parameters = {{"value"}, {"keep_first", true, "0"}, {"keep_last", true, "0"}},
      .result_rule = "varchar of the same length",
      .ends_sensitivity = true,
      .bind = &BindMask,
      .examples =
          {
              {{"'+44 20 7946 0018'", "keep_first => 3", "keep_last => 2"}, "'+44***********18'"},
              {{"'größe'", "keep_first => 1"}, "'g****'"},
              {{"'secret'"}, "'******'"},
              {{"'abc'", "keep_last => 3"}, "'***'"},
              {{"'abc'", "1", "1"}, "'a*c'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
