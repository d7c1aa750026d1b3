#include "runtime/driver/server_url.h"

#include "stdlib/core/address.h"
#include "stdlib/core/file_names.h"

namespace cdc::driver {
namespace {

Error NoUrl(const std::string& why) {
  return Error(ErrorCode::kUsage, why + "; a server is mysql://user@host:port/database,…");
}

}  // namespace

Result<ServerUrl> ReadServerUrl(std::string_view text) {
  constexpr std::string_view kSchemes[] = {"mysql://", "mariadb://"};
  ServerUrl url;
  const size_t size = text.size();
  for (const std::string_view scheme : kSchemes) {
    if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
  }
  if (text.size() == size) return NoUrl("no server");
  const size_t slash = text.find('/', text.rfind('@') == std::string_view::npos ? 0 : text.rfind('@'));
  std::string_view login = text.substr(0, slash);
  std::string_view databases = slash == std::string_view::npos ? "" : text.substr(slash + 1);
  const size_t at = login.rfind('@');
  if (at == std::string_view::npos || at == 0) return NoUrl("the server's address names no user");
  url.address = std::string(login.substr(at + 1));
  login = login.substr(0, at);
  const size_t colon = login.find(':');
  url.user = NameOfFile(login.substr(0, colon));
  if (colon != std::string_view::npos) url.password = NameOfFile(login.substr(colon + 1));
  const auto address = ReadAddress(url.address);
  if (!address.has_value() || !address->socket.empty()) return NoUrl("`" + url.address + "` is no address");
  if (url.address.ends_with(':')) return NoUrl("`" + url.address + "` is no address");
  if (databases.find('?') != std::string_view::npos) return NoUrl("options behind `?` are not known");
  while (!databases.empty()) {
    const size_t comma = databases.find(',');
    if (comma != 0) url.databases.push_back(NameOfFile(databases.substr(0, comma)));
    databases.remove_prefix(comma == std::string_view::npos ? databases.size() : comma + 1);
  }
  return url;
}

}  // namespace cdc::driver
