#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/plan/text.h"

namespace cdc::plan {

// What a pipe's table of tables does not show, one line each: tables that become one, where `publish to` rules send,
// tables without a key, a sink that does not sync. Adds the topics it names to `topics`. `known`: of the pipe's sources
// with a schema snapshot.
std::vector<std::string> PipeNotes(const Plan& plan, const Pipe& pipe, const SourceTables& known,
                                   std::set<std::string>* topics);

}  // namespace cdc::plan
