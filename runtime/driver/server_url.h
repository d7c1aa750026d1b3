#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::driver {

// mysql://user[:password]@host[:port]/[database,…], each part percent-encoded where it has to be.
struct ServerUrl {
  std::string user;
  std::string password;  // empty if there is none
  std::string address;   // host[:port], [v6][:port]
  std::vector<std::string> databases;
};

// Errors: kUsage; the message never has the password.
Result<ServerUrl> ReadServerUrl(std::string_view text);

}  // namespace cdc::driver
