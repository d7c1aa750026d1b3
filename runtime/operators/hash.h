#pragma once

#include <cstdint>
#include <string_view>

namespace cdc::operators {

// Kafka's Java client, org.apache.kafka.common.utils.Utils.murmur2: 32 bits, seed 0x9747b28c.
uint32_t Murmur2(std::string_view bytes);

// librdkafka's `consistent` partitioner: CRC-32 (IEEE), as zlib's crc32().
uint32_t Crc32(std::string_view bytes);

// Java's String.hashCode of UTF-8 text: over its UTF-16 code units.
int32_t JavaHash(std::string_view utf8);

}  // namespace cdc::operators
