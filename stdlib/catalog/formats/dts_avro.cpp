#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDtsAvro() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "dts_avro",
               .doc = "Alibaba Cloud DTS's Avro",
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
          {.name = "registry", .type = ValueType::kName, .doc = "the declared registry of its schema; default: none"},
          {.name = "framing",
           .words = {"none", "confluent"},
           .doc = "what stands in front of the bytes; default: `confluent` with a registry, else `none`"},
          {.name = "text_number",
           .type = ValueType::kInt,
           .fallback = IntValue(254),
           .min = 0,
           .max = 255,
           .doc = "the type number of texts"},
          {.name = "binary_number",
           .type = ValueType::kInt,
           .fallback = IntValue(252),
           .min = 0,
           .max = 255,
           .doc = "the type number of bytes"},
      });
  return kind;
}

}  // namespace cdc::catalog
