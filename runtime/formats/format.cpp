#include "runtime/formats/format.h"

#include "runtime/formats/canal_json.h"
#include "runtime/formats/debezium_json.h"

namespace cdc::formats {

Status Encoder::EncodeHeaders(const OutputRow&, OutBuffer*) { return OkStatus(); }

Result<std::unique_ptr<Format>> MakeFormat(const std::string& name, const catalog::Settings& settings,
                                           const std::string& source_name) {
  if (name == "canal_json") return MakeCanalJson(settings);
  if (name == "debezium_json") return MakeDebeziumJson(settings, source_name);
  return Error(ErrorCode::kConfig, "error: format `" + name + "` is not available yet [PIPE010 not-available-yet]");
}

}  // namespace cdc::formats
