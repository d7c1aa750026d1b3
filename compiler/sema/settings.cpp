#include "compiler/sema/settings.h"

#include <algorithm>

#include "stdlib/catalog/setting_text.h"

namespace cdc::sema {
namespace {

using catalog::KindDef;
using catalog::SettingDef;
using catalog::SettingKind;
using catalog::SettingValue;
using catalog::Shape;
using catalog::ValueType;
using diag::Diagnostics;
using diag::Kind;

std::vector<std::string> NamesOf(const std::vector<SettingDef>& settings) {
  std::vector<std::string> names;
  for (const SettingDef& setting : settings) names.push_back(setting.name);
  return names;
}

bool HasMember(const SettingDef& member, const std::string& variant) {
  return member.only_in.empty() ||
         std::find(member.only_in.begin(), member.only_in.end(), variant) != member.only_in.end();
}

class BlockReader {
 public:
  BlockReader(const KindDef& kind, ast::PresetDecl::Kind preset_kind, Expander* expander)
      : kind_(kind), preset_kind_(preset_kind), expander_(*expander), diagnostics_(*expander->diagnostics()) {}

  // A block with the presets used in it.
  WrittenSettings Place(const ast::Settings& settings) {
    WrittenSettings own;
    Block(settings, kind_.settings, "", "a setting of `" + kind_.name + "`", &own);
    WrittenSettings presets;
    for (const ast::SettingsItem& item : settings.items) {
      if (const auto* use = std::get_if<ast::UseClause>(&item.node)) Use(*use, &presets);
    }
    MergeSettings(presets, &own);
    return own;
  }

 private:
  void Use(const ast::UseClause& use, WrittenSettings* presets) {
    const ast::PresetDecl* preset = expander_.names().FindPreset(use, {preset_kind_}, &diagnostics_);
    if (preset == nullptr) return;
    if (preset->subject->text != kind_.name) {
      diagnostics_.Report(
          Kind::kWrongPlace, use.span,
          "preset `" + preset->name.text + "` is for `" + preset->subject->text + "`, not for `" + kind_.name + "`");
      return;
    }
    if (std::find(open_.begin(), open_.end(), preset) != open_.end()) {
      diagnostics_.Report(Kind::kWrongPlace, use.span, "preset `" + preset->name.text + "` uses itself");
      return;
    }
    open_.push_back(preset);
    WrittenSettings more = Place(*preset->settings);
    open_.pop_back();
    for (auto& [name, written] : more) {
      auto [at, added] = presets->emplace(name, written);
      if (added || at->second.name == written.name) continue;
      diagnostics_.Report(Kind::kPresetConflict, use.span, "two presets used here set `" + name + "`").labels = {
          {at->second.name, "the first"}, {written.name, "the second"}};
    }
  }

  void Block(const ast::Settings& settings, const std::vector<SettingDef>& defs, const std::string& prefix,
             const std::string& what, WrittenSettings* out) {
    for (const ast::SettingsItem& item : settings.items) {
      const auto* setting = std::get_if<ast::Setting>(&item.node);
      if (setting == nullptr) {
        if (!prefix.empty()) {
          diagnostics_.Report(Kind::kWrongPlace, item.span,
                              "a preset is used in the block it was written for, not inside a group");
        }
        continue;
      }
      const SettingDef* def = catalog::FindSetting(defs, setting->name.text);
      if (def == nullptr) {
        ReportUnknown(Kind::kUnknownSetting, setting->name.span, "`" + setting->name.text + "` is not " + what,
                      setting->name.text, NamesOf(defs), &diagnostics_);
        continue;
      }
      if (def->later) {
        ReportLater(setting->name.span, "`" + prefix + def->name + "`", &diagnostics_);
        continue;
      }
      One(*setting, *def, prefix + def->name, out);
    }
  }

  // False after PIPE005.
  bool Add(const std::string& name, WrittenSetting written, WrittenSettings* out) {
    auto [at, added] = out->emplace(name, written);
    if (added) return true;
    diagnostics_.Report(Kind::kDuplicateClause, written.name, "`" + name + "` is set twice")
        .labels.push_back({at->second.name, "the first"});
    return false;
  }

  void Misshapen(const ast::Setting& setting, const std::string& path, const SettingDef& def) {
    const char* form = def.shape == Shape::kValue     ? " = …;`"
                       : def.shape == Shape::kList    ? " = [ … ];`"
                       : def.shape == Shape::kVariant ? " word { … }`"
                                                      : " { … }`";
    diagnostics_.Report(Kind::kBadSettingValue, setting.name.span, "`" + path + "` is written `" + def.name + form);
  }

