#include <utility>

#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatJson() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "json",
               .doc = "the output row as one JSON object",
               .built = false,
               .settings = FormatSettings(true)};
  for (SettingDef& setting : RowSettings()) kind.settings.push_back(std::move(setting));
  kind.settings.insert(kind.settings.end(), {
                                                {.name = "decimal",
                                                 .words = {"string", "number"},
                                                 .fallback = WordValue("string"),
                                                 .doc = "how DECIMAL is written"},
                                                {.name = "binary",
                                                 .words = {"base64", "hex"},
                                                 .fallback = WordValue("base64"),
                                                 .doc = "how bytes are written"},
                                            });
  return kind;
}

}  // namespace cdc::catalog
