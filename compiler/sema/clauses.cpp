#include "compiler/sema/clauses.h"

#include <algorithm>
#include <set>

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;

constexpr size_t kTopicBytesMax = 249;

bool IsTopicLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

std::string NameText(const Template& name) {
  std::string text;
  for (const TemplatePart& part : name.parts) text += part.text + static_cast<char>(part.kind);
  return text;
}

}  // namespace

void Inherit(const Said& outer, Said* near) {
  if (!near->topic) near->topic = outer.topic;
  if (!near->key) near->key = outer.key;
  if (!near->partition) near->partition = outer.partition;
  if (!near->format) {
    near->format = outer.format;
  } else if (outer.format && outer.format->name == near->format->name) {
    MergeSettings(outer.format->settings, &near->format->settings);
  }
  for (const Header& header : outer.headers) {
    bool said = std::any_of(near->headers.begin(), near->headers.end(),
                            [&](const Header& other) { return NameText(other.name) == NameText(header.name); });
    if (!said) near->headers.push_back(header);
  }
  near->on.insert(near->on.end(), outer.on.begin(), outer.on.end());
}

namespace {

class ClauseReader {
 public:
  ClauseReader(const ClausePlace& place, Expander* expander)
      : place_(place), expander_(*expander), diagnostics_(*expander->diagnostics()) {}

  Said Read(const std::vector<const ast::Clause*>& clauses) {
    Said said;
    Said presets;
    for (const ast::Clause* clause : clauses) {
      clause_ = clause;
      if (const auto* use = std::get_if<ast::UseClause>(&clause->node)) {
        Use(*use, &presets);
      } else {
        std::visit([&](const auto& node) { Add(node, &said); }, clause->node);
      }
    }
    Inherit(presets, &said);
    return said;
  }

 private:
  void Use(const ast::UseClause& use, Said* presets) {
    const ast::PresetDecl* preset =
        expander_.names().FindPreset(use,
                                     {place_.in_table ? ast::PresetDecl::Kind::kTable : ast::PresetDecl::Kind::kPipe,
                                      ast::PresetDecl::Kind::kFormat},
                                     &diagnostics_);
    if (preset == nullptr) return;
    if (std::find(open_.begin(), open_.end(), preset) != open_.end()) {
      diagnostics_.Report(Kind::kWrongPlace, use.span, "preset `" + preset->name.text + "` uses itself");
      return;
    }
    Said more;
    if (preset->kind == ast::PresetDecl::Kind::kFormat) {
      ReadFormat(*preset->subject, &*preset->settings, &more);
    } else {
      std::vector<const ast::Clause*> clauses;
      for (const ast::Clause& clause : preset->clauses) clauses.push_back(&clause);
      open_.push_back(preset);
      more = Read(clauses);
      open_.pop_back();
    }
    CheckConflicts(*presets, more, use.span);
    Inherit(more, presets);
  }

  void CheckConflicts(const Said& one, const Said& other, Span use) {
    auto conflict = [&](const std::string& what) {
      diagnostics_.Report(Kind::kPresetConflict, use, "two presets used here set " + what);
    };
    if (one.topic && other.topic) conflict("`topic`");
    if (one.key && other.key) conflict("`key`");
    if (one.partition && other.partition) conflict("`partition`");
    if (one.format && other.format) conflict("`format`");
    for (const Header& header : other.headers) {
      bool twice = std::any_of(one.headers.begin(), one.headers.end(),
                               [&](const Header& first) { return NameText(first.name) == NameText(header.name); });
      if (twice) conflict("the same header");
    }
    std::set<std::string> events;
    for (const On& on : one.on) {
      for (const ast::Event& event : on.clause.events) events.insert(event.label);
    }
    for (const On& on : other.on) {
      for (const ast::Event& event : on.clause.events) {
        if (events.count(event.label) != 0) return conflict("`on " + event.label + "`");
      }
    }
  }

  template <class T>
  void Once(std::optional<T>* slot, T value, const char* word, Span before) {
    if (*slot) {
      diagnostics_.Report(Kind::kDuplicateClause, clause_->word, std::string("two `") + word + "` clauses in one place")
          .labels.push_back({before, "the first"});
      return;
    }
    *slot = std::move(value);
  }

