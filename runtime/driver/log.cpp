#include "runtime/driver/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string_view>

#include "compiler/source/source_text.h"

namespace cdc::driver {
namespace {

// The inside of a JSON string; what is no UTF-8 becomes U+FFFD.
template <typename Out>
void AppendQuoted(std::string_view text, Out* out) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  const auto append = [&](std::string_view bytes) { out->append(bytes.data(), bytes.data() + bytes.size()); };
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    uint32_t code_point = 0;
    const auto size = static_cast<size_t>(source::DecodeUtf8(text.substr(at), &code_point));
    if (size == 0) {
      append("\xEF\xBF\xBD");
    } else if (byte == '"' || byte == '\\') {
      append("\\");
      append(text.substr(at, 1));
    } else if (byte < 0x20) {
      const char escaped[] = {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
      append({escaped, sizeof(escaped)});
    } else {
      append(text.substr(at, size));
    }
    at += size == 0 ? 1 : size;
  }
}

// Message and fields of a line: `"message":"…","pipe":"p"`. The fields come as the function name of the
// source location, which nothing else here uses: it belongs to one line and needs no state between the call
// and the formatter.
class JsonMessage : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
    static constexpr std::string_view kName = R"("message":")";
    out.append(kName.data(), kName.data() + kName.size());
    AppendQuoted({message.payload.data(), message.payload.size()}, &out);
    out.push_back('"');
    if (message.source.funcname == nullptr) return;
    const std::string_view fields = message.source.funcname;
    out.append(fields.data(), fields.data() + fields.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<JsonMessage>(); }
};

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

LogField::LogField(const char* name, const std::string& value) : json_(std::string("\"") + name + "\":\"") {
  AppendQuoted(value, &json_);
  json_ += '"';
}

LogField::LogField(const char* name, int64_t value) : json_(std::string("\"") + name + "\":" + std::to_string(value)) {}

void SetUpLog(LogForm form, bool quiet) {
  auto logger = std::make_shared<spdlog::logger>("pipewright", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  if (form == LogForm::kJson) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<JsonMessage>('*').set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%*})");
    logger->set_formatter(std::move(formatter));
  } else {
    const std::string begin = form == LogForm::kTextOverProgress ? "\r\x1b[K" : "";
    logger->set_pattern(begin + "%H:%M:%S %^%l%$ %v");
  }
  logger->set_level(quiet ? spdlog::level::err : spdlog::level::info);
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void Log(LogLevel level, const std::string& message, const std::vector<LogField>& fields) {
  std::string json;
  for (const LogField& field : fields) json += "," + field.json();
  spdlog::default_logger_raw()->log(spdlog::source_loc{"", 1, json.c_str()}, ToSpdlog(level),
                                    spdlog::string_view_t(message));
}

}  // namespace cdc::driver
