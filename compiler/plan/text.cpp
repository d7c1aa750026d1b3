#include "compiler/plan/text.h"

#include <algorithm>
#include <set>

#include "compiler/plan/owners.h"
#include "compiler/plan/text_alerts.h"
#include "compiler/plan/text_names.h"
#include "compiler/plan/text_notes.h"
#include "compiler/plan/text_rules.h"

namespace cdc::plan {
namespace {

using Row = std::vector<std::string>;

Row RuleRow(const Plan& plan, const TableRule& rule, const std::string& table, const Schema* schema,
            const std::vector<std::string>& topics) {
  if (rule.skip) return {table, LineOf(plan, rule.origin), "skipped"};
  std::string key = KeyText(rule.key, schema);
  return {table,
          LineOf(plan, rule.origin),
          Join(topics, " | "),
          key,
          PartitionText(rule.partition, key),
          rule.format.name,
          rule.where ? LineOf(plan, rule.where->origin) : "-"};
}

void Append(const std::vector<Row>& rows, std::string* out) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    *out += " ";
    for (size_t i = 0; i < row.size(); ++i) {
      *out += " " + row[i];
      if (i + 1 < row.size()) out->append(widths[i] - row[i].size() + 1, ' ');
    }
    *out += "\n";
  }
}

const Row& Title() {
  static const Row* const title = new Row{"table", "owner", "topic", "key", "partition", "format", "where"};
  return *title;
}

std::string Counted(size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// The rows of a pipe's tables, and what is counted of them.
class TableRows {
 public:
  TableRows(const Plan& plan, const Pipe& pipe) : plan_(plan), pipe_(pipe), owners_(pipe), ops_(RowOps(plan, pipe)) {}

  // Without a snapshot of any source: the rules stand for their tables.
  void AddRules() {
    for (const TableRule& rule : pipe_.tables) {
      std::vector<std::string> of_rule = TopicsOf(rule.topic, Names(), ops_);
      rows.push_back(
          RuleRow(plan_, rule, PatternText(rule.database) + "." + PatternText(rule.table), nullptr, of_rule));
    }
  }

  void Add(const KnownTables& known) {
    tables += known.tables.size();
    for (const Schema& table : known.tables) {
      std::string name = QuotedName(table.database) + "." + QuotedName(table.table);
      if (pipe_.sources.size() > 1) name = known.source + ": " + name;
      const int owner = owners_.Find(table.database, table.table);
      if (owner < 0) {
        rows.push_back({name, "-", "not captured"});
        continue;
      }
      const TableRule& rule = pipe_.tables[static_cast<size_t>(owner)];
      Names names = NamesOf(rule, table, known.source);
      std::vector<std::string> of_table = TopicsOf(rule.topic, names, ops_);
      rows.push_back(RuleRow(plan_, rule, name, &table, of_table));
      if (rule.skip) continue;
      ++captured;
      topics.insert(of_table.begin(), of_table.end());
    }
  }

  std::vector<Row> rows = {Title()};
  std::set<std::string> topics;
  size_t captured = 0;
  size_t tables = 0;

 private:
  const Plan& plan_;
  const Pipe& pipe_;
  const Owners owners_;
  const std::vector<std::string> ops_;
};

// `known`: those of the pipe's sources.
void AppendPipe(const Plan& plan, const Pipe& pipe, const SourceTables& known, std::string* out) {
  TableRows found(plan, pipe);
  if (known.empty()) found.AddRules();
  std::vector<std::string> unknown = pipe.sources;
  for (const KnownTables* of_source : known) {
    found.Add(*of_source);
    std::erase(unknown, of_source->source);
  }
  const std::vector<std::string> notes = PipeNotes(plan, pipe, known, &found.topics);
  std::string title = "pipe " + QuotedName(pipe.name) + ": " + Join(pipe.sources, ", ") + " -> " + pipe.sink;
  title.append(title.size() < 60 ? 62 - title.size() : 2, ' ');
  *out += title;
  *out += known.empty() ? Counted(pipe.tables.size(), "table rule")
                        : std::to_string(found.captured) + " of " + Counted(found.tables, "table") + ", " +
                              Counted(found.topics.size(), "topic");
  if (!unknown.empty()) *out += ", no schema snapshot" + (known.empty() ? "" : " of " + Join(unknown, ", "));
  *out += "\n";
  Append(found.rows, out);
  for (const std::string& note : notes) *out += "  " + note + "\n";
}

}  // namespace

std::string RenderText(const Plan& plan, const std::vector<KnownTables>& tables) {
  std::string out;
  for (const Pipe& pipe : plan.pipes) {
    SourceTables known;
    for (const std::string& source : pipe.sources) {
      for (const KnownTables& candidate : tables) {
        if (candidate.source == source) known.push_back(&candidate);
      }
    }
    if (!out.empty()) out += "\n";
    AppendPipe(plan, pipe, known, &out);
  }
  const std::string alerts = AlertsText(plan);
  return alerts.empty() ? out : out + "\n" + alerts;
}

}  // namespace cdc::plan
