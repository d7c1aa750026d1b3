#include "stdlib/core/address.h"

#include <charconv>

namespace cdc {

std::optional<Address> ReadAddress(std::string_view text) {
  Address address;
  if (text.starts_with('/')) {
    address.socket = text;
    return address;
  }
  size_t end = text.find(':');
  if (text.starts_with('[')) {
    const size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    address.host = text.substr(1, close - 1);
    end = close + 1;
  } else {
    address.host = text.substr(0, end);
  }
  if (address.host.empty() || address.host.find_first_of(" \t\r\n,/\"'@") != std::string::npos) return std::nullopt;
  if (end >= text.size()) return address;
  const std::string_view port = text.substr(end + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
  const bool whole = read.ec == std::errc() && read.ptr == port.data() + port.size();
  if (text[end] != ':' || !whole || address.port == 0) return std::nullopt;
  return address;
}

}  // namespace cdc
