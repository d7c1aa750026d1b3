#include <algorithm>
#include <map>

#include "compiler/sema/pipes.h"
#include "compiler/sema/rows.h"

namespace cdc::sema {
namespace {

using diag::Kind;

bool NamesTable(const Template& topic) {
  for (const TemplatePart& part : topic.parts) {
    if (part.kind == TemplatePart::Kind::kTable) return true;
  }
  return false;
}

std::vector<const Template*> TemplatesOf(const Topic& topic) {
  std::vector<const Template*> templates;
  for (const Topic::Arm& arm : topic.arms) templates.push_back(&arm.topic);
  templates.push_back(&topic.otherwise);
  return templates;
}

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                  static_cast<unsigned char>(c) >= 0x80;
    escaped += letter ? std::string(1, c) : "\\" + std::string(1, c);
  }
  return escaped;
}

// All topics a template can give, as a regular expression.
std::string AsRegex(const Template& topic, const Rule* rule) {
  std::string text;
  auto name = [&](const std::optional<Template>& as, const ast::NamePart& part) -> std::string {
    if (as) return AsRegex(*as, nullptr);
    return part.kind == ast::NamePart::Kind::kExact ? Escaped(part.text) : ".*";
  };
  for (const TemplatePart& part : topic.parts) {
    if (part.kind == TemplatePart::Kind::kText) {
      text += part.from_param || part.unknown ? ".*" : Escaped(part.text);
    } else if (rule != nullptr && part.kind == TemplatePart::Kind::kDatabase) {
      text += name(rule->target_database, rule->ast->pattern.database);
    } else if (rule != nullptr && part.kind == TemplatePart::Kind::kTable) {
      text += name(rule->target_table, rule->ast->pattern.table);
    } else {
      text += ".*";
    }
  }
  return text;
}

bool IsText(const TemplatePart& part) { return part.kind == TemplatePart::Kind::kText; }

// The template for a statement about a database: `$tablename$` is empty, and goes with the constant text between it and
// another placeholder, in front of it if there is one.
Template WithoutTable(const Template& topic) {
  const std::vector<TemplatePart>& parts = topic.parts;
  std::vector<bool> dropped(parts.size(), false);
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind != TemplatePart::Kind::kTable) continue;
    const auto at = parts.begin() + static_cast<ptrdiff_t>(i);
    const auto is_placeholder = [](const TemplatePart& part) { return !IsText(part); };
    dropped[i] = true;
    if (i > 0 && IsText(parts[i - 1]) && std::any_of(parts.begin(), at - 1, is_placeholder)) {
      dropped[i - 1] = true;
    } else if (i + 1 < parts.size() && IsText(parts[i + 1]) && std::any_of(at + 2, parts.end(), is_placeholder)) {
      dropped[i + 1] = true;
    }
  }
  Template left{{}, topic.span};
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!dropped[i]) left.parts.push_back(parts[i]);
  }
  return left;
}

bool IsAboutDatabase(const ast::Event& event) {
  return event.label == "create database" || event.label == "alter database" || event.label == "drop database";
}

// A pipe's rules for statements about databases, whose records need a topic without a table.
void CheckDatabaseTopics(const Pipe& pipe, diag::Diagnostics* diagnostics) {
  for (const On& on : pipe.on) {
    const std::vector<ast::Event>& events = on.clause.events;
    const auto event = std::find_if(events.begin(), events.end(), IsAboutDatabase);
    if (event == events.end() || on.clause.action.kind != ast::Action::Kind::kPublish) continue;
    if (!WithoutTable(on.to ? *on.to : pipe.topic.otherwise).parts.empty()) continue;
    const Span place = on.to ? on.to->span : on.clause.action.span;
    if (AlreadyReported(Kind::kInvalidTopic, place, *diagnostics)) continue;
    diagnostics->Report(Kind::kInvalidTopic, place, "`" + event->label + "` has no table, and so no topic",
                        "write publish to \"$database$\"");
  }
}

bool CanProduce(const Template& topic, const Rule* rule, const std::string& name) {
  Result<regex::Pattern> pattern = regex::Pattern::Compile(AsRegex(topic, rule));
  return !pattern.ok() || pattern->Matches(name);
}

}  // namespace

void CheckTopics(const Pipe& pipe, const std::vector<std::vector<TableCase>>& cases, diag::Diagnostics* diagnostics) {
  struct Taken {
    std::string target;
    Span span;
  };
  CheckDatabaseTopics(pipe, diagnostics);
  std::map<std::string, Taken> topics;
  for (size_t i = 0; i < pipe.rules.size(); ++i) {
    const Rule& rule = pipe.rules[i];
    if (rule.ast->skip) continue;
    for (const TableCase& table : cases[i]) {
      for (const Template* topic : TemplatesOf(rule.topic)) {
        std::optional<std::string> name =
            Fill(*topic, table.target_database, table.target_table, rule, table.groups, table.source);
        if (!name || table.table.empty()) continue;
        std::string why = WhyNoTopic(*name);
        if (!why.empty() && !AlreadyReported(Kind::kInvalidTopic, topic->span, *diagnostics)) {
          diagnostics->Report(Kind::kInvalidTopic, topic->span, "`" + *name + "` is no name for a topic", why)
              .notes.push_back("it is the topic of `" + table.database + "." + table.table + "`");
        }
        if (!NamesTable(*topic)) continue;
        std::string target = table.target_database + "." + table.target_table;
        auto [taken, added] = topics.emplace(*name, Taken{target, rule.span});
        if (added || taken->second.target == target) continue;
        diagnostics
            ->Report(Kind::kTopicCollision, rule.span,
                     "`" + taken->second.target + "` and `" + target + "` both go to topic `" + *name + "`")
            .labels.push_back({taken->second.span, "`" + taken->second.target + "` is here"});
      }
    }
  }
}

bool CanReach(const Rule& rule, const std::string& topic) {
  for (const Template* part : TemplatesOf(rule.topic)) {
    if (CanProduce(*part, &rule, topic)) return true;
  }
  return std::any_of(rule.on.begin(), rule.on.end(),
                     [&](const On& on) { return on.to && CanProduce(*on.to, &rule, topic); });
}

bool CanReach(const Pipe& pipe, const std::string& topic) {
  return std::any_of(pipe.rules.begin(), pipe.rules.end(),
                     [&](const Rule& rule) { return !rule.ast->skip && CanReach(rule, topic); }) ||
         std::any_of(pipe.on.begin(), pipe.on.end(),
                     [&](const On& on) { return on.to && CanProduce(*on.to, nullptr, topic); });
}

bool StatementCanReach(const Pipe& pipe, const std::string& topic) {
  return CanReach(pipe, topic) || CanProduce(WithoutTable(pipe.topic.otherwise), nullptr, topic) ||
         std::any_of(pipe.on.begin(), pipe.on.end(),
                     [&](const On& on) { return on.to && CanProduce(WithoutTable(*on.to), nullptr, topic); });
}

}  // namespace cdc::sema
