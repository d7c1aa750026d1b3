#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatTicdcCanalJson() {
  KindDef kind = FormatCanalJson();
  kind.name = "ticdc_canal_json";
  kind.doc = "Canal JSON as TiCDC writes it";
  kind.built = false;
  kind.cannot_express.clear();
  for (SettingDef& setting : kind.settings) {
    if (setting.name == "old") setting.fallback = WordValue("all");
  }
  kind.settings.insert(kind.settings.end(), {
                                                {.name = "extension",
                                                 .type = ValueType::kBool,
                                                 .fallback = BoolValue(false),
                                                 .doc = "write the member `_tidb`"},
                                                {.name = "delete_keys_only",
                                                 .type = ValueType::kBool,
                                                 .fallback = BoolValue(false),
                                                 .doc = "a deleted row has its key columns only"},
                                            });
  return kind;
}

}  // namespace cdc::catalog
