#pragma once

// Requests over HTTP and HTTPS; the only user of libcurl.

#include <cstdint>
#include <memory>
#include <string>

#include "stdlib/core/result.h"

namespace cdc::registry {

struct HttpSettings {
  enum class Check : uint8_t { kIdentity, kAuthority, kNothing };
  int64_t timeout_ms = 10'000;  // of a whole request
  std::string content_type;     // sent, and asked for
  std::string user, password;   // basic authentication, if there is a user
  std::string token;            // bearer, if not empty
  Check check = Check::kIdentity;
  std::string ca_file;  // PEM; empty: the system's authorities
  std::string certificate_file, key_file, key_password;
  bool only_tls_1_3 = false;
};

struct HttpResponse {
  int status = 0;
  std::string body;  // at most kResponseBytesMax
};

inline constexpr size_t kResponseBytesMax = 4u << 20;

// One connection that is used again. Follows no redirection: it would carry the login to another server.
// Threads: one at a time.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Errors: kRegistryLost (no whole answer in time, and why), kConfig (a file of the TLS settings cannot be used); no
  // message has a part of the login.
  virtual Result<HttpResponse> Send(const std::string& method, const std::string& url, const std::string& body) = 0;
};

// Errors: kResource.
Result<std::unique_ptr<HttpClient>> MakeHttpClient(HttpSettings settings);

}  // namespace cdc::registry
