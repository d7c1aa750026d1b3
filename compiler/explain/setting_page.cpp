#include <algorithm>
#include <limits>
#include <map>

#include "compiler/explain/pages.h"
#include "compiler/explain/wrap.h"
#include "stdlib/catalog/catalog.h"
#include "stdlib/catalog/setting_text.h"
#include "stdlib/core/names.h"

namespace cdc::explain {
namespace {

using catalog::KindDef;
using catalog::SettingDef;
using catalog::SettingKind;
using catalog::SettingValue;
using catalog::Shape;
using catalog::ValueType;

std::string TypeName(ValueType type) {
  switch (type) {
    case ValueType::kNone:
      return "";
    case ValueType::kString:
      return "string";
    case ValueType::kTemplate:
      return "template";
    case ValueType::kSecret:
      return "secret";
    case ValueType::kSecretOrText:
      return "secret or string";
    case ValueType::kInt:
      return "int";
    case ValueType::kBool:
      return "bool";
    case ValueType::kDuration:
      return "duration";
    case ValueType::kSize:
      return "size";
    case ValueType::kPath:
      return "path";
    case ValueType::kZone:
      return "zone";
    case ValueType::kInstant:
      return "RFC 3339 time";
    case ValueType::kName:
      return "name";
    case ValueType::kScalar:
      return "string, int or bool";
    case ValueType::kAddress:
    case ValueType::kNetworkAddress:
      return "address";
  }
  return "";
}

// " from 1s to 10m"
std::string Bounds(const SettingDef& def) {
  SettingValue bound;
  bound.kind = def.type == ValueType::kDuration ? SettingKind::kDuration
               : def.type == ValueType::kSize   ? SettingKind::kSize
                                                : SettingKind::kInt;
  auto shown = [&](int64_t number) {
    bound.number = number;
    return catalog::ToText(bound);
  };
  std::string text;
  if (def.min != std::numeric_limits<int64_t>::min()) text += " from " + shown(def.min);
  if (def.max != std::numeric_limits<int64_t>::max()) text += " to " + shown(def.max);
  return text;
}

std::string TypeText(const SettingDef& def) {
  if (def.shape == Shape::kGroup) return "group";
  if (def.shape == Shape::kVariant) return CodeList(def.words);
  std::string text = TypeName(def.type) + Bounds(def);
  const std::string item = def.words.empty() ? text : CodeList(def.words);
  if (def.shape == Shape::kList) return "list of " + item;
  if (def.shape == Shape::kNames) return "names, each = " + item;
  if (!def.choices.empty()) {
    std::vector<std::string> choices;
    for (const std::string& choice : def.choices) choices.push_back("'" + choice + "'");
    text += ": " + CodeList(choices);
  }
  if (def.words.empty()) return text;
  return text + (text.empty() ? "" : ", or ") + CodeList(def.words);
}

std::string ReleaseText(const SettingDef& def) {
  if (def.later) return "not available in this release";
  if (def.only_fallback) return "no other value in this release";
  if (!def.later_words.empty()) return CodeList(def.later_words) + " not in this release";
  return "";
}

// "- `snapshot.chunk_rows` (int from 1 to 10000000; default 50000; with `initial` or `only`): rows of a chunk", then
// the members.
std::string Lines(const SettingDef& def, const std::string& path) {
  std::vector<std::string> facts = {TypeText(def)};
  if (def.required) facts.emplace_back("required");
  if (def.fallback.kind != SettingKind::kNone) facts.push_back("default " + catalog::ToText(def.fallback));
  if (!def.only_in.empty()) facts.push_back("with " + CodeList(def.only_in));
  if (std::string release = ReleaseText(def); !release.empty()) facts.push_back(std::move(release));
  std::string text = "- `" + path + "` (";
  for (size_t i = 0; i < facts.size(); ++i) text += (i > 0 ? "; " : "") + facts[i];
  text = Wrap(text + "): " + def.doc, "  ");
  for (const SettingDef& member : def.members) text += Lines(member, path + "." + member.name);
  return text;
}

std::string KindText(const KindDef& kind) {
  std::string holder(catalog::HolderName(kind.holder));
  return kind.holder == catalog::Holder::kProject ? holder : holder + " `" + kind.name + "`";
}

// Calls `visit(kind, path, def)` for every setting, members behind their group.
template <class Visit>
void ForEachSetting(const KindDef& kind, const std::vector<SettingDef>& settings, const std::string& prefix,
                    const Visit& visit) {
  for (const SettingDef& def : settings) {
    visit(kind, prefix + def.name, def);
    ForEachSetting(kind, def.members, prefix + def.name + ".", visit);
  }
}

template <class Visit>
void ForEachSetting(const Visit& visit) {
  for (const KindDef& kind : catalog::Kinds()) ForEachSetting(kind, kind.settings, "", visit);
}

std::string Written(const KindDef& kind) {
  switch (kind.holder) {
    case catalog::Holder::kFormat:
      return "format " + kind.name + " { … }";
    case catalog::Holder::kProject:
      return "project name { … }";
    default:
      return std::string(catalog::HolderName(kind.holder)) + " name: " + kind.name + " { … }";
  }
}

std::string KindPage(const KindDef& kind) {
  std::string text = "# " + kind.name + "\n\n" + Sentence(std::string(catalog::HolderName(kind.holder)));
  text.pop_back();
  if (!kind.built) text += " · not available in this release (PIPE010)";
  if (kind.needs_registry) text += " · needs a registry";
  text += "\n\n" + Wrap(Sentence(kind.doc)) + "\n    " + Written(kind) + "\n";
  if (kind.settings.empty()) return text;
  text += "\n## Settings\n\n";
  for (const SettingDef& def : kind.settings) text += Lines(def, def.name);
  return text;
}

}  // namespace

std::string KindPagesOf(std::string_view word) {
  std::string text;
  for (const KindDef& kind : catalog::Kinds()) {
    if (FoldName(kind.name) == word) text = Joined(std::move(text), KindPage(kind));
  }
  return text;
}

std::string SettingPagesOf(std::string_view word) {
  // Equal definitions are told once, with all the kinds that have them.
  std::vector<std::pair<std::string, std::string>> pages;  // lines, "source `mysql`, sink `kafka`"
  std::map<std::string, size_t> place;
  ForEachSetting([&](const KindDef& kind, const std::string& path, const SettingDef& def) {
    if (word != def.name && word != path && word != kind.name + "." + path) return;
    std::string lines = Lines(def, path);
    auto [found, added] = place.emplace(lines, pages.size());
    if (added) {
      pages.emplace_back(std::move(lines), KindText(kind));
    } else {
      pages[found->second].second += ", " + KindText(kind);
    }
  });
  std::string text;
  for (const auto& [lines, kinds] : pages) {
    const std::string path = lines.substr(3, lines.find('`', 3) - 3);
    text = Joined(std::move(text), "# " + path + "\n\n" + Wrap("Setting · " + kinds) + "\n" + lines);
  }
  return text;
}

std::vector<std::string> SettingPaths() {
  std::vector<std::string> paths;
  ForEachSetting([&](const KindDef&, const std::string& path, const SettingDef&) { paths.push_back(path); });
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace cdc::explain
