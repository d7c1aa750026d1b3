// Pipes are paired by name, then by what they capture; tables by source, database and name. A table of the snapshots
// has one owner on each side; what a rule does to tables that no snapshot has yet is compared by the rules themselves.

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "compiler/diff/compare_rule.h"
#include "compiler/diff/compare_settings.h"
#include "compiler/diff/other_fields.h"
#include "compiler/diff/source_pairs.h"
#include "compiler/plan/merged.h"
#include "compiler/plan/owners.h"
#include "compiler/plan/text_rules.h"

namespace cdc::diff {
namespace {

using plan::Pipe;
using plan::Resource;
using plan::TableRule;
using Of = Section::Of;
using Mark = Section::Mark;

const Resource* FindResource(const std::vector<Resource>& resources, const std::string& name) {
  auto found = std::find_if(resources.begin(), resources.end(), [&](const Resource& one) { return one.name == name; });
  return found == resources.end() ? nullptr : &*found;
}

const plan::KnownTables* FindTables(const std::vector<plan::KnownTables>& tables, const std::string& source) {
  auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& known) { return known.source == source; });
  return found == tables.end() || found->tables.empty() ? nullptr : &*found;
}

// A table, or a rule that stands for its tables, in one pipe.
struct Member {
  int rule = -1;  // its owner; -1: not captured
  const Schema* schema = nullptr;
  std::string source = {};
};
// By the place of the source, then the table's name; of a rule: kRules, then its pattern.
using Members = std::map<std::pair<size_t, std::string>, Member>;

std::string RuleName(const TableRule& rule) {
  return plan::PatternText(rule.database) + "." + plan::PatternText(rule.table);
}

class Comparer {
 public:
  Comparer(const Side& before, const Side& after) : before_(before), after_(after) {}

  Diff Run() {
    Program();
    const std::vector<std::pair<const Pipe*, const Pipe*>> pairs = Pairs();
    for (const auto& [old, now] : pairs) {
      if (old != nullptr && now != nullptr) Resources(*old, *now);
    }
    for (const auto& [old, now] : pairs) {
      if (old == nullptr) {
        Whole(Mark::kAdded, *now, after_, Kind::kPipeAdded);
      } else if (now == nullptr) {
        Whole(Mark::kRemoved, *old, before_, Kind::kPipeRemoved);
      } else {
        BothPipes(*old, *now);
      }
    }
    return std::move(diff_);
  }

 private:
  void Add(Section section) {
    if (!section.differences.empty()) diff_.sections.push_back(std::move(section));
  }

  void Program() {
    Section section{Mark::kChanged, Of::kProgram, "", after_.plan.program, {}};
    if (before_.plan.program != after_.plan.program) {
      section.differences.push_back({Kind::kProgramRenamed, "program", before_.plan.program, after_.plan.program});
    }
    AddOtherFields(OtherFieldsOf(before_.plan), OtherFieldsOf(after_.plan), &section.differences);
    Add(std::move(section));
  }

  // ---- pipes ----

  // What a pipe captures, as a text: for pipes with another name.
  static std::string Captured(const Side& side, const Pipe& pipe) {
    std::string text;
    const plan::Owners rules(pipe);
    for (size_t i = 0; i < pipe.sources.size(); ++i) {
      const plan::KnownTables* known = FindTables(side.tables, pipe.sources[i]);
      for (const Schema& table : known == nullptr ? std::vector<Schema>() : known->tables) {
        const int owner = rules.Find(table.database, table.table);
        if (owner >= 0 && !pipe.tables[static_cast<size_t>(owner)].skip) {
          text += std::to_string(i) + " " + table.database + "." + table.table + "\n";
        }
      }
    }
    if (!text.empty()) return text;
    for (const TableRule& rule : pipe.tables) {
      if (!rule.skip) text += RuleName(rule) + "\n";
    }
    return text;
  }

  // Old and new pipes: those of one name, those of another name with the same tables, and the rest alone. In the order
  // of the new plan, the removed ones behind.
  std::vector<std::pair<const Pipe*, const Pipe*>> Pairs() const {
    std::vector<std::pair<const Pipe*, const Pipe*>> pairs;
    std::set<const Pipe*> taken;
    for (const Pipe& now : after_.plan.pipes) {
      auto same = std::find_if(before_.plan.pipes.begin(), before_.plan.pipes.end(),
                               [&](const Pipe& old) { return old.name == now.name; });
      pairs.emplace_back(same == before_.plan.pipes.end() ? nullptr : &*same, &now);
      if (pairs.back().first != nullptr) taken.insert(pairs.back().first);
    }
    for (auto& [old, now] : pairs) {
      if (old != nullptr) continue;
      for (const Pipe& candidate : before_.plan.pipes) {
        if (taken.count(&candidate) != 0 || Captured(before_, candidate) != Captured(after_, *now)) continue;
        old = &candidate;
        taken.insert(old);
        break;
      }
    }
    for (const Pipe& old : before_.plan.pipes) {
      if (taken.count(&old) == 0) pairs.emplace_back(&old, nullptr);
    }
    return pairs;
  }