  void Add(const ast::TopicClause& node, Said* said) {
    std::optional<Topic> topic = ReadTopic(node.value, place_, &expander_);
    if (topic) Once(&said->topic, std::move(*topic), "topic", said->topic ? said->topic->span : Span());
  }
  void Add(const ast::KeyClause& node, Said* said) {
    Once(&said->key, Key{node, clause_->span}, "key", said->key ? said->key->span : Span());
  }
  void Add(const ast::PartitionClause& node, Said* said) {
    if (node.hash && node.hash->text != "murmur2" && node.hash->text != "crc32" && node.hash->text != "java") {
      ReportUnknown(Kind::kUnknownName, node.hash->span, "unknown hash `" + node.hash->text + "`", node.hash->text,
                    {"murmur2", "crc32", "java"}, &diagnostics_);
    }
    const bool everywhere =
        node.kind == ast::PartitionClause::Kind::kTable || node.kind == ast::PartitionClause::Kind::kDatabase;
    if (everywhere && (node.else_number || node.else_table)) {
      diagnostics_.Report(Kind::kWrongPlace, clause_->span, "this `else` is for no row: every row has a table",
                          "leave it out");
      return;
    }
    auto fits = [](const std::string& digits) {
      return digits.size() < 10 || (digits.size() == 10 && digits <= "2147483647");
    };
    if ((node.kind == ast::PartitionClause::Kind::kFixed && !fits(node.number)) ||
        (node.else_number && !fits(*node.else_number))) {
      diagnostics_.Report(Kind::kBadSettingValue, node.target, "a partition is at most 2147483647");
      return;
    }
    Once(&said->partition, Partition{node, clause_->span}, "partition",
         said->partition ? said->partition->span : Span());
  }
  void Add(const ast::FormatClause& node, Said* said) {
    Said one;
    ReadFormat(node.name, node.settings ? &*node.settings : nullptr, &one);
    if (one.format) Once(&said->format, std::move(*one.format), "format", said->format ? said->format->span : Span());
  }
  void Add(const ast::HeaderClause& node, Said* said) {
    std::optional<Template> name =
        expander_.ReadTemplate(node.name, TemplatePlace::kTopic, place_.pipe, place_.source, place_.groups);
    if (!name || name->parts.empty()) {
      diagnostics_.Report(Kind::kWrongPlace, ast::SpanOf(node.name),
                          "a header's name is a string or template, and not empty");
      return;
    }
    for (const Header& header : said->headers) {
      if (NameText(header.name) != NameText(*name)) continue;
      diagnostics_.Report(Kind::kDuplicateClause, ast::SpanOf(node.name), "two headers of this name in one place")
          .labels.push_back({header.name.span, "the first"});
      return;
    }
    said->headers.push_back({std::move(*name), expander_.Expand(node.value), clause_->span});
  }
  void Add(const ast::OnClause& node, Said* said) {
    if (!CheckOn(node, {place_.in_table, place_.only_the_log}, &diagnostics_)) return;
    On on{.clause = node, .to = std::nullopt, .span = clause_->span};
    if (on.clause.when) on.clause.when = expander_.Expand(*on.clause.when);
    if (node.action.to) {
      on.to = expander_.ReadTemplate(*node.action.to, TemplatePlace::kTopic, place_.pipe, place_.source, place_.groups);
      if (!on.to) {
        diagnostics_.Report(Kind::kUnboundedTopic, ast::SpanOf(*node.action.to), "a topic is a template",
                            "its names must be known without looking at rows");
        return;
      }
      CheckTopicText(*on.to, &diagnostics_);
    }
    said->on.push_back(std::move(on));
  }
  void Add(const ast::NamesClause&, Said*) { ReportLater(clause_->word, "`names`", &diagnostics_); }
  void Add(const ast::ConvertClause&, Said*) { ReportLater(clause_->word, "`convert`", &diagnostics_); }
  void Add(const ast::AcceptClause&, Said*) { ReportLater(clause_->word, "`accept`", &diagnostics_); }
  void Add(const ast::VerifyClause&, Said*) { ReportLater(clause_->word, "`verify`", &diagnostics_); }
  void Add(const ast::UseClause&, Said*) {}

  void ReadFormat(const ast::Ident& name, const ast::Settings* settings, Said* said) {
    const catalog::KindDef* kind = catalog::FindKind(catalog::Holder::kFormat, name.text);
    if (kind == nullptr) {
      ReportUnknown(Kind::kUnknownKind, name.span, "unknown format `" + name.text + "`", name.text,
                    catalog::KindNames(catalog::Holder::kFormat), &diagnostics_);
      return;
    }
    WrittenSettings written;
    if (settings != nullptr) {
      written = ReadSettings(*kind, *settings, ast::PresetDecl::Kind::kFormat, &expander_);
    }
    if (kind->needs_registry && written.count("registry") == 0) {
      diagnostics_.Report(Kind::kMissingRegistry, name.span, "format `" + name.text + "` needs a registry",
                          "write " + name.text + " { registry = …; }");
      return;
    }
    if (!kind->built) {
      FinishSettings(*kind, std::move(written), name.span, "format `" + name.text + "`", &diagnostics_);
      return ReportLater(name.span, "format `" + name.text + "`", &diagnostics_);
    }
    said->format.emplace();
    said->format->name = name.text;
    said->format->span = name.span;
    said->format->settings = std::move(written);
  }

