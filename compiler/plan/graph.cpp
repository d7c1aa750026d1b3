#include "compiler/plan/graph.h"

#include <algorithm>
#include <map>

#include "compiler/plan/owners.h"
#include "compiler/plan/text_rules.h"

namespace cdc::plan {
namespace {

// So many tables and topics of one rule are drawn; of the others, how many there are.
constexpr size_t kShownMax = 20;
constexpr size_t kLineMax = 100;

enum class Shape : uint8_t { kStore, kBox, kStep, kTopic };

struct Node {
  Shape shape = Shape::kBox;
  std::vector<std::string> lines;
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<std::pair<size_t, size_t>> edges;

  size_t Add(Shape shape, std::vector<std::string> lines) {
    nodes.push_back({shape, std::move(lines)});
    return nodes.size() - 1;
  }
  void Connect(size_t from, size_t to) {
    if (std::find(edges.begin(), edges.end(), std::pair(from, to)) == edges.end()) edges.emplace_back(from, to);
  }
};

std::string Cut(std::string text) {
  if (text.size() <= kLineMax) return text;
  size_t end = kLineMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

class Drawer {
 public:
  Drawer(const Plan& plan, const std::vector<KnownTables>& tables) : plan_(plan), tables_(tables) {}

  Graph Run() {
    for (const Pipe& pipe : plan_.pipes) OnePipe(pipe);
    return std::move(graph_);
  }

 private:
  // One node for each source and sink, whatever pipes have it.
  size_t Resource(const char* word, const std::string& name, const std::vector<plan::Resource>& resources) {
    auto [at, added] = resources_.try_emplace(std::string(word) + " " + name);
    if (!added) return at->second;
    std::string kind;
    for (const plan::Resource& resource : resources) {
      if (resource.name == name) kind = resource.kind;
    }
    return at->second = graph_.Add(Shape::kStore, {std::string(word) + " " + name, kind});
  }

  size_t Topic(const std::string& sink, const std::string& topic, size_t sink_node) {
    auto [at, added] = topics_.try_emplace({sink, topic});
    if (added) {
      at->second = graph_.Add(Shape::kTopic, {topic});
      graph_.Connect(at->second, sink_node);
    }
    return at->second;
  }

  struct Owned {
    const Schema* schema;
    const std::string* source;
  };

  // Tables of the pipe's sources that the rule owns; nothing if no snapshot is known.
  std::vector<Owned> TablesOf(const Pipe& pipe, size_t number) const {
    std::vector<Owned> owned;
    const Owners owners(pipe);
    for (const KnownTables& candidate : tables_) {
      if (std::find(pipe.sources.begin(), pipe.sources.end(), candidate.source) == pipe.sources.end()) continue;
      for (const Schema& table : candidate.tables) {
        const bool owns = owners.Find(table.database, table.table) == static_cast<int>(number);
        if (owns) owned.push_back({&table, &candidate.source});
      }
    }
    return owned;
  }

  void OnePipe(const Pipe& pipe) {
    const size_t node = graph_.Add(Shape::kBox, {"pipe " + pipe.name});
    for (const std::string& source : pipe.sources) graph_.Connect(Resource("source", source, plan_.sources), node);
    const size_t sink = Resource("sink", pipe.sink, plan_.sinks);
    for (size_t i = 0; i < pipe.tables.size(); ++i) {
      if (!pipe.tables[i].skip) Rule(pipe, i, node, sink);
    }
  }

  void Rule(const Pipe& pipe, size_t number, size_t from, size_t sink) {
    const TableRule& rule = pipe.tables[number];
    const std::vector<Owned> tables = TablesOf(pipe, number);
    std::vector<std::string> title = {"table " + PatternText(rule.database) + "." + PatternText(rule.table)};
    const bool exact = rule.database.kind == NamePattern::Kind::kExact && rule.table.kind == NamePattern::Kind::kExact;
    const bool several = pipe.sources.size() > 1;
    const bool listed = several || !exact;
    for (size_t i = 0; listed && i < std::min(tables.size(), kShownMax); ++i) {
      const Schema& table = *tables[i].schema;
      title.push_back((several ? *tables[i].source + ": " : "") + QuotedName(table.database) + "." +
                      QuotedName(table.table));
    }
    if (listed && tables.size() > kShownMax) {
      title.push_back("and " + std::to_string(tables.size() - kShownMax) + " more");
    }
    size_t at = Step(from, Shape::kBox, std::move(title));
    if (rule.where) at = Step(at, Shape::kStep, {"where " + expr::ToText(*rule.where)});
    if (!rule.select.empty()) at = Step(at, Shape::kStep, {"select " + SelectText(rule.select)});
    std::vector<std::string> on;
    for (const OnRule& one : rule.on) {
      if (!one.built_in) on.push_back(OnText(one));
    }
    if (!on.empty()) at = Step(at, Shape::kStep, std::move(on));
    const Schema* schema = tables.size() == 1 ? tables[0].schema : nullptr;
    const std::string key = KeyText(rule.key, schema);
    at = Step(at, Shape::kStep,
              {"key " + key, "partition by " + PartitionText(rule.partition, key), "format " + rule.format.name});
    Topics(pipe, rule, tables, at, sink);
  }

  size_t Step(size_t from, Shape shape, std::vector<std::string> lines) {
    const size_t node = graph_.Add(shape, std::move(lines));
    graph_.Connect(from, node);
    return node;
  }

  void Topics(const Pipe& pipe, const TableRule& rule, const std::vector<Owned>& tables, size_t from, size_t sink) {
    const std::vector<std::string> ops = RowOps(plan_, pipe);
    std::vector<std::string> topics;
    if (tables.empty()) topics = TopicsOf(rule.topic, NamesOf(rule), ops);
    for (const auto& [table, source] : tables) {
      for (std::string& topic : TopicsOf(rule.topic, NamesOf(rule, *table, *source), ops)) {
        if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(std::move(topic));
        if (topics.size() > kShownMax) break;
      }
      if (topics.size() > kShownMax) break;
    }
    for (size_t i = 0; i < std::min(topics.size(), kShownMax); ++i) {
      graph_.Connect(from, Topic(pipe.sink, topics[i], sink));
    }
    if (topics.size() > kShownMax) graph_.Connect(Step(from, Shape::kTopic, {"and more topics"}), sink);
  }

  const Plan& plan_;
  const std::vector<KnownTables>& tables_;
  Graph graph_;
  std::map<std::string, size_t> resources_;
  std::map<std::pair<std::string, std::string>, size_t> topics_;
};

// Between double quotes, where a backslash begins an escape.
std::string DotText(const std::string& line) {
  std::string text;
  for (char c : line) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') text += '\\';
    text += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return text;
}

// Mermaid has entities for what its labels and the HTML they become would take for their own.
std::string MermaidText(const std::string& line) {
  std::string text;
  for (char c : line) {
    const unsigned char byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view(" .,-_:()=+/?!").find(c) != std::string_view::npos;
    if (byte < 0x20 || byte == 0x7F) {
      text += ' ';
    } else {
      text += plain ? std::string(1, c) : "#" + std::to_string(byte) + ";";
    }
  }
  return text;
}

template <class Escape>
std::string Label(const Node& node, const char* line_end, const Escape& escape) {
  std::string text;
  for (const std::string& line : node.lines) text += (text.empty() ? "" : line_end) + escape(Cut(line));
  return text;
}

}  // namespace

std::string RenderDot(const Plan& plan, const std::vector<KnownTables>& tables) {
  const Graph graph = Drawer(plan, tables).Run();
  std::string out = "digraph plan {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", shape=box];\n";
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    const char* shape = node.shape == Shape::kStore   ? ", shape=cylinder"
                        : node.shape == Shape::kStep  ? ", style=rounded"
                        : node.shape == Shape::kTopic ? ", shape=cds"
                                                      : "";
    out += "  n" + std::to_string(i) + " [label=\"" + Label(node, "\\n", DotText) + "\"" + shape + "];\n";
  }
  for (const auto& [from, to] : graph.edges) out += "  n" + std::to_string(from) + " -> n" + std::to_string(to) + ";\n";
  return out + "}\n";
}

std::string RenderMermaid(const Plan& plan, const std::vector<KnownTables>& tables) {
  const Graph graph = Drawer(plan, tables).Run();
  std::string out = "flowchart LR\n";
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    const std::string label = "\"" + Label(node, "<br/>", MermaidText) + "\"";
    const std::string shape = node.shape == Shape::kStore   ? "[(" + label + ")]"
                              : node.shape == Shape::kStep  ? "(" + label + ")"
                              : node.shape == Shape::kTopic ? "[[" + label + "]]"
                                                            : "[" + label + "]";
    out += "  n" + std::to_string(i) + shape + "\n";
  }
  for (const auto& [from, to] : graph.edges) {
    out += "  n" + std::to_string(from) + " --> n" + std::to_string(to) + "\n";
  }
  return out;
}

}  // namespace cdc::plan
