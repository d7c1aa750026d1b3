#include "stdlib/catalog/catalog.h"

#include <utility>

#include "stdlib/catalog/entries.h"

namespace cdc::catalog {
namespace {

std::vector<KindDef> MakeKinds() {
  std::vector<KindDef> kinds;
#define PIPEWRIGHT_KIND_ENTRY(function) kinds.push_back(function());
#include "stdlib/catalog/formats.def"
#include "stdlib/catalog/sinks.def"
#include "stdlib/catalog/sources.def"
#include "stdlib/catalog/stores.def"
#undef PIPEWRIGHT_KIND_ENTRY
  kinds.push_back(Project());
  return kinds;
}

}  // namespace

std::string_view HolderName(Holder holder) {
  switch (holder) {
    case Holder::kSource:
      return "source";
    case Holder::kSink:
      return "sink";
    case Holder::kRegistry:
      return "registry";
    case Holder::kNotifier:
      return "notifier";
    case Holder::kStore:
      return "store";
    case Holder::kProject:
      return "project";
    case Holder::kFormat:
      return "format";
  }
  return "";
}

const std::vector<KindDef>& Kinds() {
  static const std::vector<KindDef>* const kinds = new std::vector<KindDef>(MakeKinds());
  return *kinds;
}

const KindDef* FindKind(Holder holder, std::string_view name) {
  for (const KindDef& kind : Kinds()) {
    if (kind.holder == holder && kind.name == name) return &kind;
  }
  return nullptr;
}

std::vector<std::string> KindNames(Holder holder) {
  std::vector<std::string> names;
  for (const KindDef& kind : Kinds()) {
    if (kind.holder == holder) names.push_back(kind.name);
  }
  return names;
}

const SettingDef* FindSetting(const std::vector<SettingDef>& settings, std::string_view name) {
  for (const SettingDef& setting : settings) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

SettingValue TextValue(std::string text) { return {.kind = SettingKind::kString, .text = std::move(text)}; }
SettingValue WordValue(std::string word) { return {.kind = SettingKind::kWord, .text = std::move(word)}; }
SettingValue IntValue(int64_t number) { return {.kind = SettingKind::kInt, .number = number}; }
SettingValue BoolValue(bool flag) { return {.kind = SettingKind::kBool, .number = flag ? 1 : 0}; }
SettingValue MillisecondsValue(int64_t milliseconds) {
  return {.kind = SettingKind::kDuration, .number = milliseconds};
}
SettingValue BytesValue(int64_t bytes) { return {.kind = SettingKind::kSize, .number = bytes}; }
SettingValue ListValue(std::vector<SettingValue> items) {
  SettingValue value{.kind = SettingKind::kList};
  value.list = std::move(items);
  return value;
}

}  // namespace cdc::catalog
