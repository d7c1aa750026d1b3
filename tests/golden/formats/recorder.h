#pragma once

// What a format makes of the events that the published samples show: rows R1 and R2 of a table, and two statements.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/formats/local_schema_registry.h"
#include "tests/golden/formats/orders_table.h"

namespace cdc::testing {

struct RecorderOptions {
  std::string format;
  std::string table;  // of types_table.h; empty: shop.orders
  catalog::Settings settings;
  bool small_ubig = false;  // OrdersRow()
  bool key_clause = false;
};

inline catalog::SettingValue WordOf(const char* word) { return {.kind = catalog::SettingKind::kWord, .text = word}; }

struct Record {
  bool failed = false;
  std::optional<std::string> key;
  std::string value;  // or the error's text
  std::vector<std::pair<std::string, std::string>> headers;
};

class Recorder {
 public:
  explicit Recorder(const RecorderOptions& options);

  // `event`: snapshot and insert of R1, update of R1 to R2, delete of R2; key_change_delete and key_change_insert, the
  // halves of an update of the key; ddl, which adds a column `extra`; truncate.
  Record Of(const std::string& event, const Group& group = OrdersGroup()) const;
  // The schema that a record names by its number: of the registry `schemas`.
  std::string SchemaOf(uint32_t id) const { return registry_->SchemaOf(id); }

 private:
  Record OfRow(const std::string& event, Group group) const;
  Record OfDdl(const std::string& event, const Group& group) const;
  std::vector<Value> Row(int number) const;

  const RecorderOptions options_;
  const std::shared_ptr<formats::LocalSchemaRegistry> registry_ = std::make_shared<formats::LocalSchemaRegistry>();
  std::unique_ptr<formats::Format> format_;
  formats::OutputShape shape_;
  std::unique_ptr<formats::Encoder> encoder_;
};

}  // namespace cdc::testing