  const ClausePlace& place_;
  Expander& expander_;
  Diagnostics& diagnostics_;
  const ast::Clause* clause_ = nullptr;
  std::vector<const ast::PresetDecl*> open_;
};

}  // namespace

Said ReadClauses(const std::vector<const ast::Clause*>& clauses, const ClausePlace& place, Expander* expander) {
  return ClauseReader(place, expander).Read(clauses);
}

std::optional<Topic> ReadTopic(const Expr& value, const ClausePlace& place, Expander* expander) {
  Diagnostics* diagnostics = expander->diagnostics();
  Topic topic;
  topic.span = ast::SpanOf(value);
  auto read = [&](const Expr& part) -> std::optional<Template> {
    std::optional<Template> name =
        expander->ReadTemplate(part, TemplatePlace::kTopic, place.pipe, place.source, place.groups);
    if (!name && ast::AsParam(part)) {
      ast::Template text{{{ast::TemplatePart::Kind::kPlaceholder, "param." + *ast::AsParam(part), ast::SpanOf(part)}},
                         ast::SpanOf(part)};
      name = expander->ReadTemplate(text, TemplatePlace::kTopic, place.pipe, place.source, place.groups);
    }
    if (!name) {
      diagnostics->Report(Kind::kUnboundedTopic, ast::SpanOf(part),
                          "the set of topics must be known without looking at rows",
                          "write a template, or a `case` whose results are templates");
      return std::nullopt;
    }
    CheckTopicText(*name, diagnostics);
    return name;
  };
  if (value.kind != expr::ExprKind::kCase) {
    std::optional<Template> name = read(value);
    if (!name) return std::nullopt;
    topic.otherwise = std::move(*name);
    return topic;
  }
  if (!value.has_else) {
    diagnostics->Report(Kind::kMissingClause, ast::SpanOf(value), "a `case` of topics needs an `else`");
    return std::nullopt;
  }
  Expr choice = value;
  size_t at = choice.has_operand ? 1 : 0;
  for (; at + 1 < choice.args.size(); at += 2) {
    Expr when = choice.args[at];
    if (choice.has_operand) when = MakeCall("=", {choice.args[0], when}, when.origin);
    std::optional<Template> name = read(choice.args[at + 1]);
    if (!name) return std::nullopt;
    topic.arms.push_back({expander->Expand(when), std::move(*name)});
  }
  std::optional<Template> name = read(choice.args.back());
  if (!name) return std::nullopt;
  topic.otherwise = std::move(*name);
  return topic;
}

std::string WhyNoTopic(const std::string& name) {
  if (name.empty()) return "it is empty";
  if (name == "." || name == "..") return "Kafka forbids `.` and `..`";
  if (name.size() > kTopicBytesMax) return "it has " + std::to_string(name.size()) + " bytes, Kafka allows 249";
  if (!std::all_of(name.begin(), name.end(), IsTopicLetter)) return "Kafka allows letters, digits, `.`, `_` and `-`";
  return "";
}

void CheckTopicText(const Template& topic, Diagnostics* diagnostics) {
  size_t bytes = 0;
  bool constant = true;
  for (const TemplatePart& part : topic.parts) {
    constant = constant && part.kind == TemplatePart::Kind::kText && !part.unknown;
    if (part.kind != TemplatePart::Kind::kText || part.unknown) continue;
    bytes += part.text.size();
    if (std::all_of(part.text.begin(), part.text.end(), IsTopicLetter)) continue;
    diagnostics->Report(Kind::kInvalidTopic, topic.span, "`" + part.text + "` cannot be part of a topic's name",
                        "Kafka allows letters, digits, `.`, `_` and `-`");
    return;
  }
  if ((constant && bytes == 0) || bytes > kTopicBytesMax) {
    diagnostics->Report(Kind::kInvalidTopic, topic.span,
                        bytes == 0 ? "a topic's name is not empty" : "a topic's name has at most 249 bytes",
                        bytes == 0 ? "" : "these are " + std::to_string(bytes));
  }
}

}  // namespace cdc::sema
