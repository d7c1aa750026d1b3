#pragma once

#include <string>
#include <vector>

#include "compiler/plan/text.h"

namespace cdc::plan {

// The plan as a graph for drawing: each pipe from its sources over its table rules, with what they do, to its topics.
// As text of Graphviz and of Mermaid. What a program calls things is escaped: no name ends a label or adds to the
// graph.
std::string RenderDot(const Plan& plan, const std::vector<KnownTables>& tables);
std::string RenderMermaid(const Plan& plan, const std::vector<KnownTables>& tables);

}  // namespace cdc::plan
