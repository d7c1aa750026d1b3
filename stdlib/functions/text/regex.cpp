#include "stdlib/functions/text/regex.h"

#include <algorithm>

#include "stdlib/core/utf8.h"

namespace cdc::functions {
namespace {

// `(?ims)`, as RE2 writes the flags; nothing for a flag that does not exist.
std::optional<std::string> RegexFlags(std::string_view flags) {
  bool ignore_case = false;
  std::string others;
  for (char c : flags) {
    switch (c) {
      case 'c':
      case 'i':
        ignore_case = c == 'i';
        break;
      case 'm':
        others += 'm';
        break;
      case 'n':
        others += 's';
        break;
      default:
        return std::nullopt;
    }
  }
  std::string all = (ignore_case ? "i" : "") + others;
  return all.empty() ? all : "(?" + all + ")";
}

bool IsWrittenText(const Argument& arg) {
  return arg.constant != nullptr && IsText(arg.type.kind) && !arg.constant->is_null();
}

}  // namespace

std::optional<RegexPlace> PlaceOf(const Value* args, size_t count, size_t index) {
  RegexPlace place;
  if (count > index) {
    int64_t position = ClampedInteger(args[index]);
    std::string_view text = args[0].text();
    if (position < 1 || static_cast<uint64_t>(position) > CountCharacters(text) + 1) return std::nullopt;
    place.from = OffsetOfCharacter(text, static_cast<size_t>(position - 1));
  }
  if (count > index + 1) place.occurrence = std::max<int64_t>(ClampedInteger(args[index + 1]), 0);
  return place;
}

bool FindOccurrence(const regex::Pattern& pattern, std::string_view text, const RegexPlace& place,
                    std::string_view* found) {
  size_t at = place.from;
  for (int64_t number = 1; at <= text.size(); ++number) {
    if (!pattern.Find(text, at, found, 1)) return false;
    if (number >= place.occurrence) return true;
    at = Behind(text, *found);
  }
  return false;
}

size_t Behind(std::string_view text, std::string_view match) {
  size_t end = static_cast<size_t>(match.data() - text.data()) + match.size();
  if (!match.empty()) return end;
  return end == text.size() ? end + 1 : end + OffsetOfCharacter(text.substr(end), 1);
}

Binding BindRegex(std::string_view function, const std::vector<Argument>& args, size_t flags, Code code) {
  Binding binding;
  binding.wanted.resize(args.size());
  binding.wanted[0] = AsText(args[0]);
  binding.mistake = NeedText(function, args, 0);
  if (!binding.mistake && ReadsAsBytes(args[0].type)) {
    binding.mistake = Mistake{106, 0, Quoted(function) + " needs text, and this is " + Quoted(args[0].type), "", {}};
  }
  binding.code = code;
  if (binding.mistake || args[1].type.kind == TypeKind::kNull) return binding;
  if (!IsWrittenText(args[1])) {
    return Fail(105, 1, "the pattern of " + Quoted(function) + " must be written in the program", "a literal: `r'…'`");
  }
  std::optional<std::string> prefix = "";
  if (args.size() > flags && args[flags].type.kind != TypeKind::kNull) {
    prefix = IsWrittenText(args[flags]) ? RegexFlags(args[flags].constant->text()) : std::nullopt;
    if (!prefix) return Fail(105, flags, "the flags are letters of `'cimn'`, written in the program");
  }
  Result<regex::Pattern> pattern = regex::Pattern::Compile(*prefix + std::string(args[1].constant->text()));
  if (!pattern.ok()) {
    Binding failed = Fail(113, 1, "this is no regular expression: " + pattern.error().message());
    failed.mistake->notes.push_back("patterns are RE2's: no look-around, no back-references");
    return failed;
  }
  binding.state = std::make_shared<regex::Pattern>(std::move(pattern).value());
  return binding;
}

}  // namespace cdc::functions
