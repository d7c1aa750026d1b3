#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef SourceBinlogFiles() {
  SettingDef start = StartVariant({"earliest", "file", "gtid", "time"}, "earliest");
  start.later_words = {"gtid"};
  return {.holder = Holder::kSource,
          .name = "binlog_files",
          .doc = "recorded logs, read without a server",
          .settings = {
              {.name = "path",
               .type = ValueType::kPath,
               .required = true,
               .doc = "files, with `*` and `?`; read in order of name, numeric suffix first"},
              {.name = "schema_from",
               .type = ValueType::kString,
               .doc = "the snapshot folder with the tables; default: the source's name"},
              start,
              {.name = "follow",
               .type = ValueType::kBool,
               .fallback = BoolValue(false),
               .doc = "wait for more bytes and files",
               .only_fallback = true},
              {.name = "keyring", .type = ValueType::kSecret, .doc = "for encrypted logs", .later = true},
          }};
}

}  // namespace cdc::catalog
