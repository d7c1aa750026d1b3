#include <utility>

#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatCsv() {
  KindDef kind{.holder = Holder::kFormat,
               .name = "csv",
               .doc = "the output row as comma-separated values",
               .built = false,
               .settings = FormatSettings(true)};
  for (SettingDef& setting : RowSettings()) kind.settings.push_back(std::move(setting));
  kind.settings.insert(kind.settings.end(),
                       {
                           {.name = "delimiter",
                            .type = ValueType::kString,
                            .fallback = TextValue(","),
                            .doc = "the character between values"},
                           {.name = "quote",
                            .type = ValueType::kString,
                            .fallback = TextValue("\""),
                            .doc = "the character around values that need one"},
                           {.name = "null_text",
                            .type = ValueType::kString,
                            .fallback = TextValue(""),
                            .doc = "NULL, which is written without quotes; an empty string has them"},
                       });
  return kind;
}

}  // namespace cdc::catalog
