#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stdlib/core/result.h"

namespace cdc::state {

// "cannot write /x/y: No space left on device", with errno's words. kResource when memory, disk or handles
// ran out, else kSinkRejected.
Error FileError(std::string_view doing, const std::string& path, int error_number);

// Makes `directory` and its parents where missing.
Status MakeDirectories(const std::string& directory);

// Replaces the file's contents as a whole: a crash leaves the old ones or the new. `durable`: on disk on
// return.
Status ReplaceFile(const std::string& path, std::string_view contents, bool durable);

// Makes names in `directory` durable (renamed, created or removed files).
Status SyncDirectory(const std::string& directory);

// The file's contents, nothing if there is no such file.
Result<std::optional<std::string>> ReadFile(const std::string& path);

// `name` as one path component: bytes other than letters, digits, `-`, `_` and `.` as %XX, a leading dot too.
std::string FileNameOf(std::string_view name);

}  // namespace cdc::state
