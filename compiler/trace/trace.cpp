#include "compiler/trace/trace.h"

#include <algorithm>
#include <set>

#include "compiler/plan/merged.h"
#include "compiler/plan/owners.h"
#include "compiler/plan/text_rules.h"
#include "compiler/trace/containers.h"
#include "stdlib/catalog/setting_text.h"

namespace cdc::trace {
namespace {

using plan::Pipe;
using plan::TableRule;
using Row = std::vector<std::string>;

size_t Width(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Two columns in front, each as wide as its widest cell, no wider than `kCellMax`.
constexpr size_t kCellMax = 48;

void Append(const std::vector<Row>& rows, std::string* out) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], std::min(Width(row[i]), kCellMax));
  }
  for (const Row& row : rows) {
    *out += " ";
    for (size_t i = 0; i < row.size(); ++i) {
      *out += " " + row[i];
      if (i + 1 < row.size()) out->append(widths[i] - std::min(Width(row[i]), widths[i]) + 1, ' ');
    }
    *out += "\n";
  }
}

bool IsSame(const expr::Origin& a, const expr::Origin& b) {
  return a.file == b.file && a.begin == b.begin && a.end == b.end;
}

// A table that somebody asks about.
struct Asked {
  std::string database;
  std::string table;
  const Schema* schema = nullptr;  // null: no snapshot has it
};

class Tracer {
 public:
  explicit Tracer(const compile::Compiled& compiled)
      : compiled_(compiled), plan_(*compiled.plan), containers_(*compiled.files) {}

  Result<std::string> Run(const TableName& name) {
    for (const Pipe& pipe : plan_.pipes) {
      std::vector<std::pair<const std::string*, Asked>> all;
      for (const std::string& source : pipe.sources) {
        for (const Asked& asked : TablesCalled(name, source)) all.emplace_back(&source, asked);
      }
      // Where one source has it, a snapshot that does not is nothing to tell of.
      const bool found =
          std::any_of(all.begin(), all.end(), [](const auto& one) { return one.second.schema != nullptr; });
      for (const auto& [source, asked] : all) {
        const bool elsewhere = found && asked.schema == nullptr && TablesOf(*source) != nullptr;
        if (!elsewhere) OnePipe(pipe, *source, asked);
      }
    }
    if (out_.empty()) {
      return Error(ErrorCode::kUsage,
                   "no schema snapshot has a table `" + name.table + "`: write `database." + name.table + "`");
    }
    return std::move(out_);
  }

 private:
  const plan::KnownTables* TablesOf(const std::string& source) const {
    for (const plan::KnownTables& known : compiled_.tables) {
      if (known.source == source) return &known;
    }
    return nullptr;
  }

  std::vector<Asked> TablesCalled(const TableName& name, const std::string& source) const {
    std::vector<Asked> found;
    const plan::KnownTables* known = TablesOf(source);
    if (known != nullptr) {
      for (const Schema& table : known->tables) {
        const bool here = name.database.empty() || name.database == table.database;
        if (here && table.table == name.table) found.push_back({table.database, table.table, &table});
      }
    }
    if (found.empty() && !name.database.empty()) found.push_back({name.database, name.table, nullptr});
    return found;
  }

  void OnePipe(const Pipe& pipe, const std::string& source, const Asked& asked) {
    if (!out_.empty()) out_ += "\n";
    out_ += "table " + plan::QuotedName(asked.database) + "." + plan::QuotedName(asked.table) + " in pipe " +
            plan::QuotedName(pipe.name) + ": " + source + " -> " + pipe.sink + "\n";
    if (asked.schema == nullptr) {
      out_ += TablesOf(source) == nullptr ? "there is no schema snapshot of `" + source + "`\n"
                                          : "the schema snapshot of `" + source + "` does not have it\n";
    }
    const int owner = plan::Owners(pipe).Find(asked.database, asked.table);
    out_ += "\nowner, the first rule that matches\n";
    Rules(pipe, asked, owner);
    if (owner < 0) {
      out_ += "nothing captures it\n";
      return;
    }
    const TableRule& rule = pipe.tables[static_cast<size_t>(owner)];
    if (rule.skip) {
      out_ += "it is skipped on purpose\n";
      return;
    }
    out_ += "\nits rows\n";
    Clauses(pipe, static_cast<size_t>(owner), source, asked);
    out_ += "\nwhat happens to a change, the first rule that fits\n";
    OnRules(rule);
    Resource("source", source, plan_.sources);
    Resource("sink", pipe.sink, plan_.sinks);
    if (!pipe.store.empty()) Resource("store", pipe.store, plan_.stores);
  }

  // ---- owner ----

  static bool Owns(TableRule rule, const Asked& asked, bool any_table) {
    Pipe alone;
    if (any_table) rule.table = {plan::NamePattern::Kind::kAny, ""};
    alone.tables.push_back(std::move(rule));
    return plan::Owners(alone).Find(asked.database, asked.table) == 0;
  }

  static std::string WhyNot(const TableRule& rule, const Asked& asked) {
    if (Owns(rule, asked, true)) {
      return "does not match: `" + asked.table + "` is not " + plan::PatternText(rule.table);
    }
    // A database of the server's own matches by its exact name only.
    const bool own = rule.database.kind == plan::NamePattern::Kind::kAny;
    return "does not match: `" + asked.database + "` is " +
           (own ? "the server's own, and not named in full" : "not " + plan::PatternText(rule.database));
  }

