#include <utility>

#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

// The settings that say which cluster are the sink's.
KindDef StoreKafka() {
  KindDef kind{
      .holder = Holder::kStore, .name = "kafka", .doc = "state in a Kafka cluster apart from the sink", .built = false};
  for (SettingDef& setting : SinkKafka().settings) {
    const bool of_cluster =
        setting.name == "brokers" || setting.name == "tls" || setting.name == "auth" || setting.name == "retry";
    if (of_cluster) kind.settings.push_back(std::move(setting));
  }
  kind.settings.insert(kind.settings.end(), {
                                                {.name = "topic",
                                                 .type = ValueType::kTemplate,
                                                 .fallback = TextValue("_pipewright"),
                                                 .doc = "where positions are saved"},
                                                {.name = "replication",
                                                 .type = ValueType::kInt,
                                                 .words = {"broker"},
                                                 .fallback = WordValue("broker"),
                                                 .min = 1,
                                                 .max = 32'767,
                                                 .doc = "of that topic"},
                                            });
  return kind;
}

}  // namespace cdc::catalog