  void One(const ast::Setting& setting, const SettingDef& def, const std::string& path, WrittenSettings* out) {
    using SyntaxShape = ast::Setting::Shape;
    bool fits = def.shape == Shape::kValue  ? setting.shape == SyntaxShape::kValue
                : def.shape == Shape::kList ? setting.shape == SyntaxShape::kList
                                            : setting.shape == SyntaxShape::kGroup;
    bool needs_no_word = def.shape == Shape::kGroup || def.shape == Shape::kNames;
    fits = fits && !(needs_no_word && (setting.variant || !setting.settings));
    fits = fits && !(def.shape == Shape::kVariant && !setting.variant && !setting.settings);
    if (!fits) return Misshapen(setting, path, def);
    switch (def.shape) {
      case Shape::kValue:
        return Value(setting, def, path, out);
      case Shape::kList:
        return List(setting, def, path, out);
      case Shape::kNames:
        return NamedValues(setting, def, path, out);
      case Shape::kGroup:
        Block(*setting.settings, def.members, path + ".", "a setting of `" + path + "`", out);
        return;
      case Shape::kVariant:
        return Variant(setting, def, path, out);
    }
  }

  // Whether this release builds the value; reports PIPE010.
  bool IsBuilt(const SettingDef& def, const SettingValue& value, const std::string& path, Span span) {
    bool word = value.kind == SettingKind::kWord;
    if (word && std::find(def.later_words.begin(), def.later_words.end(), value.text) != def.later_words.end()) {
      ReportLater(span, "`" + path + (def.shape == Shape::kVariant ? " " : " = ") + value.text + "`", &diagnostics_);
      return false;
    }
    if (def.only_fallback && !(value == def.fallback)) {
      ReportLater(span, "`" + path + "` other than " + catalog::ToText(def.fallback), &diagnostics_);
      return false;
    }
    return true;
  }

  void Value(const ast::Setting& setting, const SettingDef& def, const std::string& path, WrittenSettings* out) {
    WrittenSetting written{.value = {}, .known = true, .name = setting.name.span, .value_span = setting.value_span};
    bool ok = true;
    written.value = ReadSettingValue(def, setting.value, &expander_, &written.known, &ok);
    if (ok && written.known) ok = IsBuilt(def, written.value, path, setting.value_span);
    // A bad value is as good as unknown: what depends on it is not reported again.
    written.known = written.known && ok;
    Add(path, std::move(written), out);
  }

  void List(const ast::Setting& setting, const SettingDef& def, const std::string& path, WrittenSettings* out) {
    WrittenSetting written{.value = {}, .known = true, .name = setting.name.span, .value_span = setting.value_span};
    std::vector<SettingValue> items;
    for (const Expr& item : setting.list) {
      bool ok = true;
      items.push_back(ReadSettingValue(def, item, &expander_, &written.known, &ok));
      written.known = written.known && ok;
    }
    if (items.empty() && def.required) {
      diagnostics_.Report(Kind::kBadSettingValue, setting.value_span, "`" + path + "` has at least one item");
    }
    written.value = catalog::ListValue(std::move(items));
    Add(path, std::move(written), out);
  }

  void NamedValues(const ast::Setting& setting, const SettingDef& def, const std::string& path, WrittenSettings* out) {
    for (const ast::SettingsItem& item : setting.settings->items) {
      const auto* named = std::get_if<ast::Setting>(&item.node);
      if (named == nullptr || named->shape != ast::Setting::Shape::kValue) {
        diagnostics_.Report(Kind::kBadSettingValue, item.span, "`" + path + "` has values by name: `any.name` = 'x';");
        continue;
      }
      SettingDef value = def;
      value.name = named->name.text;
      value.shape = Shape::kValue;
      Value(*named, value, path + "." + named->name.text, out);
    }
  }

  void Variant(const ast::Setting& setting, const SettingDef& def, const std::string& path, WrittenSettings* out) {
    if (setting.variant) {
      const std::string& word = setting.variant->text;
      WrittenSetting written{.value = catalog::WordValue(word),
                             .known = true,
                             .name = setting.name.span,
                             .value_span = setting.variant->span};
      if (std::find(def.words.begin(), def.words.end(), word) == def.words.end()) {
        ReportUnknown(Kind::kBadSettingValue, setting.variant->span, "`" + path + "` has no variant `" + word + "`",
                      word, def.words, &diagnostics_);
        return;
      }
      bool built = IsBuilt(def, written.value, path, setting.variant->span);
      written.known = built;
      Add(path, std::move(written), out);
      // Its members belong to what is not built.
      if (!built) return;
    }
    if (setting.settings) Block(*setting.settings, def.members, path + ".", "a setting of `" + path + "`", out);
  }

