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

void AppendPipe(const Plan& plan, const Pipe& pipe, const KnownTables* known, std::string* out) {
  std::vector<Row> rows = {Title()};
  std::set<std::string> all_topics;
  const std::vector<std::string> ops = RowOps(plan, pipe);
  size_t captured = 0;
  if (known == nullptr) {
    for (const TableRule& rule : pipe.tables) {
      std::vector<std::string> topics = TopicsOf(rule.topic, Names(), ops);
      rows.push_back(RuleRow(plan, rule, PatternText(rule.database) + "." + PatternText(rule.table), nullptr, topics));
    }
  } else {
    const Owners owners(pipe);
    for (const Schema& table : known->tables) {
      std::string name = QuotedName(table.database) + "." + QuotedName(table.table);
      const int owner = owners.Find(table.database, table.table);
      if (owner < 0) {
        rows.push_back({name, "-", "not captured"});
        continue;
      }
      const TableRule& rule = pipe.tables[static_cast<size_t>(owner)];
      Names names = NamesOf(rule, table);
      std::vector<std::string> topics = TopicsOf(rule.topic, names, ops);
      rows.push_back(RuleRow(plan, rule, name, &table, topics));
      if (rule.skip) continue;
      ++captured;
      all_topics.insert(topics.begin(), topics.end());
    }
  }
  const std::vector<std::string> notes = PipeNotes(plan, pipe, known, &all_topics);
  std::string title = "pipe " + QuotedName(pipe.name) + ": " + Join(pipe.sources, ", ") + " -> " + pipe.sink;
  title.append(title.size() < 60 ? 62 - title.size() : 2, ' ');
  *out += title +
          (known == nullptr ? Counted(pipe.tables.size(), "table rule") + ", no schema snapshot"
                            : std::to_string(captured) + " of " + Counted(known->tables.size(), "table") + ", " +
                                  Counted(all_topics.size(), "topic")) +
          "\n";
  Append(rows, out);
  for (const std::string& note : notes) *out += "  " + note + "\n";
}

}  // namespace

std::string RenderText(const Plan& plan, const std::vector<KnownTables>& tables) {
  std::string out;
  for (const Pipe& pipe : plan.pipes) {
    const KnownTables* known = nullptr;
    for (const KnownTables& candidate : tables) {
      if (!pipe.sources.empty() && candidate.source == pipe.sources[0]) known = &candidate;
    }
    if (!out.empty()) out += "\n";
    AppendPipe(plan, pipe, known, &out);
  }
  const std::string alerts = AlertsText(plan);
  return alerts.empty() ? out : out + "\n" + alerts;
}

}  // namespace cdc::plan
