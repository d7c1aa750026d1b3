#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatMaxwellJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "maxwell_json",
               .doc = "Maxwell's JSON",
               .built = false,
               .settings = FormatSettings(true)};
  kind.settings.insert(
      kind.settings.end(),
      {
          {.name = "key_format",
           .words = {"hash", "array"},
           .fallback = WordValue("hash"),
           .doc = "the shape of the key"},
          {.name = "commit_info",
           .type = ValueType::kBool,
           .fallback = BoolValue(true),
           .doc = "write `xid` and `commit`"},
          {.name = "nulls",
           .type = ValueType::kBool,
           .fallback = BoolValue(true),
           .doc = "write members that are NULL"},
          {.name = "zero_dates_null",
           .type = ValueType::kBool,
           .fallback = BoolValue(false),
           .doc = "a zero date is NULL"},
          {.name = "primary_keys",
           .type = ValueType::kBool,
           .fallback = BoolValue(false),
           .doc = "write the member `primary_key`"},
          {.name = "include",
           .shape = Shape::kList,
           .words = {"xoffset", "position", "gtid_set", "server_id", "thread_id", "schema_id", "primary_key_columns"},
           .fallback = ListValue({}),
           .doc = "further members"},
      });
  return kind;
}

}  // namespace cdc::catalog
