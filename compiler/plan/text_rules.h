#pragma once

// The parts of a table rule as people read them.

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "compiler/plan/text_names.h"
#include "stdlib/core/schema.h"

namespace cdc::plan {

// Every topic that rows may go to, in the order of the rule, none twice.
std::vector<std::string> TopicsOf(const TopicRule& rule, const Names& names, const std::vector<std::string>& ops);
// The topic, or the `case` that decides about it.
std::string TopicText(const TopicRule& rule, const Names& names);
// "id", "primary key (id)", "none"; "default" without a schema.
std::string KeyText(const KeyRule& key, const Schema* schema);
// "hash(id) using crc32", "table"; `key`: the text of the rule's key.
std::string PartitionText(const PartitionRule& partition, const std::string& key);
// "* except (a), b as c"; "*" for none.
std::string SelectText(const std::vector<SelectItem>& select);
// "on update when not changed(a) skip".
std::string OnText(const OnRule& rule);

}  // namespace cdc::plan
