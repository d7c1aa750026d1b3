#pragma once

// The settings of a resource, project or format: written ones against the catalog, presets and outer places
// merged in leaf by leaf, defaults filled in.

#include <map>
#include <string>
#include <vector>

#include "compiler/sema/expand.h"
#include "stdlib/catalog/catalog.h"

namespace cdc::sema {

// One written setting, by dotted name.
struct WrittenSetting {
  catalog::SettingValue value;
  bool known = true;  // false: a parameter without a value decides
  Span name;
  Span value_span;
};
using WrittenSettings = std::map<std::string, WrittenSetting>;

struct CheckedSettings {
  catalog::Settings values;
  WrittenSettings written;
  // The place to blame for a setting: its value if written, else `owner`.
  Span PlaceOf(const std::string& name, Span owner) const;
  bool IsWritten(const std::string& name) const { return written.count(name) != 0; }
};

// What one place says: its own block and the presets used in it, `subject` being the kind's name.
// PIPE003, 004, 005, 010, 103, 116, 132, 136, 138 are reported as they are met.
WrittenSettings ReadSettings(const catalog::KindDef& kind, const ast::Settings& settings,
                             ast::PresetDecl::Kind preset_kind, Expander* expander);

// Adds what an outer place says and `near` does not; another variant in `near` replaces the whole outer
// block.
void MergeSettings(const WrittenSettings& outer, WrittenSettings* near);

// Checks membership of variants and required settings, and fills defaults in. `owner` is blamed for what is
// missing, `what` names it: "source `db`".
CheckedSettings FinishSettings(const catalog::KindDef& kind, WrittenSettings written, Span owner,
                               const std::string& what, diag::Diagnostics* diagnostics);

// Rules between settings of one kind (setting_rules.cpp).
void CheckSettingRules(const catalog::KindDef& kind, const CheckedSettings& settings, Span owner,
                       diag::Diagnostics* diagnostics);

// The value of one setting from its text. Reports PIPE103, 010, 116, 138; `*known` as in WrittenSetting.
catalog::SettingValue ReadSettingValue(const catalog::SettingDef& def, const Expr& value, Expander* expander,
                                       bool* known, bool* ok);

}  // namespace cdc::sema
