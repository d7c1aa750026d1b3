#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef Project() {
  return {.holder = Holder::kProject,
          .name = "project",
          .doc = "the project of a program",
          .settings = {
              {.name = "schema", .type = ValueType::kPath, .fallback = TextValue("schema"), .doc = "schema snapshots"},
              {.name = "baseline", .type = ValueType::kPath, .doc = "findings that lint leaves out"},
              {.name = "schema_max_age",
               .type = ValueType::kDuration,
               .fallback = MillisecondsValue(int64_t{30} * 24 * 60 * 60 * 1000),
               .doc = "lint warns above it"},
              {.name = "lint",
               .shape = Shape::kNames,
               .words = {"error", "warning", "style", "off"},
               .doc = "levels of lint rules, by their ids"},
              {.name = "secrets",
               .shape = Shape::kVariant,
               .words = {"vault"},
               .doc = "where `vault()` reads",
               .later_words = {"vault"}},
          }};
}

}  // namespace cdc::catalog
