#include "runtime/sources/mysql/options.h"

#include <filesystem>
#include <string_view>

namespace cdc::sources {
namespace {

constexpr int kSilentHeartbeats = 3;  // then the connection counts as lost

uint32_t Fnv1a(std::string_view text) {
  uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return hash;
}

mysql::Tls TlsOf(const catalog::Settings& settings) {
  if (settings.Is("tls", "verify_identity")) return mysql::Tls::kVerifyIdentity;
  if (settings.Is("tls", "verify_ca")) return mysql::Tls::kVerifyCa;
  if (settings.Is("tls", "trust_any")) return mysql::Tls::kTrustAny;
  return mysql::Tls::kOff;
}

}  // namespace

mysql::ConnectOptions ConnectOptionsOf(const SourceContext& context) {
  const catalog::Settings& settings = context.settings;
  const auto secret = [&](const std::string& name) {
    const auto found = context.secrets.find(name);
    return found == context.secrets.end() ? std::string() : found->second;
  };
  const auto path = [&](const std::string& name) {
    const std::string text = settings.Text(name);
    return text.empty() ? text : (std::filesystem::path(context.project_root) / text).string();
  };
  mysql::ConnectOptions options;
  options.address = settings.Text("address");
  options.user = settings.Text("user");
  options.password = secret("password");
  options.tls = TlsOf(settings);
  options.tls_ca = path("tls.ca");
  options.tls_certificate = path("tls.certificate");
  options.tls_private_key = path("tls.private_key");
  options.tls_private_key_password = secret("tls.private_key_password");
  options.tls_server_name = settings.Text("tls.server_name");
  options.tls_1_3_only = settings.Is("tls.min_version", "tls1_3");
  options.connect_timeout_ms = settings.Number("connect_timeout", options.connect_timeout_ms);
  options.silence_max_ms = settings.Number("heartbeat", 10'000) * kSilentHeartbeats;
  return options;
}

mysql::DumpOptions DumpOptionsOf(const SourceContext& context) {
  mysql::DumpOptions options;
  options.heartbeat_ms = context.settings.Number("heartbeat", options.heartbeat_ms);
  int64_t server_id = context.settings.Number("server_id", 0);
  if (server_id == 0) {
    // Stable for a program and source, and far from the small numbers that people give their servers.
    server_id = (1 << 30) + Fnv1a(context.program + "\n" + context.name) % (1u << 30);
  }
  options.server_id = static_cast<uint32_t>(server_id + context.index_on_source);
  return options;
}

}  // namespace cdc::sources