  void Rules(const Pipe& pipe, const Asked& asked, int owner) {
    std::vector<Row> rows;
    for (size_t i = 0; i < pipe.tables.size(); ++i) {
      const TableRule& rule = pipe.tables[i];
      const bool matches = Owns(rule, asked, false);
      const std::string why = static_cast<int>(i) == owner ? "owns it"
                              : matches                    ? "matches too, behind the owner"
                                                           : WhyNot(rule, asked);
      rows.push_back({plan::LineOf(plan_, rule.origin),
                      "table " + plan::PatternText(rule.database) + "." + plan::PatternText(rule.table) +
                          (rule.skip ? " skip" : ""),
                      why});
    }
    Append(rows, &out_);
  }

  // ---- settings ----

  // "orders.pipe:12, pipe orders: topic "x";"
  std::string DecidedAt(const expr::Origin& place) const {
    const std::string container = containers_.NameOf(place);
    const std::string line = containers_.LineOf(place);
    return plan::LineOf(plan_, place) + (container.empty() ? "" : ", " + container) + (line.empty() ? "" : ": " + line);
  }

  std::string Decided(const expr::Origin& place, bool is_default) const {
    return is_default ? "default" : DecidedAt(place);
  }

  void Clauses(const Pipe& pipe, size_t number, const std::string& source, const Asked& asked) {
    const TableRule& rule = pipe.tables[number];
    const plan::Names names = plan::NamesOf(rule, asked.schema != nullptr ? *asked.schema : Named(asked), source);
    plan::SourceTables all;
    for (const std::string& one : pipe.sources) {
      if (const plan::KnownTables* known = TablesOf(one)) all.push_back(known);
    }
    const plan::MergedTables merged(pipe, all);
    const std::string key = plan::KeyText(rule.key, asked.schema == nullptr ? nullptr : &merged.Seen(*asked.schema));
    std::vector<Row> rows;
    if (rule.target_database || rule.target_table) {
      rows.push_back({"as", names.database + "." + names.table, DecidedAt(rule.origin)});
    }
    const plan::LogicalTable* logical = asked.schema == nullptr ? nullptr : merged.Find(*asked.schema);
    if (logical != nullptr && logical->parts.size() > 1)
      rows.push_back({"merge", plan::MergeText(*logical), DecidedAt(rule.origin)});
    rows.push_back({"where", rule.where ? expr::ToText(*rule.where) : "every row",
                    rule.where ? DecidedAt(rule.where->origin) : "default"});
    const plan::SelectItem* first = rule.select.empty() ? nullptr : &rule.select[0];
    rows.push_back({"select", plan::SelectText(rule.select),
                    first == nullptr ? "default" : DecidedAt(first->star ? first->origin : first->value.origin)});
    rows.push_back({"key", key, Decided(rule.key.origin, rule.key.kind == plan::KeyRule::Kind::kDefault)});
    rows.push_back({"partition", plan::PartitionText(rule.partition, key),
                    Decided(rule.partition.origin, IsSame(rule.partition.origin, rule.origin))});
    rows.push_back({"topic", plan::TopicText(rule.topic, names),
                    Decided(rule.topic.otherwise.origin, IsSame(rule.topic.otherwise.origin, rule.origin))});
    rows.push_back({"format", rule.format.name, Decided(rule.format.origin, IsSame(rule.format.origin, rule.origin))});
    auto places = compiled_.provenance.formats.find({pipe.name, number});
    Settings(rule.format.settings, places == compiled_.provenance.formats.end() ? nullptr : &places->second, "format.",
             &rows);
    for (const plan::HeaderRule& header : rule.headers) {
      rows.push_back({"header '" + plan::Filled(header.name, names) + "'", expr::ToText(header.value),
                      DecidedAt(header.value.origin)});
    }
    Append(rows, &out_);
  }

  static Schema Named(const Asked& asked) {
    Schema schema;
    schema.database = asked.database;
    schema.table = asked.table;
    return schema;
  }

  void Settings(const catalog::Settings& settings, const compile::Places* places, const std::string& prefix,
                std::vector<Row>* rows) const {
    for (const auto& [name, value] : settings.all()) {
      const std::string text = catalog::ToText(value);
      auto place = places == nullptr ? compile::Places::const_iterator() : places->find(name);
      const bool written = places != nullptr && place != places->end();
      const char* otherwise = name == "server_id" ? "default, made of the names of program and source" : "default";
      rows->push_back({prefix + name, text,
                       written ? DecidedAt({place->second.file, place->second.begin, place->second.end}) : otherwise});
    }
  }

  void OnRules(const TableRule& rule) {
    std::vector<Row> rows;
    for (const plan::OnRule& on : rule.on) {
      rows.push_back({plan::OnText(on), on.built_in ? "built in" : DecidedAt(on.origin)});
    }
    Append(rows, &out_);
  }

  void Resource(const char* word, const std::string& name, const std::vector<plan::Resource>& resources) {
    for (const plan::Resource& resource : resources) {
      if (resource.name != name || !told_.insert(name).second) continue;
      out_ += "\n" + std::string(word) + " " + plan::QuotedName(name) + ": " + resource.kind + "\n";
      auto places = compiled_.provenance.resources.find(name);
      std::vector<Row> rows;
      Settings(resource.settings, places == compiled_.provenance.resources.end() ? nullptr : &places->second, "",
               &rows);
      Append(rows, &out_);
    }
  }

  const compile::Compiled& compiled_;
  const plan::Plan& plan_;
  Containers containers_;
  std::set<std::string> told_;  // sources, sinks and stores
  std::string out_;
};

}  // namespace

Result<std::string> ExplainTable(const compile::Compiled& compiled, const TableName& name) {
  return Tracer(compiled).Run(name);
}

}  // namespace cdc::trace
