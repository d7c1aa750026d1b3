#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDrsAvro() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "drs_avro",
               .doc = "Huawei Cloud DRS's Avro",
               .built = false,
               .settings = FormatSettings(false),
               .is_text = false};
  kind.settings.insert(
      kind.settings.end(),
      {
          {.name = "snapshot_as",
           .words = {"init", "plain"},
           .fallback = WordValue("init"),
           .doc = "`type` of rows of the first load: INIT or INSERT"},
          {.name = "time_unit", .words = {"ms", "us"}, .fallback = WordValue("us"), .doc = "the unit of times"},
      });
  return kind;
}

}  // namespace cdc::catalog
