#pragma once

// What the clauses of one place say, a table rule or a pipe: its own clauses first, then those of the presets
// used in it. Nearest wins; two presets of one place that say the same thing are PIPE136.

#include <optional>
#include <string>
#include <vector>

#include "compiler/sema/settings.h"

namespace cdc::sema {

struct FormatSaid {
  std::string name;
  WrittenSettings settings;
  Span span;  // its name
};

struct Said {
  std::optional<Topic> topic;
  std::optional<Key> key;
  std::optional<Partition> partition;
  std::optional<FormatSaid> format;
  std::vector<Header> headers;
  std::vector<On> on;
};

// Who reads: for `$pipe$`, `$source$` and `match.x`.
struct ClausePlace {
  bool in_table = false;
  std::string pipe;
  std::optional<std::string> source;                 // nothing: the pipe has several
  const std::vector<std::string>* groups = nullptr;  // of the table pattern; null in a pipe
  bool only_the_log = false;                         // some source of the pipe has no tables to load from
};

// Fills in what `outer` says and `near` does not; settings of one format and headers one by one.
void Inherit(const Said& outer, Said* near);

Said ReadClauses(const std::vector<const ast::Clause*>& clauses, const ClausePlace& place, Expander* expander);

// Reads a topic: a template, or a `case` whose results are templates. PIPE123, 122, 004.
std::optional<Topic> ReadTopic(const Expr& value, const ClausePlace& place, Expander* expander);

struct OnPlace {
  bool in_table = false;
  bool only_the_log = false;  // some source of the pipe has no tables to load from
};
// Checks an `on` clause's events and action: PIPE132, PIPE010, PIPE103. False: it is left out.
bool CheckOn(const ast::OnClause& clause, const OnPlace& place, diag::Diagnostics* diagnostics);

enum class EventClass { kRow, kDdl, kError, kOther };
EventClass ClassOf(const ast::Event& event);

// Whether a topic's constant text can be part of a name in Kafka. PIPE122.
void CheckTopicText(const Template& topic, diag::Diagnostics* diagnostics);
// Why Kafka forbids a topic's name; empty if it does not.
std::string WhyNoTopic(const std::string& name);

}  // namespace cdc::sema
