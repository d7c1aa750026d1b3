#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatCloudeventsJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "cloudevents_json",
               .doc = "CloudEvents 1.0",
               .built = false,
               .settings = FormatSettings(false)};
  kind.settings.insert(kind.settings.end(), {
                                                {.name = "mode",
                                                 .words = {"structured", "binary"},
                                                 .fallback = WordValue("structured"),
                                                 .doc = "one JSON object, or attributes as headers"},
                                                {.name = "uri",
                                                 .type = ValueType::kTemplate,
                                                 .fallback = TextValue("/pipewright/$pipe$"),
                                                 .doc = "the attribute `source`"},
                                                {.name = "type",
                                                 .type = ValueType::kTemplate,
                                                 .fallback = TextValue("pipewright.change"),
                                                 .doc = "the attribute `type`"},
                                            });
  return kind;
}

}  // namespace cdc::catalog