  const KindDef& kind_;
  ast::PresetDecl::Kind preset_kind_;
  Expander& expander_;
  Diagnostics& diagnostics_;
  std::vector<const ast::PresetDecl*> open_;
};

class Finisher {
 public:
  Finisher(CheckedSettings* out, Span owner, const std::string& what, Diagnostics* diagnostics)
      : out_(*out), owner_(owner), what_(what), diagnostics_(*diagnostics) {}

  void Run(const std::vector<SettingDef>& defs, const std::string& prefix) {
    for (const SettingDef& def : defs) {
      std::string path = prefix + def.name;
      if (def.shape == Shape::kGroup) {
        Run(def.members, path + ".");
      } else if (def.shape == Shape::kNames) {
        for (const auto& [name, written] : out_.written) {
          if (name.rfind(path + ".", 0) == 0) out_.values.Set(name, written.value);
        }
      } else {
        Leaf(def, path);
        if (def.shape == Shape::kVariant) Members(def, path);
      }
    }
  }

 private:
  bool AnyBelow(const std::string& path) const {
    auto at = out_.written.lower_bound(path + ".");
    return at != out_.written.end() && at->first.rfind(path + ".", 0) == 0;
  }

  void Leaf(const SettingDef& def, const std::string& path) {
    auto written = out_.written.find(path);
    if (written != out_.written.end()) {
      out_.values.Set(path, written->second.value);
    } else if (def.shape == Shape::kVariant && !def.word_of_block.empty() && AnyBelow(path)) {
      out_.values.Set(path, catalog::WordValue(def.word_of_block));
    } else if (def.fallback.kind != SettingKind::kNone) {
      out_.values.Set(path, def.fallback);
    } else if (def.required) {
      diagnostics_.Report(Kind::kMissingClause, owner_, what_ + " has no `" + path + "`");
    }
  }

  void Members(const SettingDef& def, const std::string& path) {
    std::string word = out_.values.Text(path);
    auto written = out_.written.find(path);
    if (written != out_.written.end() && !written->second.known) return;
    std::vector<SettingDef> fitting;
    for (const SettingDef& member : def.members) {
      if (HasMember(member, word)) {
        fitting.push_back(member);
        continue;
      }
      auto stray = out_.written.find(path + "." + member.name);
      if (stray == out_.written.end()) continue;
      diagnostics_.Report(Kind::kUnknownSetting, stray->second.name,
                          "`" + member.name + "` is not a setting of `" + path + " " + word + "`");
    }
    Run(fitting, path + ".");
  }

  CheckedSettings& out_;
  Span owner_;
  const std::string& what_;
  Diagnostics& diagnostics_;
};

}  // namespace

Span CheckedSettings::PlaceOf(const std::string& name, Span owner) const {
  auto found = written.find(name);
  return found == written.end() ? owner : found->second.value_span;
}

WrittenSettings ReadSettings(const KindDef& kind, const ast::Settings& settings, ast::PresetDecl::Kind preset_kind,
                             Expander* expander) {
  return BlockReader(kind, preset_kind, expander).Place(settings);
}

void MergeSettings(const WrittenSettings& outer, WrittenSettings* near) {
  // Blocks whose variant `near` chose otherwise.
  std::vector<std::string> replaced;
  for (const auto& [name, written] : outer) {
    auto chosen = near->find(name);
    if (chosen != near->end() && chosen->second.value.kind == SettingKind::kWord &&
        !(chosen->second.value == written.value)) {
      replaced.push_back(name + ".");
    }
  }
  for (const auto& [name, written] : outer) {
    bool hidden = std::any_of(replaced.begin(), replaced.end(),
                              [&name = name](const std::string& prefix) { return name.starts_with(prefix); });
    if (!hidden) near->emplace(name, written);
  }
}

CheckedSettings FinishSettings(const KindDef& kind, WrittenSettings written, Span owner, const std::string& what,
                               Diagnostics* diagnostics) {
  CheckedSettings settings;
  settings.written = std::move(written);
  Finisher(&settings, owner, what, diagnostics).Run(kind.settings, "");
  CheckSettingRules(kind, settings, owner, diagnostics);
  return settings;
}

}  // namespace cdc::sema