  void Whole(Mark mark, const Pipe& pipe, const Side& side, Kind kind) {
    const std::string text = plan::Join(pipe.sources, ", ") + " -> " + pipe.sink;
    Section section{mark, Of::kPipe, pipe.name, pipe.name, {{kind, "", "", ""}}};
    (mark == Mark::kAdded ? section.differences[0].after : section.differences[0].before) = text;
    Add(std::move(section));
    Members members = MembersOf(side, side, pipe, PairSources(pipe, pipe), &SourcePair::after);
    for (const auto& [key, member] : members) {
      if (member.rule < 0 || RuleOf(pipe, member).skip) continue;
      const bool told = member.schema != nullptr && pipe.sources.size() > 1;
      Alone(mark, Owned(side.plan, pipe, member), (told ? member.source + ": " : "") + key.second,
            mark == Mark::kAdded ? Kind::kTableAdded : Kind::kTableRemoved);
    }
  }

  void BothPipes(const Pipe& old, const Pipe& now) {
    Section section{Mark::kChanged, Of::kPipe, now.name, now.name, {}};
    auto differs = [&](Kind kind, const char* what, const std::string& before, const std::string& after) {
      if (before != after) section.differences.push_back({kind, what, before, after});
    };
    differs(Kind::kPipeRenamed, "pipe", old.name, now.name);
    Sources(old, now, &section.differences);
    differs(Kind::kSinkChanged, "into", old.sink, now.sink);
    differs(Kind::kStateMoved, "store", old.store, now.store);
    AddOtherFields(OtherFieldsOf(old), OtherFieldsOf(now), &section.differences);
    const size_t place = diff_.sections.size();
    const bool on_told = Tables(old, now);
    // Rules of the pipe are part of every table's; only DDL without a table has them alone.
    if (!on_told) {
      CompareOn(old.on, now.on, false, &section.differences);
      if (diff_.sections.size() == place) {
        differs(Kind::kTopicChanged, "topic", plan::TopicText(old.topic, {}), plan::TopicText(now.topic, {}));
      }
    }
    if (!section.differences.empty()) {
      diff_.sections.insert(diff_.sections.begin() + static_cast<ptrdiff_t>(place), std::move(section));
    }
  }

  // ---- sources, sinks, stores ----

  void Sources(const Pipe& old, const Pipe& now, std::vector<Difference>* out) const {
    for (const SourcePair& pair : PairSources(old, now)) {
      const std::string was = pair.before ? old.sources[*pair.before] : "";
      const std::string is = pair.after ? now.sources[*pair.after] : "";
      if (was != is) {
        const Kind kind = was.empty() ? Kind::kSourceAdded : is.empty() ? Kind::kSourceRemoved : Kind::kSourceChanged;
        out->push_back({kind, "from", was, is});
        continue;
      }
      const int before = plan::IndexOnSource(old, *pair.before);
      const int after = plan::IndexOnSource(now, *pair.after);
      if (before == after) continue;
      const std::string what = now.sources.size() > 1 ? "server_id of " + is + " +" : "server_id +";
      out->push_back({Kind::kServerIdChanged, what, std::to_string(before), std::to_string(after)});
    }
    if ((old.sources.size() > 1) != (now.sources.size() > 1)) Engines(now, old.sources.size() > 1, out);
  }

  // Each source of several has its own engine at the sink.
  void Engines(const Pipe& now, bool were_several, std::vector<Difference>* out) const {
    const Resource* sink = FindResource(after_.plan.sinks, now.sink);
    if (sink == nullptr) return;
    auto changed = [&](Kind kind, const char* what, std::string one, std::string several) {
      if (were_several) std::swap(one, several);
      out->push_back({kind, what, std::move(one), std::move(several)});
    };
    if (sink->kind == "kafka" && !sink->settings.Is("delivery", "at_least_once")) {
      changed(Kind::kTransactionalIdChanged, "transactional_id", "of the pipe", "of each source");
    }
    if (sink->kind == "files") {
      changed(Kind::kSinkChanged, "files", "in the sink's directory", "in a folder for each source");
    }
  }

