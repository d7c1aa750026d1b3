#include "runtime/formats/format.h"

#include "runtime/formats/canal_json.h"
#include "runtime/formats/debezium_avro.h"
#include "runtime/formats/debezium_json.h"

namespace cdc::formats {

Status Encoder::EncodeHeaders(const OutputRow&, OutBuffer*) { return OkStatus(); }
Status Encoder::SelectTopic(uint32_t, const std::string&) { return OkStatus(); }

Result<std::unique_ptr<Format>> MakeFormat(const std::string& name, const catalog::Settings& settings,
                                           const std::string& source_name, const SchemaRegistries& registries) {
  if (name == "canal_json") return MakeCanalJson(settings);
  if (name == "debezium_json") return MakeDebeziumJson(settings, source_name);
  if (name == "debezium_avro") return MakeDebeziumAvro(settings, source_name, registries);
  return Error(ErrorCode::kConfig, "error: format `" + name + "` is not available yet [PIPE010 not-available-yet]");
}

}  // namespace cdc::formats
