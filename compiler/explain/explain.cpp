#include "compiler/explain/explain.h"

#include <array>

#include "compiler/explain/pages.h"
#include "compiler/explain/rule_pages.h"
#include "compiler/explain/wrap.h"
#include "compiler/sema/names.h"
#include "stdlib/catalog/catalog.h"
#include "stdlib/core/names.h"
#include "stdlib/functions/registry.h"

namespace cdc::explain {
namespace {

using catalog::Holder;

constexpr std::array kHolders = {Holder::kFormat,   Holder::kSource,   Holder::kSink,   Holder::kStore,
                                 Holder::kRegistry, Holder::kNotifier, Holder::kProject};

std::string Section(const std::string& title, const std::string& body) {
  return body.empty() ? "" : "## " + title + "\n\n" + body + "\n";
}

std::string RuleList() {
  std::string text;
  for (const RulePage& page : RulePages()) text += std::string(page.text.substr(2, page.text.find('\n') - 2)) + "\n";
  return text;
}

std::string DifferenceList() {
  std::string text;
  for (const std::string& name : DifferenceNames()) {
    const std::string page = DifferencePageOf(name);
    text += page.substr(2, page.find('\n') - 2) + "\n";
  }
  return text;
}

std::vector<std::string> NamesOfFamily(bool operators) {
  std::vector<std::string> names;
  for (const functions::FunctionDef* def : functions::AllFunctions()) {
    if ((def->family == "operator") == operators) names.emplace_back(def->name);
  }
  return names;
}

}  // namespace

std::string Joined(std::string first, const std::string& second) {
  if (!first.empty() && !second.empty()) first += '\n';
  return first + second;
}

std::string Explain(std::string_view word) {
  const std::string folded = FoldName(word);
  std::string text = RulePageOf(folded);
  text = Joined(std::move(text), DifferencePageOf(folded));
  text = Joined(std::move(text), FunctionPageOf(folded));
  text = Joined(std::move(text), KindPagesOf(folded));
  return Joined(std::move(text), SettingPagesOf(folded));
}

std::string Suggest(std::string_view word) {
  std::vector<std::string> names = RuleNames();
  auto add = [&](const std::vector<std::string>& more) { names.insert(names.end(), more.begin(), more.end()); };
  add(DifferenceNames());
  add(FunctionNames());
  for (Holder holder : kHolders) add(catalog::KindNames(holder));
  add(SettingPaths());
  return sema::DidYouMean(std::string(word), names);
}

std::string Overview() {
  std::string text = "`pipec explain NAME…` prints the page of each of these.\n\n";
  text += Section("Rules", RuleList());
  text += Section("Differences", DifferenceList());
  text += Section("Functions", WrapList(NamesOfFamily(false)));
  text += Section("Operators", WrapList(NamesOfFamily(true)));
  for (Holder holder : kHolders) {
    std::string title = Sentence(std::string(catalog::HolderName(holder)));
    title.pop_back();
    title = title == "Registry" ? "Registries" : title + "s";
    text += Section(title, WrapList(catalog::KindNames(holder)));
  }
  text += Section("Settings", WrapList(SettingPaths()));
  text.pop_back();
  return text;
}

}  // namespace cdc::explain
