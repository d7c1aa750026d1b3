#include <algorithm>

#include "stdlib/functions/text/regex.h"

namespace cdc::functions {
namespace {

// Counts, and where there is room writes, what a replaced text is made of.
struct ReplaceWriter {
  char* to = nullptr;
  uint64_t size = 0;

  void Add(std::string_view part) {
    size += part.size();
    if (to != nullptr) to = std::copy(part.begin(), part.end(), to);
  }
  // `$1` is a group, `$0` the whole match, `\x` the character x.
  void AddReplacement(std::string_view replacement, const std::string_view* groups) {
    for (size_t i = 0; i < replacement.size(); ++i) {
      bool more = i + 1 < replacement.size();
      bool group = replacement[i] == '$' && more && replacement[i + 1] >= '0' && replacement[i + 1] <= '9';
      if (group) {
        Add(groups[replacement[++i] - '0']);
      } else if (replacement[i] == '\\' && more) {
        Add(replacement.substr(++i, 1));
      } else {
        Add(replacement.substr(i, 1));
      }
    }
  }
};

// One pass over the text; stops when the result would be too long.
void ReplaceAll(const regex::Pattern& pattern, std::string_view text, const RegexPlace& place,
                std::string_view replacement, ReplaceWriter* writer) {
  std::string_view groups[regex::Pattern::kGroupsMax];
  size_t copied = 0, at = place.from;
  for (int64_t number = 1; at <= text.size() && writer->size <= kResultBytesMax; ++number) {
    if (!pattern.Find(text, at, groups, regex::Pattern::kGroupsMax)) break;
    size_t start = static_cast<size_t>(groups[0].data() - text.data());
    at = Behind(text, groups[0]);
    if (place.occurrence != 0 && number != place.occurrence) continue;
    writer->Add(text.substr(copied, start - copied));
    writer->AddReplacement(replacement, groups);
    copied = start + groups[0].size();
    if (place.occurrence != 0) break;
  }
  writer->Add(text.substr(copied));
}

Failure RunRegexpReplace(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  std::optional<RegexPlace> place = PlaceOf(args, count, 3);
  std::string_view text = args[0].text();
  *out = Value::Null();
  if (!place) return nullptr;
  // MySQL finds nothing in an empty text, not even what is empty.
  if (text.empty()) {
    *out = Value::Text({});
    return nullptr;
  }
  if (count <= 4) place->occurrence = 0;
  const regex::Pattern& pattern = site.State<regex::Pattern>();
  ReplaceWriter counting;
  ReplaceAll(pattern, text, *place, args[2].text(), &counting);
  if (counting.size > kResultBytesMax) return nullptr;
  char* from = scratch->Allocate(counting.size);
  ReplaceWriter writing;
  writing.to = from;
  ReplaceAll(pattern, text, *place, args[2].text(), &writing);
  *out = Value::Text({from, counting.size});
  return nullptr;
}

Binding BindRegexpReplace(const std::vector<Argument>& args) {
  Binding binding = BindRegex("regexp_replace", args, 5, &RunRegexpReplace);
  if (binding.mistake) return binding;
  binding.mistake = NeedText("regexp_replace", args, 2);
  if (!binding.mistake) binding.mistake = NeedIntegers("regexp_replace", args, 3, 5);
  binding.wanted[2] = AsText(args[2]);
  binding.result = StringType(kResultBytesMax, false, true);
  return binding;
}

}  // namespace

const FunctionDef& RegexpReplace() {
  static const FunctionDef def = {
      .name = "regexp_replace",
      .family = "text",
      .doc =
          "The text with every match of the regular expression (or with one occurrence, counted from 1) replaced; `$1` "
          "in the replacement is the first group. NULL beyond 64 MiB.",
      .parameters = {{"text"}, {"pattern"}, {"replacement"}, {"position", true}, {"occurrence", true}, {"flags", true}},
      .result_rule = "longtext, nullable",
      .checks_literals = true,
      .bind = &BindRegexpReplace,
      .examples =
          {
              {{"'a1b22'", "'[0-9]+'", "'#'"}, "'a#b#'"},
              {{"'Smith, John'", R"('(\\w+), (\\w+)')", "'$2 $1'"}, "'John Smith'"},
              {{"'a1b2'", "'[0-9]'", "'x'", "1", "2"}, "'a1bx'"},
              {{"'a1b2'", "'[0-9]'", "'x'", "3"}, "'a1bx'"},
              {{"'abc'", "'x*'", "'-'"}, "'-a-b-c-'"},
              {{"'abc'", "null", "'x'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
