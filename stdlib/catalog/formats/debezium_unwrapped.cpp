#include "stdlib/catalog/entries.h"

namespace cdc::catalog {

KindDef FormatDebeziumUnwrapped() {
  KindDef kind = FormatDebeziumJson();
  kind.name = "debezium_unwrapped";
  kind.doc = "Debezium's ExtractNewRecordState";
  kind.built = false;
  kind.settings.insert(
      kind.settings.end(),
      {
          {.name = "encoding",
           .words = {"json", "avro"},
           .fallback = WordValue("json"),
           .doc = "`avro` needs a registry"},
          {.name = "registry",
           .type = ValueType::kName,
           .doc = "the declared registry of its schemas; with `encoding = avro`"},
          {.name = "deletes",
           .words = {"tombstone", "leave_out", "rewrite", "rewrite_with_tombstone", "delete_to_tombstone"},
           .fallback = WordValue("tombstone"),
           .doc = "what a deleted row becomes; `leave_out` is Debezium's `drop`, a word of this language"},
          {.name = "add_fields",
           .shape = Shape::kList,
           .type = ValueType::kString,
           .fallback = ListValue({}),
           .doc = "fields of the envelope that are kept in the value"},
          {.name = "add_headers",
           .shape = Shape::kList,
           .type = ValueType::kString,
           .fallback = ListValue({}),
           .doc = "fields of the envelope that become headers"},
      });
  return kind;
}

}  // namespace cdc::catalog
