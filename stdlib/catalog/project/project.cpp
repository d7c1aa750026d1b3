#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

namespace {

std::vector<SettingDef> VaultSettings() {
  const std::vector<std::string> vault = {"vault"};
  SettingDef tls = TlsVariant({.server_name = true, .only_1_3 = true});
  tls.only_in = vault;
  return {
      {.name = "address", .type = ValueType::kTemplate, .required = true, .doc = "URL of the server", .only_in = vault},
      {.name = "mount",
       .type = ValueType::kString,
       .fallback = TextValue("secret"),
       .doc = "where the engine of keys and values is mounted",
       .only_in = vault},
      {.name = "namespace", .type = ValueType::kString, .doc = "a namespace of the server", .only_in = vault},
      std::move(tls),
      {.name = "auth",
       .shape = Shape::kVariant,
       .words = {"token", "kubernetes"},
       .doc = "how to log in",
       .members =
           {
               {.name = "token",
                .type = ValueType::kSecret,
                .required = true,
                .doc = "the token",
                .only_in = {"token"}},
               {.name = "role",
                .type = ValueType::kString,
                .required = true,
                .doc = "the role",
                .only_in = {"kubernetes"}},
               {.name = "mount",
                .type = ValueType::kString,
                .fallback = TextValue("kubernetes"),
                .doc = "where the login is mounted",
                .only_in = {"kubernetes"}},
           },
       .only_in = vault},
  };
}

}  // namespace

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
               .members = VaultSettings()},
          }};
}

}  // namespace cdc::catalog
