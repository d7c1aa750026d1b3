#pragma once

// What sources, sinks, stores, formats and projects exist, and every setting of each: type, default, bounds, doc.
// Nothing here runs. A setting that is not declared does not exist (PIPE003); one that is declared and not built in
// this release is refused by name (PIPE010).

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/catalog/settings.h"
#include "stdlib/core/type.h"

namespace cdc::catalog {

// Where a kind stands in a program: `source db: mysql`, `format canal_json`, `project shop`.
enum class Holder : uint8_t { kSource, kSink, kRegistry, kNotifier, kStore, kProject, kFormat };
std::string_view HolderName(Holder holder);  // "source"

// What the value of a setting may be, words aside.
enum class ValueType : uint8_t {
  kNone,  // words only
  kString,
  kTemplate,  // a string; "…" may hold $param.x$
  kSecret,
  kInt,
  kBool,
  kDuration,
  kSize,
  kPath,            // a string, relative to the project root
  kZone,            // 'UTC', '+08:00'
  kName,            // the name of another declaration
  kScalar,          // string, int or bool: a value that is passed through
  kAddress,         // a string or template: core/address.h
  kNetworkAddress,  // the same, and no socket
  kSecretOrText,
  kInstant,  // a string: core/temporal.h, ParseInstant
};

enum class Shape : uint8_t {
  kValue,    // name = value;
  kList,     // name = [ value, … ];
  kVariant,  // name word { member = …; }
  kGroup,    // name { member = …; }
  kNames,    // name { `any.name` = value; }
};

struct SettingDef {
  std::string name = {};
  Shape shape = Shape::kValue;
  ValueType type = ValueType::kNone;
  std::vector<std::string> words = {};    // words accepted as the value; kVariant: the variants
  std::vector<std::string> choices = {};  // kString: the only texts accepted; empty: any
  SettingValue fallback = {};             // the default; kNone: there is none
  bool required = false;
  int64_t min = std::numeric_limits<int64_t>::min();  // in the units of SettingValue::number, inclusive
  int64_t max = std::numeric_limits<int64_t>::max();
  std::string doc = {};
  std::vector<SettingDef> members = {};   // kVariant, kGroup
  std::vector<std::string> only_in = {};  // of a variant's member: the variants that have it; empty: all
  std::string word_of_block = {};         // kVariant: what `name { … }` without a word means; empty: the default
  // This release.
  bool later = false;                         // the whole setting is not built
  std::vector<std::string> later_words = {};  // these words are not built
  bool only_fallback = false;                 // no value but the default is built
};

struct KindDef {
  Holder holder = Holder::kSource;
  std::string name = {};
  std::string doc = {};
  bool built = true;
  std::vector<SettingDef> settings = {};
  // Formats only.
  bool needs_registry = false;
  bool is_text = true;                        // lines of text: fits `record = value`
  std::vector<TypeKind> cannot_express = {};  // column types it has no rule for (PIPE114)
};

// Every kind, in the order of the .def lists. Lifetime: the process.
const std::vector<KindDef>& Kinds();
// Nothing if there is no such kind of this holder; kinds that are not built are found.
const KindDef* FindKind(Holder holder, std::string_view name);
std::vector<std::string> KindNames(Holder holder);
// One of `settings` by its name, or nothing.
const SettingDef* FindSetting(const std::vector<SettingDef>& settings, std::string_view name);

// Whether a property of the Kafka client follows from the settings of `sink kafka`, or exactly once depends on it:
// `client { … }` may not set it.
bool IsDecidedClientProperty(std::string_view property);

// The values of a setting, as a default in a declaration.
SettingValue TextValue(std::string text);
SettingValue WordValue(std::string word);
SettingValue IntValue(int64_t number);
SettingValue BoolValue(bool flag);
SettingValue MillisecondsValue(int64_t milliseconds);
SettingValue BytesValue(int64_t bytes);
SettingValue ListValue(std::vector<SettingValue> items);

}  // namespace cdc::catalog
