#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

bool StaysInTopic(char c) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

Failure RunTopicSafe(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  if (text.empty()) {
    *out = Value::Text("-");
    return nullptr;
  }
  // Kafka has no topics of these names.
  bool dots = text == "." || text == "..";
  char* from = scratch->Allocate(text.size() * 3);
  char* to = from;
  for (char c : text) {
    unsigned char byte = static_cast<unsigned char>(c);
    if (StaysInTopic(c) && !dots) {
      *to++ = c;
    } else {
      *to++ = '-';
      *to++ = kUpperHex[byte >> 4];
      *to++ = kUpperHex[byte & 15];
    }
  }
  scratch->ShrinkLast(to);
  *out = Value::Text({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindTopicSafe(const std::vector<Argument>& args) {
  Binding binding = BindStrings("topic_safe", args, 0, 1, &RunTopicSafe);
  uint64_t bytes = LengthMax(args[0]) * (ReadsAsBytes(args[0].type) ? 1 : 4);
  binding.result = StringType(std::max<uint64_t>(bytes * 3, 1), false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& TopicSafe() {
  static const FunctionDef def = {
      .name = "topic_safe",
      .family = "text",
      .doc =
          "The text as a part of a Kafka topic's name: letters, digits, `_` and `.` stay, every other byte is `-` and "
          "two hexadecimal digits, the empty text is `-`. Different texts stay different. Not in MySQL.",
      .parameters = {{"text"}},
      .result_rule = "varchar, ASCII",
      .bind = &BindTopicSafe,
      .examples =
          {
              {{"'order_items.v2'"}, "'order_items.v2'"},
              {{"'a-b c'"}, "'a-2Db-20c'"},
              {{"'é'"}, "'-C3-A9'"},
              {{"''"}, "'-'"},
              {{"'..'"}, "'-2E-2E'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
