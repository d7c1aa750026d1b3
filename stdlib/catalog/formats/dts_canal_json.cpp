#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDtsCanalJson() {
  KindDef kind = FormatCanalJson();
  kind.name = "dts_canal_json";
  kind.doc = "Canal JSON as Alibaba Cloud DTS writes it";
  kind.built = false;
  kind.cannot_express.clear();
  for (SettingDef& setting : kind.settings) {
    if (setting.name == "snapshot_as") setting.fallback = WordValue("init");
    if (setting.name == "gtid") setting.fallback = BoolValue(false);
  }
  kind.settings.push_back({.name = "sql_type",
                           .words = {"value", "type"},
                           .fallback = WordValue("value"),
                           .doc = "whether numbers of `sqlType` are widened by the value or by the column's type"});
  return kind;
}

}  // namespace cdc::catalog
