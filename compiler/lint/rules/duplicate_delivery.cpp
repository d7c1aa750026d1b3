#include <map>
#include <tuple>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

struct Sent {
  const PipeView* pipe = nullptr;
  const RuleView* rule = nullptr;
};
// Source, sink, table, topic.
using Way = std::tuple<std::string, std::string, std::string, std::string>;

std::vector<std::string> TopicsOf(const RuleView& rule, const TableView& table) {
  std::vector<std::string> topics;
  auto add = [&](const sema::Template& topic) {
    std::optional<std::string> name = sema::Fill(topic, table.table.target_database, table.table.target_table,
                                                 *rule.rule, table.table.groups, table.table.source);
    if (name) topics.push_back(*name);
  };
  for (const sema::Topic::Arm& arm : rule.rule->topic.arms) add(arm.topic);
  add(rule.rule->topic.otherwise);
  return topics;
}

// A table whose source no snapshot tells may be of each.
std::vector<Way> WaysOf(const PipeView& pipe, const RuleView& rule, const TableView& table) {
  std::vector<std::string> sources = {table.table.source};
  if (table.table.source.empty()) sources = pipe.pipe->sources;
  std::vector<Way> ways;
  for (const std::string& topic : TopicsOf(rule, table)) {
    for (const std::string& source : sources) ways.emplace_back(source, pipe.pipe->sink, table.Name(), topic);
  }
  return ways;
}

void RunDuplicateDelivery(const ProgramView& program, Diagnostics* diagnostics) {
  std::map<Way, Sent> sent;
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      for (const TableView& table : rule.tables) {
        if (table.table.table.empty()) continue;
        for (const Way& way : WaysOf(pipe, rule, table)) {
          auto [first, added] = sent.emplace(way, Sent{&pipe, &rule});
          bool other = !added && first->second.pipe != &pipe;
          if (!other || sema::AlreadyReported(Kind::kDuplicateDelivery, rule.rule->span, *diagnostics)) continue;
          diagnostics
              ->Report(Kind::kDuplicateDelivery, rule.rule->span,
                       "two pipes send `" + table.Name() + "` to topic `" + std::get<3>(way) + "`",
                       "every change is there twice")
              .labels.push_back(
                  {first->second.rule->rule->span, "pipe `" + first->second.pipe->pipe->name + "` sends it too"});
        }
      }
    }
  }
}

}  // namespace

Rule DuplicateDelivery() { return {.kind = Kind::kDuplicateDelivery, .of_program = RunDuplicateDelivery}; }

}  // namespace cdc::lint
