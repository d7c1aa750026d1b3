#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDataworksJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "dataworks_json",
               .doc = "DataWorks' JSON",
               .built = false,
               .settings = FormatSettings(true)};
  kind.settings.insert(kind.settings.end(), {
                                                {.name = "before_op",
                                                 .type = ValueType::kString,
                                                 .fallback = TextValue("UPDATE_BEFOR"),
                                                 .doc = "the operation of an update's before image"},
                                                {.name = "decimal",
                                                 .words = {"string", "double"},
                                                 .fallback = WordValue("string"),
                                                 .doc = "how DECIMAL is written"},
                                                {.name = "key_join",
                                                 .type = ValueType::kString,
                                                 .fallback = TextValue(","),
                                                 .doc = "what stands between the parts of a key"},
                                            });
  return kind;
}

}  // namespace cdc::catalog
