#include "compiler/diff/compare_settings.h"

#include <algorithm>
#include <set>

#include "stdlib/catalog/setting_text.h"

namespace cdc::diff {
namespace {

using catalog::Settings;
using catalog::SettingValue;

std::string TextOf(const SettingValue* value) { return value == nullptr ? "" : catalog::ToText(*value); }

bool Has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Whether the new address was one of the source's before: the same data, by the meaning of `failover`.
bool IsKnownAddress(const Settings& before, const Settings& after) {
  return Has(before.Texts("failover"), after.Text("address"));
}

bool ShareBroker(const Settings& before, const Settings& after) {
  const std::vector<std::string> old = before.Texts("brokers");
  const std::vector<std::string> now = after.Texts("brokers");
  return std::any_of(now.begin(), now.end(), [&](const std::string& broker) { return Has(old, broker); });
}

Kind OfSource(const std::string& name, const Settings& before, const Settings& after) {
  if (name == "address") return IsKnownAddress(before, after) ? Kind::kSettingChanged : Kind::kSourceChanged;
  if (name == "path") return Kind::kSourceChanged;
  if (name == "server_id") return Kind::kServerIdChanged;
  if (name == "zone" || name == "charset") return Kind::kReadingChanged;
  return Kind::kSettingChanged;
}

// Settings that are part of what is saved are marked I in the catalogue's design.
Kind OfSink(const std::string& name, const Settings& before, const Settings& after) {
  if (name == "brokers") return ShareBroker(before, after) ? Kind::kSettingChanged : Kind::kSinkChanged;
  if (name == "delivery.transactional_id") return Kind::kTransactionalIdChanged;
  if (name == "delivery" || name == "state_topic" || name == "state_replication" || name == "directory") {
    return Kind::kStateMoved;
  }
  if (name == "partitions") return Kind::kPartitionChanged;
  if (name == "record" || name == "oversize" || name.starts_with("oversize.")) return Kind::kFormatSettingChanged;
  return Kind::kSettingChanged;
}

Kind OfStore(const std::string& name, const Settings& before, const Settings& after) {
  if (name == "brokers" && ShareBroker(before, after)) return Kind::kSettingChanged;
  const bool moves = name == "directory" || name == "brokers" || name == "topic";
  return moves ? Kind::kStateMoved : Kind::kSettingChanged;
}

Kind KindOf(Section::Of of, const std::string& name, const Settings& before, const Settings& after) {
  if (of == Section::Of::kSource) return OfSource(name, before, after);
  if (of == Section::Of::kSink) return OfSink(name, before, after);
  return OfStore(name, before, after);
}

}  // namespace

std::vector<SettingChange> CompareSettings(const Settings& before, const Settings& after) {
  std::set<std::string> names;
  for (const auto& [name, value] : before.all()) names.insert(name);
  for (const auto& [name, value] : after.all()) names.insert(name);
  std::vector<SettingChange> changes;
  for (const std::string& name : names) {
    SettingChange change{name, TextOf(before.Find(name)), TextOf(after.Find(name))};
    if (change.before != change.after) changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<Difference> CompareResources(Section::Of of, const plan::Resource& before, const plan::Resource& after) {
  if (before.kind != after.kind) {
    const Kind kind = of == Section::Of::kSource ? Kind::kSourceChanged
                      : of == Section::Of::kSink ? Kind::kSinkChanged
                                                 : Kind::kStateMoved;
    std::vector<Difference> differences = {{kind, "kind", before.kind, after.kind}};
    // A sink keeps the state of its pipes.
    if (of == Section::Of::kSink) differences.push_back({Kind::kStateMoved, "kind", before.kind, after.kind});
    return differences;
  }
  std::vector<Difference> differences;
  for (SettingChange& change : CompareSettings(before.settings, after.settings)) {
    const Kind kind = KindOf(of, change.name, before.settings, after.settings);
    differences.push_back({kind, std::move(change.name), std::move(change.before), std::move(change.after)});
  }
  return differences;
}

}  // namespace cdc::diff
