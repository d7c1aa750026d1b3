#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef SourceBinlogFiles() {
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
              {.name = "start",
               .shape = Shape::kVariant,
               .words = {"earliest", "file", "gtid", "time"},
               .fallback = WordValue("earliest"),
               .doc = "the first position when nothing is saved",
               .members =
                   {
                       {.name = "name",
                        .type = ValueType::kString,
                        .required = true,
                        .doc = "the file's name",
                        .only_in = {"file"}},
                       {.name = "position",
                        .type = ValueType::kInt,
                        .fallback = IntValue(4),
                        .min = 4,
                        .doc = "byte position in the file",
                        .only_in = {"file"}},
                       {.name = "gtid_set",
                        .type = ValueType::kString,
                        .required = true,
                        .doc = "what was already read",
                        .only_in = {"gtid"}},
                       {.name = "at",
                        .type = ValueType::kInstant,
                        .required = true,
                        .doc = "the first transaction committed then or later (RFC 3339)",
                        .only_in = {"time"}},
                   },
               .later_words = {"gtid"}},
              {.name = "follow",
               .type = ValueType::kBool,
               .fallback = BoolValue(false),
               .doc = "wait for more bytes and files",
               .only_fallback = true},
              {.name = "keyring", .type = ValueType::kSecret, .doc = "for encrypted logs", .later = true},
          }};
}

}  // namespace cdc::catalog
