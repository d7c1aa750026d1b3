#include <algorithm>

#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDebeziumAvro() {
  KindDef kind = FormatDebeziumJson();
  kind.name = "debezium_avro";
  kind.doc = "Debezium's envelope as Avro";
  kind.needs_registry = true;
  kind.is_text = false;
  auto without = [](auto* list, auto is) { list->erase(std::remove_if(list->begin(), list->end(), is), list->end()); };
  without(&kind.settings, [](const SettingDef& setting) { return setting.name == "schema"; });
  for (SettingDef& setting : kind.settings) {
    // JSON has numbers without a type.
    without(&setting.words, [](const std::string& word) { return word == "numeric"; });
  }
  for (SettingDef& setting : RegistrySettings()) kind.settings.push_back(std::move(setting));
  return kind;
}

}  // namespace cdc::catalog
