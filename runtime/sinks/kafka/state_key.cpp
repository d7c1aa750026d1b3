#include "runtime/sinks/kafka/state_key.h"

#include <unistd.h>

#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>

namespace cdc::sinks::kafka {
namespace {

using Json = nlohmann::ordered_json;

std::string Quote(const std::string& text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string RandomId() {
  static constexpr char kHex[] = "0123456789abcdef";
  std::random_device device;
  std::string id;
  for (int word = 0; word < 4; ++word) {
    uint32_t bits = device();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) id += kHex[bits & 15];
  }
  return id;
}

std::string Text(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

StateKeys::StateKeys(const SinkContext& context)
    : prefix_("{\"program\":" + Quote(context.program) + ",\"pipe\":" + Quote(context.pipe) +
              ",\"source\":" + Quote(context.source) + ",\"lane\":") {}

std::string StateKeys::Write(const std::string& kind, const std::string& item) const {
  return prefix_ + "0,\"kind\":" + Quote(kind) + ",\"item\":" + Quote(item) + "}";
}

std::optional<StateKey> StateKeys::Read(std::string_view key) const {
  if (key.substr(0, prefix_.size()) != prefix_) return std::nullopt;
  const Json parsed = Json::parse(key, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("lane") || !parsed["lane"].is_number_integer()) return std::nullopt;
  return StateKey{parsed["lane"].get<int>(), Text(parsed, "kind"), Text(parsed, "item")};
}

int32_t StateKeys::PartitionOf(int32_t partitions) const {
  // FNV-1a: any stable hash will do, the partition is found again by searching.
  uint32_t hash = 2166136261U;
  for (const char c : prefix_) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return static_cast<int32_t>(hash % static_cast<uint32_t>(partitions));
}

std::string PipeOfKey(std::string_view key) {
  const Json parsed = Json::parse(key, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("pipe")) return "";
  return "pipe `" + Text(parsed, "pipe") + "` of program `" + Text(parsed, "program") + "`";
}

Owner MakeOwner() {
  Owner owner;
  owner.id = RandomId();
  char host[256] = {};
  if (::gethostname(host, sizeof(host) - 1) == 0) owner.host = host;
  owner.process = ::getpid();
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  struct tm utc {};
  ::gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
  owner.since = text;
  return owner;
}

std::string ToJson(const Owner& owner) {
  const Json json = {{"id", owner.id}, {"host", owner.host}, {"process", owner.process}, {"since", owner.since}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Owner> ReadOwner(const std::string& json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (!parsed.is_object() || Text(parsed, "id").empty()) return std::nullopt;
  Owner owner;
  owner.id = Text(parsed, "id");
  owner.host = Text(parsed, "host");
  owner.since = Text(parsed, "since");
  if (parsed.contains("process") && parsed["process"].is_number_integer())
    owner.process = parsed["process"].get<int64_t>();
  return owner;
}

}  // namespace cdc::sinks::kafka
