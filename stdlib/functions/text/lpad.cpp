#include "stdlib/functions/text/pad.h"

namespace cdc::functions {
namespace {

Failure RunLpad(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = Padded(args[0], args[1], args[2], PadSide::kLeft, scratch);
  return nullptr;
}

Binding BindLpad(const std::vector<Argument>& args) { return BindPad("lpad", args, &RunLpad); }

}  // namespace

const FunctionDef& Lpad() {
  static const FunctionDef def = {
      .name = "lpad",
      .family = "text",
      .doc =
          "The text with `pad` before it, as often as its length asks for, or cut to that length. NULL for a negative "
          "length, and for one beyond 64 MiB.",
      .parameters = {{"text"}, {"length"}, {"pad"}},
      .result_rule = "varchar(length), nullable",
      .bind = &BindLpad,
      .examples =
          {
              {{"'hi'", "5", "'?!'"}, "'?!?hi'"},
              {{"'größe'", "3", "'0'"}, "'grö'"},
              {{"'7'", "3", "'0'"}, "'007'"},
              {{"'hi'", "-1", "'?'"}, "null"},
              {{"'hi'", "5", "''"}, "'hi'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
