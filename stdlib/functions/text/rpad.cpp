#include "stdlib/functions/text/pad.h"

namespace cdc::functions {
namespace {

Failure RunRpad(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = Padded(args[0], args[1], args[2], PadSide::kRight, scratch);
  return nullptr;
}

Binding BindRpad(const std::vector<Argument>& args) { return BindPad("rpad", args, &RunRpad); }

}  // namespace

const FunctionDef& Rpad() {
  static const FunctionDef def = {
      .name = "rpad",
      .family = "text",
      .doc =
          "The text with `pad` behind it, as often as its length asks for, or cut to that length. NULL for a negative "
          "length, and for one beyond 64 MiB.",
      .parameters = {{"text"}, {"length"}, {"pad"}},
      .result_rule = "varchar(length), nullable",
      .bind = &BindRpad,
      .examples =
          {
              {{"'hi'", "5", "'?!'"}, "'hi?!?'"},
              {{"'hello'", "2", "'?'"}, "'he'"},
              {{"'hi'", "-1", "'?'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
