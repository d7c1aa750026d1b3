#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef RegistryConfluent() {
  return {
      .holder = Holder::kRegistry,
      .name = "confluent",
      .doc = "a schema registry with Confluent's interface",
      .settings = {
          {.name = "urls",
           .shape = Shape::kList,
           .type = ValueType::kTemplate,
           .required = true,
           .doc = "tried in order"},
          {.name = "user", .type = ValueType::kTemplate, .doc = "for basic authentication"},
          {.name = "password", .type = ValueType::kSecret, .doc = "for basic authentication"},
          {.name = "token", .type = ValueType::kSecret, .doc = "bearer token, instead of user and password"},
          TlsVariant({.only_1_3 = true}),
          RetryGroup(),
          {.name = "timeout",
           .type = ValueType::kDuration,
           .fallback = MillisecondsValue(10 * kSecond),
           .min = 1,
           .doc = "of one request"},
          {.name = "compatibility",
           .words = {"none", "backward", "forward", "full", "backward_transitive", "forward_transitive",
                     "full_transitive", "unchanged"},
           .fallback = WordValue("unchanged"),
           .doc = "set per subject at its first registration"},
          {.name = "subjects",
           .words = {"topic_name", "record_name", "topic_record_name"},
           .fallback = WordValue("topic_name"),
           .doc = "how subjects are named"},
          {.name = "register",
           .type = ValueType::kBool,
           .fallback = BoolValue(true),
           .doc = "false: schemas are looked up only"},
          {.name = "normalize", .type = ValueType::kBool, .fallback = BoolValue(false), .doc = "normalised schemas"},
          {.name = "framing",
           .words = {"prefix", "header"},
           .fallback = WordValue("prefix"),
           .doc = "where a record names its schema",
           .later_words = {"header"}},
      }};
}

}  // namespace cdc::catalog
