#include "stdlib/functions/json/members.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunJsonObject(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  JsonMembers members(count / 2, scratch);
  for (size_t i = 0; i + 1 < count; i += 2) {
    if (args[i].is_null()) return "`json_object`: a name is NULL";
    members.Add(args[i].text(), JsonOf(site.args[i + 1], args[i + 1], scratch));
  }
  members.Sort();
  members.KeepLast();
  *out = Value::Json(members.Write(scratch));
  return nullptr;
}

Binding BindJsonObject(const std::vector<Argument>& args) {
  if (args.size() % 2 != 0)
    return Fail(105, args.size() - 1, "`json_object` takes names with their values, and the last has none");
  Binding binding;
  binding.wanted.resize(args.size());
  for (size_t i = 0; i < args.size() && !binding.mistake; ++i) {
    binding.mistake = i % 2 == 0 ? NeedText("json_object", args, i) : NeedJsonPart("json_object", args, i);
    if (i % 2 == 0) binding.wanted[i] = AsText(args[i]);
    if (i % 2 == 0 && !binding.mistake && ReadsAsBytes(args[i].type)) {
      binding.mistake = Mistake{106, i, "a name is text, and this is " + Quoted(args[i].type), "", {}};
    }
  }
  binding.code = &RunJsonObject;
  binding.strict = false;
  binding.result = MakeType(TypeKind::kJson, false);
  return binding;
}

}  // namespace

const FunctionDef& JsonObject() {
  static const FunctionDef def = {
      .name = "json_object",
      .family = "json",
      .doc =
          "An object of names and values, in MySQL's order of names (shorter ones first); of equal names the last "
          "counts. A NULL value is a JSON null, a NULL name fails the row.",
      .parameters = {{"name", true}, {"value", true}},
      .variadic = true,
      .result_rule = "json, not null",
      .bind = &BindJsonObject,
      .examples =
          {
              {{"'id'", "7", "'name'", "'x'", "'at'", "null"}, R"('{"at": null, "id": 7, "name": "x"}')"},
              {{"'a'", "1", "'a'", "2.50"}, R"('{"a": 2.50}')"},
              {{"'a'", "'[1]'::json", "'b'", "true"}, R"('{"a": [1], "b": true}')"},
              {{"'a'", "'2024-02-29'::date"}, R"('{"a": "2024-02-29"}')"},
              {{"null", "1"}, "error: `json_object`: a name is NULL"},
          },
  };
  return def;
}

}  // namespace cdc::functions
