#include "runtime/formats/debezium_geometry.h"

#include <bit>
#include <cstddef>

namespace cdc::formats {
namespace {

constexpr size_t kSridBytes = 4;
constexpr size_t kPointBytes = kSridBytes + 21;

double ReadDouble(const char* from, bool little) {
  uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word = word << 8 | static_cast<unsigned char>(from[little ? 7 - i : i]);
  return std::bit_cast<double>(word);
}

}  // namespace

const char* ReadGeometry(const DebeziumField& field, std::string_view bytes, DebeziumGeometry* out) {
  if (bytes.size() < kSridBytes + 5) return "holds a geometry that is too short";
  out->srid = 0;
  for (size_t i = kSridBytes; i-- > 0;) out->srid = out->srid << 8 | static_cast<unsigned char>(bytes[i]);
  out->wkb = bytes.substr(kSridBytes);
  if (field.semantic != Semantic::kPoint) return nullptr;
  if (bytes.size() < kPointBytes) return "holds a point that is too short";
  const bool little = bytes[kSridBytes] == 1;
  out->x = ReadDouble(bytes.data() + 9, little);
  out->y = ReadDouble(bytes.data() + 17, little);
  return nullptr;
}

}  // namespace cdc::formats