  void Resources(const Pipe& old, const Pipe& now) {
    for (const SourcePair& pair : PairSources(old, now)) {
      if (!pair.before || !pair.after) continue;
      Both(Of::kSource, FindResource(before_.plan.sources, old.sources[*pair.before]),
           FindResource(after_.plan.sources, now.sources[*pair.after]));
    }
    Both(Of::kSink, FindResource(before_.plan.sinks, old.sink), FindResource(after_.plan.sinks, now.sink));
    Both(Of::kStore, FindResource(before_.plan.stores, old.store), FindResource(after_.plan.stores, now.store));
  }

  void Both(Of of, const Resource* old, const Resource* now) {
    if (old == nullptr || now == nullptr || !compared_.insert({old, now}).second) return;
    Section section{Mark::kChanged, of, "", now->name, CompareResources(of, *old, *now)};
    AddOtherFields(OtherFieldsOf(*old), OtherFieldsOf(*now), &section.differences);
    Add(std::move(section));
  }

  // ---- tables ----

  static const TableRule& RuleOf(const Pipe& pipe, const Member& member) {
    return pipe.tables[static_cast<size_t>(member.rule)];
  }

  static OwnedTable Owned(const plan::Plan& plan, const Pipe& pipe, const Member& member) {
    return {plan, pipe, RuleOf(pipe, member), member.schema, member.source};
  }

  // The tables of the pipe's sources as `side` knows them, or else `other`; and each rule that owns none of them, by
  // its pattern. The place of a source is that of its pair.
  Members MembersOf(const Side& side, const Side& other, const Pipe& pipe, const std::vector<SourcePair>& pairs,
                    std::optional<size_t> SourcePair::*number) {
    Members members;
    std::set<int> owners;
    const plan::Owners rules(pipe);
    plan::SourceTables all;
    for (const std::string& source : pipe.sources) {
      const plan::KnownTables* known = FindTables(side.tables, source);
      if (known == nullptr) known = FindTables(other.tables, source);
      if (known != nullptr) all.push_back(known);
    }
    const plan::MergedTables& merged = merged_.emplace_back(pipe, all);
    for (size_t place = 0; place < pairs.size(); ++place) {
      if (!(pairs[place].*number)) continue;
      const std::string& source = pipe.sources[*(pairs[place].*number)];
      const plan::KnownTables* known = FindTables(side.tables, source);
      if (known == nullptr) known = FindTables(other.tables, source);
      for (const Schema& table : known == nullptr ? NoTables() : known->tables) {
        const int owner = rules.Find(table.database, table.table);
        std::string name = plan::QuotedName(table.database) + "." + plan::QuotedName(table.table);
        members[{place, std::move(name)}] = {owner, &merged.Seen(table), source};
        owners.insert(owner);
      }
    }
    for (size_t i = 0; i < pipe.tables.size(); ++i) {
      if (owners.count(static_cast<int>(i)) == 0) {
        members.try_emplace({kRules, RuleName(pipe.tables[i])}, Member{static_cast<int>(i), nullptr});
      }
    }
    return members;
  }
  static constexpr size_t kRules = SIZE_MAX;
  static const std::vector<Schema>& NoTables() {
    static const auto* const none = new std::vector<Schema>;
    return *none;
  }

  static bool HasPattern(const Pipe& pipe, const std::string& name) {
    return std::any_of(pipe.tables.begin(), pipe.tables.end(),
                       [&](const TableRule& rule) { return RuleName(rule) == name; });
  }

  bool KnowsTables(const Pipe& pipe) const {
    return std::any_of(pipe.sources.begin(), pipe.sources.end(), [&](const std::string& source) {
      return FindTables(before_.tables, source) != nullptr || FindTables(after_.tables, source) != nullptr;
    });
  }

  // Whether a difference of `on` rules was told.
  bool Tables(const Pipe& old, const Pipe& now) {
    const std::vector<SourcePair> pairs = PairSources(old, now);
    const Members before = MembersOf(before_, after_, old, pairs, &SourcePair::before);
    const Members after = MembersOf(after_, before_, now, pairs, &SourcePair::after);
    std::set<std::pair<size_t, std::string>> keys;
    for (const auto& [key, member] : before) keys.insert(key);
    for (const auto& [key, member] : after) keys.insert(key);
    const size_t place = diff_.sections.size();
    for (const auto& key : keys) {
      auto was = before.find(key);
      auto is = after.find(key);
      const Member* one = was == before.end() ? nullptr : &was->second;
      const Member* two = is == after.end() ? nullptr : &is->second;
      if (key.first == kRules && KnowsTables(now)) {
        LaterTables(old, now, key.second, one, two);
      } else {
        OneTable(old, now, Prefix(old, now, pairs, key.first) + key.second, one, two);
      }
    }
    return std::any_of(diff_.sections.begin() + static_cast<ptrdiff_t>(place), diff_.sections.end(), TellsOn);
  }

