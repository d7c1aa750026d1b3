#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::secrets {

inline constexpr std::chrono::milliseconds kCommandLimit{10'000};
inline constexpr size_t kSecretBytesMax = 64 * 1024;

// Runs a program, found along PATH, without a shell, in `directory`, and returns what it writes to standard output.
// Its standard input is empty, its standard error thrown away: that may hold the secret.
// Errors: kConfig, naming the program alone: it cannot be started, ends with another code than 0, writes more than
// kSecretBytesMax, or has not ended after `limit`; it is killed then, with the processes of its group.
Result<std::string> RunCommand(const std::vector<std::string>& words, const std::string& directory,
                               std::chrono::milliseconds limit = kCommandLimit);

}  // namespace cdc::secrets
