#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatCanalJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "canal_json",
               .doc = "Canal's flat message",
               .settings = FormatSettings(true),
               .cannot_express = {TypeKind::kVector}};
  kind.settings.insert(
      kind.settings.end(),
      {
          {.name = "snapshot_as",
           .words = {"init", "plain"},
           .fallback = WordValue("plain"),
           .doc = "`type` of rows of the first load: INIT or INSERT"},
          {.name = "binary",
           .words = {"latin1", "base64", "hex"},
           .fallback = WordValue("latin1"),
           .doc = "how bytes are written"},
          {.name = "enum",
           .words = {"number", "label"},
           .fallback = WordValue("number"),
           .doc = "how ENUM and SET are written"},
          {.name = "old",
           .words = {"changed", "all"},
           .fallback = WordValue("changed"),
           .doc = "which columns `old` has"},
          {.name = "gtid", .type = ValueType::kBool, .fallback = BoolValue(true), .doc = "write the member `gtid`"},
      });
  return kind;
}

}  // namespace cdc::catalog
