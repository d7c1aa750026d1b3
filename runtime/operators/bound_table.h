#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/expression.h"
#include "runtime/bind/secret_values.h"
#include "runtime/bind/widening.h"
#include "runtime/formats/format.h"
#include "runtime/operators/merged_tables.h"
#include "runtime/operators/on_rules.h"
#include "runtime/operators/partition.h"
#include "runtime/operators/projection.h"
#include "runtime/operators/topic.h"

namespace cdc::operators {

// What a pipe's rule became for one version of one table: everything that a row needs, by column position.
// Threads: made in the source's thread, then used by the transform's alone.
struct BoundTable {
  struct Header {
    plan::Template name;
    bind::Expression value;  // over output columns
  };

  const plan::TableRule* rule = nullptr;
  std::string name;  // `shop.orders`, as in the source
  TopicNames names;
  std::vector<std::string> match_texts;
  std::vector<Value> match;  // views of match_texts
  std::optional<bind::Expression> where;
  // Makes rows of this table rows of all tables that it is one with; nothing: they are that already. Everything below
  // that says "source column" then means a column of all those tables.
  std::optional<bind::Widening> widening;
  std::vector<Value> wide_before, wide_after;  // the row in hand, widened
  Projection projection;
  std::unique_ptr<OnRules> on;
  formats::OutputShape shape;
  std::unique_ptr<formats::Encoder> encoder;
  std::unique_ptr<TopicChoice> topic;
  Partitioner partition;
  std::vector<Header> headers;
  std::vector<int> moving_outputs;  // output columns whose change moves a row: key and partition
  std::vector<int> moving_sources;  // source columns likewise: `partition by primary key`
  std::vector<bool> used;           // source columns that are read
  std::vector<bool> sensitive;      // the table's own columns whose values nobody may see; empty: none
  uint32_t meta_fields = 0;
  bool writes_keys = true;
  bool encoder_depends_on_topic = false;
  bool needs_key_bytes = true;  // for the record or its partition
  bool deletes_have_tombstone = false;
  bool uses_scratch = false;         // the simple way needs memory: topics by row, hashes of columns
  bool simple = false;               // no filter, no program, no meta, constant decisions: the short way
  std::vector<Value> before, after;  // output images of the row in hand
};

// Everything that binding needs and that outlives it.
struct BindingContext {
  const plan::Plan* plan = nullptr;
  const plan::Pipe* pipe = nullptr;
  std::string source_name;
  bind::SecretValues secrets;
  bool real_clock = true;  // processing_time() is the machine's
};

// Binds a rule to a table's columns. `merged`: what it is together with other tables (`merge widen`); null: it stands
// for itself. Errors: kConfig with every mistake found, located.
Result<std::unique_ptr<BoundTable>> BindTable(const BindingContext& context, const plan::TableRule& rule,
                                              const formats::Format& format, const TableVersion& version,
                                              TopicNames names, std::vector<std::string> match_names,
                                              const MergedColumns* merged = nullptr);

// Names after `as`, and the pattern's groups, of a table.
TopicNames NamesOf(const plan::TableRule& rule, const std::string& database, const std::string& table,
                   const std::vector<std::string>& match_names, const std::vector<std::string>& match_values);

}  // namespace cdc::operators