  // Of several sources, which one: "b: ".
  static std::string Prefix(const Pipe& old, const Pipe& now, const std::vector<SourcePair>& pairs, size_t place) {
    if (place == kRules || (old.sources.size() < 2 && now.sources.size() < 2)) return "";
    const SourcePair& pair = pairs[place];
    return (pair.after ? now.sources[*pair.after] : old.sources[*pair.before]) + ": ";
  }

  static bool TellsOn(const Section& section) {
    return std::any_of(section.differences.begin(), section.differences.end(),
                       [](const Difference& difference) { return difference.what == "on"; });
  }

  void OneTable(const Pipe& old, const Pipe& now, const std::string& name, const Member* one, const Member* two) {
    const TableRule* was = one == nullptr || one->rule < 0 ? nullptr : &RuleOf(old, *one);
    const TableRule* is = two == nullptr || two->rule < 0 ? nullptr : &RuleOf(now, *two);
    const bool captured = was != nullptr && !was->skip;
    const bool captures = is != nullptr && !is->skip;
    if (!captured && !captures) return;
    if (!captured) return Alone(Mark::kAdded, Owned(after_.plan, now, *two), name, Kind::kTableAdded);
    const OwnedTable before = Owned(before_.plan, old, *one);
    if (!captures) {
      return Alone(Mark::kRemoved, before, name, is != nullptr ? Kind::kTableSkipped : Kind::kTableRemoved);
    }
    Section section{Mark::kChanged, Of::kTable, now.name, name, CompareTables(before, Owned(after_.plan, now, *two))};
    const std::vector<Difference>& others = Others(*was, *is);
    section.differences.insert(section.differences.end(), others.begin(), others.end());
    Add(std::move(section));
  }

  // Once for all tables of the two rules.
  const std::vector<Difference>& Others(const TableRule& was, const TableRule& is) {
    auto [at, added] = others_.try_emplace({&was, &is});
    if (added) AddOtherFields(OtherFieldsOf(was), OtherFieldsOf(is), &at->second);
    return at->second;
  }

  // A table that one side alone captures.
  void Alone(Mark mark, const OwnedTable& table, const std::string& name, Kind kind) {
    Difference difference{kind, "", "", ""};
    const std::vector<std::string> topics = TopicsOf(table);
    (mark == Mark::kAdded ? difference.after : difference.before) = plan::Join(topics, " | ");
    Add({mark, Of::kTable, table.pipe.name, name, {std::move(difference)}});
  }

  // A rule that owns no table of a snapshot, on one side at least.
  void LaterTables(const Pipe& old, const Pipe& now, const std::string& name, const Member* one, const Member* two) {
    if (one != nullptr && two != nullptr) return OneTable(old, now, name, one, two);
    // It owns tables on the other side: they are told one by one.
    if (HasPattern(one == nullptr ? old : now, name)) return;
    const Member& only = one == nullptr ? *two : *one;
    const TableRule& rule = RuleOf(one == nullptr ? now : old, only);
    const std::string text = "table " + name + (rule.skip ? " skip" : "");
    Difference difference{Kind::kLaterTables, "", one == nullptr ? "" : text, one == nullptr ? text : ""};
    Add({one == nullptr ? Mark::kAdded : Mark::kRemoved, Of::kTable, now.name, name, {std::move(difference)}});
  }

  const Side& before_;
  const Side& after_;
  Diff diff_;
  std::set<std::pair<const Resource*, const Resource*>> compared_;
  std::map<std::pair<const TableRule*, const TableRule*>, std::vector<Difference>> others_;
  std::deque<plan::MergedTables> merged_;  // whose schemas members point to
};

// What to know about how they were compared.
void AddNotes(const Side& before, const Side& after, Diff* diff) {
  std::set<std::string> sources;
  for (const Side* side : {&before, &after}) {
    for (const Pipe& pipe : side->plan.pipes) sources.insert(pipe.sources.begin(), pipe.sources.end());
  }
  for (const std::string& source : sources) {
    const bool old = FindTables(before.tables, source) != nullptr;
    const bool now = FindTables(after.tables, source) != nullptr;
    if (old && now) continue;
    const bool both =
        FindResource(before.plan.sources, source) != nullptr && FindResource(after.plan.sources, source) != nullptr;
    if (!both) continue;
    diff->notes.push_back("no schema snapshot of `" + source + "`" +
                          (!old && !now ? ": rules are compared, not tables"
                           : old        ? " in the new program: the old one's is taken for both"
                                        : " in the old program: the new one's is taken for both"));
  }
}

}  // namespace

Diff Compare(const Side& before, const Side& after) {
  Diff diff = Comparer(before, after).Run();
  AddNotes(before, after, &diff);
  return diff;
}

}  // namespace cdc::diff
