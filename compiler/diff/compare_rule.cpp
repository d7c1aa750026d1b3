#include "compiler/diff/compare_rule.h"

#include <map>

#include "compiler/diff/compare_settings.h"
#include "compiler/diff/implies.h"
#include "compiler/plan/merged.h"
#include "compiler/plan/outputs.h"
#include "compiler/plan/text_rules.h"
#include "stdlib/expr/expr.h"

namespace cdc::diff {
namespace {

using plan::Names;

Names NamesOf(const OwnedTable& table) {
  if (table.schema != nullptr) return plan::NamesOf(table.rule, *table.schema, table.source);
  return plan::NamesOf(table.rule);
}

class TableComparer {
 public:
  TableComparer(const OwnedTable& before, const OwnedTable& after) : before_(before), after_(after) {}

  std::vector<Difference> Run() {
    const Names before = NamesOf(before_);
    const Names after = NamesOf(after_);
    Texts(Kind::kNameChanged, "as", before.database + "." + before.table, after.database + "." + after.table);
    const bool widened = before_.rule.merge == plan::MergeMode::kWiden;
    const bool widens = after_.rule.merge == plan::MergeMode::kWiden;
    if (widened != widens) {
      Add(Kind::kMergeChanged, "merge", plan::MergeWord(before_.rule.merge), plan::MergeWord(after_.rule.merge));
    }
    Texts(Kind::kTopicChanged, "topic", plan::TopicText(before_.rule.topic, before),
          plan::TopicText(after_.rule.topic, after));
    CompareFormats(before_.rule.format, after_.rule.format, &out_);
    Filters();
    CompareColumns(before_, after_, &out_);
    Texts(Kind::kKeyChanged, "key", Key(before_), Key(after_));
    Texts(Kind::kPartitionChanged, "partition", Partition(before_), Partition(after_));
    Headers();
    CompareOn(before_.rule.on, after_.rule.on, true, &out_);
    return std::move(out_);
  }

 private:
  void Add(Kind kind, std::string what, std::string before, std::string after) {
    out_.push_back({kind, std::move(what), std::move(before), std::move(after)});
  }
  void Texts(Kind kind, const char* what, const std::string& before, const std::string& after) {
    if (before != after) Add(kind, what, before, after);
  }

  void Filters() {
    const std::optional<expr::Expr>& before = before_.rule.where;
    const std::optional<expr::Expr>& after = after_.rule.where;
    if (!before && !after) return;
    const bool widened = !after || (before && Implies(*before, *after));
    const bool narrowed = !before || (after && Implies(*after, *before));
    if (widened && narrowed) return;
    const Kind kind = widened ? Kind::kFilterWidened : narrowed ? Kind::kFilterNarrowed : Kind::kFilterChanged;
    Add(kind, "where", before ? expr::ToText(*before) : "", after ? expr::ToText(*after) : "");
  }

  static std::string Key(const OwnedTable& table) {
    if (table.schema == nullptr) return plan::KeyText(table.rule.key, nullptr);
    const std::vector<std::string> columns = plan::KeyColumnsOf(table.rule, *table.schema);
    return columns.empty() ? "none" : plan::Join(columns, ", ");
  }
  static std::string Partition(const OwnedTable& table) {
    return plan::PartitionText(table.rule.partition, plan::KeyText(table.rule.key, table.schema));
  }

  static std::map<std::string, std::string> HeadersOf(const OwnedTable& table) {
    std::map<std::string, std::string> headers;
    for (const plan::HeaderRule& header : table.rule.headers) {
      headers.emplace(plan::Filled(header.name, NamesOf(table)), expr::ToText(header.value));
    }
    return headers;
  }
  void Headers() {
    const std::map<std::string, std::string> before = HeadersOf(before_);
    const std::map<std::string, std::string> after = HeadersOf(after_);
    for (const auto& [name, value] : before) {
      auto now = after.find(name);
      const std::string text = now == after.end() ? "" : now->second;
      if (text != value) Add(Kind::kHeaderChanged, "header '" + name + "'", value, text);
    }
    for (const auto& [name, value] : after) {
      if (before.count(name) == 0) Add(Kind::kHeaderAdded, "header '" + name + "'", "", value);
    }
  }

  const OwnedTable& before_;
  const OwnedTable& after_;
  std::vector<Difference> out_;
};

}  // namespace

void CompareFormats(const plan::FormatRule& before, const plan::FormatRule& after, std::vector<Difference>* out) {
  if (before.name != after.name) {
    out->push_back({Kind::kFormatChanged, "format", before.name, after.name});
    return;
  }
  for (const SettingChange& change : CompareSettings(before.settings, after.settings)) {
    out->push_back({Kind::kFormatSettingChanged, "format." + change.name, change.before, change.after});
  }
}

std::vector<std::string> TopicsOf(const OwnedTable& table) {
  return plan::TopicsOf(table.rule.topic, NamesOf(table), plan::RowOps(table.plan, table.pipe));
}

std::vector<Difference> CompareTables(const OwnedTable& before, const OwnedTable& after) {
  return TableComparer(before, after).Run();
}

}  // namespace cdc::diff
