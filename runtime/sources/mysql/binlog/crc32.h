#pragma once

#include <cstdint>
#include <string_view>

namespace cdc::binlog {

// The CRC-32 of zlib and of log events; by carry-less multiplication where the processor has it.
uint32_t Crc32(std::string_view bytes);
// The same by zlib alone.
uint32_t Crc32Portable(std::string_view bytes);

}  // namespace cdc::binlog
