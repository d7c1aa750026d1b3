#include "compiler/diff/other_fields.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

namespace cdc::diff {
namespace {

using Json = nlohmann::ordered_json;
using FieldNames = std::set<std::string_view>;

void RemovePlaces(Json* node) {
  if (node->is_object()) node->erase("origin");
  for (Json& child : *node) {
    if (child.is_structured()) RemovePlaces(&child);
  }
}

OtherFields FieldsBut(const Json& object, const FieldNames& compared) {
  OtherFields fields;
  for (auto member = object.begin(); member != object.end(); ++member) {
    if (compared.count(member.key()) != 0) continue;
    Json value = member.value();
    RemovePlaces(&value);
    fields[member.key()] = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return fields;
}

std::string ValueOf(const OtherFields& fields, const std::string& name) {
  auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

// The plan's own writer knows every member there is.
Json Written(const plan::Plan& plan) { return Json::parse(plan::ToJson(plan), nullptr, false); }

// The first element of a list of the plan that has nothing else.
Json FirstOf(const plan::Plan& plan, const char* list) {
  const Json written = Written(plan);
  auto found = written.find(list);
  return found == written.end() || found->empty() ? Json::object() : (*found)[0];
}

// What watches over pipes and hides values in quarantine and logs, but is in no record.
Kind KindOfField(const std::string& name) {
  static constexpr std::string_view kBesideRecords[] = {"alerts", "notifiers", "registries", "secrets", "sensitive"};
  const bool beside = std::find(std::begin(kBesideRecords), std::end(kBesideRecords), name) != std::end(kBesideRecords);
  return beside ? Kind::kSettingChanged : Kind::kOtherChanged;
}

}  // namespace

OtherFields OtherFieldsOf(const plan::Plan& plan) {
  plan::Plan rest = plan;
  for (auto* list : {&rest.sources, &rest.sinks, &rest.stores}) list->clear();
  rest.pipes.clear();
  rest.files.clear();
  return FieldsBut(Written(rest), {"version", "program", "root", "schema"});
}

OtherFields OtherFieldsOf(const plan::Pipe& pipe) {
  plan::Plan alone;
  alone.pipes.push_back(pipe);
  alone.pipes[0].tables.clear();
  return FieldsBut(FirstOf(alone, "pipes"), {"name", "sources", "sink", "store", "index_on_source", "index_on_others",
                                             "used", "tables", "on", "topic", "format", "origin"});
}

OtherFields OtherFieldsOf(const plan::TableRule& rule) {
  plan::Plan alone;
  alone.pipes.emplace_back().tables.push_back(rule);
  const Json pipe = FirstOf(alone, "pipes");
  auto tables = pipe.find("tables");
  if (tables == pipe.end() || tables->empty()) return {};
  return FieldsBut((*tables)[0], {"database", "table", "skip", "target_database", "target_table", "merge", "where",
                                  "select", "key", "partition", "topic", "format", "headers", "on", "origin"});
}

OtherFields OtherFieldsOf(const plan::Resource& resource) {
  plan::Plan alone;
  alone.sinks.push_back(resource);
  return FieldsBut(FirstOf(alone, "sinks"), {"name", "kind", "settings"});
}

void AddOtherFields(const OtherFields& before, const OtherFields& after, std::vector<Difference>* out) {
  OtherFields names = before;
  names.insert(after.begin(), after.end());
  for (const auto& [name, unused] : names) {
    const std::string old = ValueOf(before, name);
    const std::string now = ValueOf(after, name);
    if (old != now) out->push_back({KindOfField(name), name, old, now});
  }
}

}  // namespace cdc::diff
