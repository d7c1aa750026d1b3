#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDebeziumJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "debezium_json",
               .doc = "Debezium's envelope as JSON",
               .settings = FormatSettings(false)};
  kind.settings.insert(kind.settings.end(),
                       {
                           {.name = "schema",
                            .type = ValueType::kBool,
                            .fallback = BoolValue(true),
                            .doc = "JsonConverter's `schemas.enable`, for key and value"},
                           {.name = "name", .type = ValueType::kTemplate, .doc = "logical name; default: the source's"},
                           {.name = "compatible_with",
                            .type = ValueType::kString,
                            .choices = {"2.7", "3.6", "3.7"},
                            .fallback = TextValue("3.6"),
                            .doc = "the release of Debezium to agree with"},
                           {.name = "decimal",
                            .words = {"precise", "string", "double", "numeric"},
                            .fallback = WordValue("precise"),
                            .doc = "how DECIMAL is written"},
                           {.name = "bigint_unsigned",
                            .words = {"long", "precise"},
                            .fallback = WordValue("long"),
                            .doc = "how BIGINT UNSIGNED is written"},
                           {.name = "binary",
                            .words = {"bytes", "base64", "base64_url", "hex"},
                            .fallback = WordValue("bytes"),
                            .doc = "how bytes are written"},
                           {.name = "time",
                            .words = {"microseconds", "connect", "isostring", "nanoseconds", "adaptive"},
                            .fallback = WordValue("adaptive"),
                            .doc = "how temporal types are written"},
                           {.name = "transaction",
                            .type = ValueType::kBool,
                            .fallback = BoolValue(false),
                            .doc = "fill the `transaction` block"},
                       });
  return kind;
}

}  // namespace cdc::catalog
