#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cdc::driver {

enum class LogLevel { kInfo, kWarning, kError };

// What a line of the JSON log holds beside time, level and message.
class LogField {
 public:
  // Names are plain ASCII, and literals.
  LogField(const char* name, const std::string& value);
  LogField(const char* name, int64_t value);
  const std::string& json() const { return json_; }

 private:
  std::string json_;  // "name":value
};

enum class LogForm {
  kText,
  kTextOverProgress,  // on a terminal, whose last line shows progress: each log line takes that line's place
  kJson,              // one object per line
};

// Sets up the log on stderr. `quiet`: errors only.
void SetUpLog(LogForm form, bool quiet);

// Writes one line. The text form shows the message alone, so it says what the fields say.
void Log(LogLevel level, const std::string& message, const std::vector<LogField>& fields = {});

}  // namespace cdc::driver
