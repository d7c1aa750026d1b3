#include "compiler/plan/text_notes.h"

#include <algorithm>

#include "compiler/plan/merged.h"
#include "compiler/plan/owners.h"
#include "compiler/plan/text_names.h"

namespace cdc::plan {
namespace {

bool IsRowEvent(const std::string& event) {
  static constexpr std::string_view kLabels[] = {"snapshot", "insert", "update", "delete", "enter", "leave", "dml"};
  const std::string label = event.substr(0, event.find(" of "));
  return std::find(std::begin(kLabels), std::end(kLabels), label) != std::end(kLabels);
}

// A rule that sends to other topics than the table's, with all of them.
struct Diverted {
  const OnRule* rule = nullptr;
  std::vector<std::string> topics;
};

class DivertedTopics {
 public:
  DivertedTopics(const Plan& plan, const Pipe& pipe) : row_ops_(RowOps(plan, pipe)) {}

  void Add(const std::vector<OnRule>& rules, const TopicRule& topic, const Names& names) {
    for (const OnRule& rule : rules) {
      if (rule.action != ActionKind::kPublish || rule.built_in) continue;
      const bool of_rows = !rule.events.empty() && IsRowEvent(rule.events[0]);
      // Without `to` the topic is the table's own, but for its `$op$`.
      if (!rule.to && (of_rows || !HasOp(topic.otherwise))) continue;
      AddFilled(rule.to ? *rule.to : topic.otherwise, names, of_rows ? row_ops_ : std::vector<std::string>{"ddl"},
                &Find(rule).topics);
    }
  }

  const std::vector<Diverted>& all() const { return all_; }
  bool Has(const OnRule& rule) const {
    return std::any_of(all_.begin(), all_.end(), [&](const Diverted& known) { return IsSame(*known.rule, rule); });
  }

 private:
  // A pipe's rules are part of every table's: one is known by its place.
  static bool IsSame(const OnRule& a, const OnRule& b) {
    return a.origin.file == b.origin.file && a.origin.begin == b.origin.begin;
  }
  Diverted& Find(const OnRule& rule) {
    for (Diverted& known : all_) {
      if (IsSame(*known.rule, rule)) return known;
    }
    return all_.emplace_back(Diverted{&rule, {}});
  }

  std::vector<std::string> row_ops_;
  std::vector<Diverted> all_;
};

bool SyncsNever(const Plan& plan, const Pipe& pipe) {
  return std::any_of(plan.sinks.begin(), plan.sinks.end(),
                     [&](const Resource& sink) { return sink.name == pipe.sink && sink.settings.Is("sync", "never"); });
}

}  // namespace

std::vector<std::string> PipeNotes(const Plan& plan, const Pipe& pipe, const SourceTables& known,
                                   std::set<std::string>* topics) {
  DivertedTopics diverted(plan, pipe);
  std::vector<std::string> keyless;
  const Owners owners(pipe);
  for (const KnownTables* of_source : known) {
    for (const Schema& table : of_source->tables) {
      const int owner = owners.Find(table.database, table.table);
      if (owner < 0 || pipe.tables[static_cast<size_t>(owner)].skip) continue;
      const TableRule& rule = pipe.tables[static_cast<size_t>(owner)];
      diverted.Add(rule.on, rule.topic, NamesOf(rule, table, of_source->source));
      if (rule.key.kind != KeyRule::Kind::kDefault || !table.DefaultKey().empty()) continue;
      keyless.push_back((pipe.sources.size() > 1 ? of_source->source + ": " : "") + QuotedName(table.database) + "." +
                        QuotedName(table.table));
    }
  }
  std::vector<std::string> notes;
  const MergedTables merged(pipe, known);
  for (const LogicalTable& table : merged.logical()) {
    // Of several sources' tables without another name, the table of tables tells enough.
    if (!table.rule->target_database && !table.rule->target_table) continue;
    notes.push_back("merged into " + table.name + ": " + MergeText(table) + ", " + LineOf(plan, table.rule->origin));
  }
  auto tell = [&](const Diverted& one) {
    notes.push_back("also to " + Join(one.topics, " | ") + ": on " + Join(one.rule->events, ", ") + ", " +
                    LineOf(plan, one.rule->origin));
  };
  for (const Diverted& one : diverted.all()) {
    topics->insert(one.topics.begin(), one.topics.end());
    tell(one);
  }
  // Rules that no known table has: their topics as they are written.
  DivertedTopics open(plan, pipe);
  for (const TableRule& rule : pipe.tables) {
    if (!rule.skip) open.Add(rule.on, rule.topic, Names());
  }
  for (const Diverted& one : open.all()) {
    if (!diverted.Has(*one.rule)) tell(one);
  }
  for (const std::string& table : keyless) {
    notes.push_back("note: " + table + " has no primary key and no unique key without NULLs: its records have no key" +
                    " [PIPE227]");
  }
  if (SyncsNever(plan, pipe)) {
    notes.push_back("note: sink " + QuotedName(pipe.sink) +
                    " never syncs its files: a power loss may take records whose position is saved");
  }
  return notes;
}

}  // namespace cdc::plan
