#include "runtime/sources/mysql/client/connection.h"

#include <mysql.h>
// The library's connection state, to see bytes it has buffered; after mysql.h, which they need.
#define HAVE_TLS 1
using uchar = unsigned char;
#include <ma_pvio.h>
#include <ma_tls.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>

#include "stdlib/core/address.h"
#include "stdlib/core/utf8.h"

namespace cdc::mysql {
namespace {

constexpr unsigned kDefaultPort = 3306;
constexpr unsigned kAccessDenied = 1045;
constexpr uint32_t kPacketError = 0xFFFFFFFFu;  // what the library returns, whatever the width of unsigned long
constexpr unsigned long kPacketMax = 1ul << 30;

struct KeyPassword {
  const std::string* password = nullptr;
  bool asked = false;
};

// OpenSSL's way to ask; without it, it would ask at the terminal.
int GivePassword(char* to, int size, int, void* from) {
  auto* known = static_cast<KeyPassword*>(from);
  known->asked = true;
  const auto length = static_cast<int>(known->password->size());
  if (length == 0 || length > size) return -1;
  std::memcpy(to, known->password->data(), known->password->size());
  return length;
}

// The library cannot tell a key that needs another password from a lost connection.
Status CheckPrivateKey(const ConnectOptions& options) {
  if (options.tls_private_key.empty()) return OkStatus();
  KeyPassword known{.password = &options.tls_private_key_password};
  EVP_PKEY* key = nullptr;
  if (FILE* file = std::fopen(options.tls_private_key.c_str(), "r")) {
    key = PEM_read_PrivateKey(file, nullptr, GivePassword, &known);
    std::fclose(file);
  }
  ERR_clear_error();
  if (key != nullptr) {
    EVP_PKEY_free(key);
    return OkStatus();
  }
  const char* why = !known.asked              ? "it holds no private key in PEM form"
                    : known.password->empty() ? "it is encrypted; give `tls.private_key_password`"
                                              : "`tls.private_key_password` does not open it";
  return Error(ErrorCode::kConfig, "cannot use `tls.private_key`, " + options.tls_private_key + ": " + why);
}

// The library reports a file that is not there as a lost connection, or not at all.
Status CheckTlsFiles(const ConnectOptions& options) {
  for (const auto& [setting, path] : {std::pair{"tls.ca", &options.tls_ca},
                                      {"tls.certificate", &options.tls_certificate},
                                      {"tls.private_key", &options.tls_private_key}}) {
    if (path->empty() || access(path->c_str(), R_OK) == 0) continue;
    return Error(ErrorCode::kConfig,
                 std::string("cannot read `") + setting + "`, " + *path + ": " + std::strerror(errno));
  }
  return CheckPrivateKey(options);
}

struct CloseHandle {
  void operator()(MYSQL* handle) const { mysql_close(handle); }
};
using Handle = std::unique_ptr<MYSQL, CloseHandle>;

struct FreeResult {
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};

void SetTlsOptions(const ConnectOptions& options, MYSQL* handle) {
  const auto set = [&](mysql_option option, const std::string& value) {
    if (!value.empty()) mysql_options(handle, option, value.c_str());
  };
  my_bool enforce = 1;
  // The library compares with the address only; another name is compared in CheckTls().
  my_bool verify = options.tls == Tls::kVerifyIdentity && options.tls_server_name.empty() ? 1 : 0;
  mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
  if (options.tls != Tls::kTrustAny)
    set(MYSQL_OPT_SSL_CA, options.tls_ca.empty() ? "/etc/ssl/certs/ca-certificates.crt" : options.tls_ca);
  set(MYSQL_OPT_SSL_CERT, options.tls_certificate);
  set(MYSQL_OPT_SSL_KEY, options.tls_private_key);
  set(MARIADB_OPT_TLS_PASSPHRASE, options.tls_private_key_password);
  set(MARIADB_OPT_TLS_VERSION, options.tls_1_3_only ? "TLSv1.3" : "TLSv1.2,TLSv1.3");
}

unsigned Seconds(int64_t ms) { return static_cast<unsigned>(std::max<int64_t>(1, (ms + 999) / 1000)); }

void SetOptions(const ConnectOptions& options, MYSQL* handle) {
  // A server that accepts and then says nothing is one that cannot be connected to; AllowSilence() comes later.
  const unsigned connect_s = Seconds(options.connect_timeout_ms);
  mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
  mysql_options(handle, MYSQL_OPT_READ_TIMEOUT, &connect_s);
  mysql_options(handle, MYSQL_OPT_WRITE_TIMEOUT, &connect_s);
  mysql_options(handle, MYSQL_OPT_MAX_ALLOWED_PACKET, &kPacketMax);
  mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (const char* plugins = std::getenv("MARIADB_PLUGIN_DIR")) mysql_options(handle, MYSQL_PLUGIN_DIR, plugins);
  if (options.tls != Tls::kOff) SetTlsOptions(options, handle);
}

// The options of an open connection are not looked at again.
void AllowSilence(const ConnectOptions& options, MYSQL* handle) {
  MARIADB_PVIO* io = handle->net.pvio;
  const int silence_s = static_cast<int>(Seconds(options.silence_max_ms));
  io->methods->set_timeout(io, PVIO_READ_TIMEOUT, silence_s);
  io->methods->set_timeout(io, PVIO_WRITE_TIMEOUT, silence_s);
}

// The library connects in the clear, without an error, to a server that offers no TLS.
Status CheckTls(const ConnectOptions& options, MYSQL* handle) {
  if (options.tls == Tls::kOff) return OkStatus();
  const MARIADB_PVIO* io = handle->net.pvio;
  if (mysql_get_ssl_cipher(handle) == nullptr || io == nullptr || io->ctls == nullptr) {
    return Error(ErrorCode::kConfig, options.address + " offers no TLS, and the source asks for it");
  }
  const std::string& name = options.tls_server_name;
  if (options.tls != Tls::kVerifyIdentity || name.empty()) return OkStatus();
  X509* certificate = SSL_get1_peer_certificate(static_cast<const SSL*>(io->ctls->ssl));
  const bool same =
      certificate != nullptr && (X509_check_host(certificate, name.data(), name.size(), 0, nullptr) == 1 ||
                                 X509_check_ip_asc(certificate, name.c_str(), 0) == 1);
  X509_free(certificate);
  if (same) return OkStatus();
  return Error(ErrorCode::kConfig, "the certificate of " + options.address + " is not made out to `" + name + "`");
}

class LibraryConnection : public Connection {
 public:
  explicit LibraryConnection(Handle handle)
      : handle_(std::move(handle)), version_text_(mysql_get_server_info(handle_.get())) {
    // Replicas of old versions would stop at "10.…", so MariaDB may say "5.5.5-10.…".
    std::string_view text = version_text_;
    mariadb_ = text.find("MariaDB") != std::string_view::npos;
    if (mariadb_ && text.starts_with("5.5.5-")) text.remove_prefix(6);
    int parts[3] = {0, 0, 0};
    for (int& part : parts) {
      const auto read = std::from_chars(text.data(), text.data() + text.size(), part);
      text.remove_prefix(static_cast<size_t>(read.ptr - text.data()));
      if (text.starts_with('.')) text.remove_prefix(1);
    }
    version_ = parts[0] * 10000 + parts[1] * 100 + parts[2];
  }

  bool mariadb() const override { return mariadb_; }
  int version() const override { return version_; }
  const std::string& version_text() const override { return version_text_; }
  uint64_t thread_id() const override { return mysql_thread_id(handle_.get()); }
  void* native() override { return handle_.get(); }

  Result<TextResult> Query(const std::string& sql) override {
    if (mysql_real_query(handle_.get(), sql.data(), sql.size()) != 0) return LastError("`" + Excerpt(sql, 200) + "`");
    const std::unique_ptr<MYSQL_RES, FreeResult> result(mysql_store_result(handle_.get()));
    TextResult out;
    if (result == nullptr) {
      if (mysql_field_count(handle_.get()) != 0) return LastError("`" + sql.substr(0, 200) + "`");
      return out;
    }
    const unsigned count = mysql_num_fields(result.get());
    for (unsigned i = 0; i < count; ++i) out.columns.emplace_back(mysql_fetch_field_direct(result.get(), i)->name);
    while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
      const unsigned long* sizes = mysql_fetch_lengths(result.get());
      TextRow& values = out.rows.emplace_back(count);
      for (unsigned i = 0; i < count; ++i) {
        if (row[i] != nullptr) values[i] = std::string(row[i], sizes[i]);
      }
    }
    return out;
  }

  Status Execute(const std::string& sql) override {
    auto result = Query(sql);
    if (!result.ok()) return std::move(result).error();
    return OkStatus();
  }

  Status SendCommand(uint8_t command, std::string_view payload) override {
    ended_ = false;
    if (handle_->methods->db_command(handle_.get(), static_cast<enum_server_command>(command), payload.data(),
                                     payload.size(), 1, nullptr) != 0) {
      return LastError("starting the dump");
    }
    return OkStatus();
  }

  Result<std::optional<std::string_view>> ReadPacket(int timeout_ms) override {
    if (!HasPending()) {
      pollfd socket{mysql_get_socket(handle_.get()), POLLIN, 0};
      const int ready = poll(&socket, 1, timeout_ms);
      if (interrupted_) return Error(ErrorCode::kSourceLost, "interrupted");
      if (ready <= 0) return std::optional<std::string_view>();
    }
    const auto size = static_cast<uint32_t>(mysql_net_read_packet(handle_.get()));
    if (size == kPacketError) return LastError("reading the log");
    const auto* packet = reinterpret_cast<const char*>(handle_->net.read_pos);
    const auto status = static_cast<uint8_t>(packet[0]);
    if (status == 0xFE && size < 9) {
      ended_ = true;
      return std::optional<std::string_view>();
    }
    if (size == 0 || status != 0) {
      return Error(ErrorCode::kCorruptInput,
                   "the server sent a packet that is no log event (first byte " + std::to_string(status) + ")");
    }
    return std::optional<std::string_view>(std::string_view(packet + 1, size - 1));
  }

  bool ended() const override { return ended_; }

  bool HasPending() override {
    const MARIADB_PVIO* io = handle_->net.pvio;
    if (io == nullptr) return true;
    if (io->cache != nullptr && io->cache_pos < io->cache + io->cache_size) return true;
    if (io->ctls != nullptr && SSL_pending(static_cast<const SSL*>(io->ctls->ssl)) > 0) return true;
    pollfd socket{mysql_get_socket(handle_.get()), POLLIN, 0};
    return poll(&socket, 1, 0) > 0;
  }

  void Interrupt() override {
    interrupted_ = true;
    shutdown(mysql_get_socket(handle_.get()), SHUT_RDWR);
  }

 private:
  Error LastError(std::string_view doing) {
    return ServerError(mysql_errno(handle_.get()), mysql_error(handle_.get()), doing);
  }

  Handle handle_;
  std::string version_text_;
  bool mariadb_ = false;
  int version_ = 0;
  bool ended_ = false;
  std::atomic<bool> interrupted_{false};
};

}  // namespace

std::optional<std::string> TextResult::First(std::string_view column) const {
  if (rows.empty()) return std::nullopt;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].size() == column.size() && strncasecmp(columns[i].data(), column.data(), column.size()) == 0)
      return rows[0][i];
  }
  return std::nullopt;
}

Result<std::unique_ptr<Connection>> Connection::Open(const ConnectOptions& options) {
  static std::once_flag library_ready;
  std::call_once(library_ready, [] { mysql_library_init(0, nullptr, nullptr); });
  const std::optional<Address> address = ReadAddress(options.address);
  if (!address) {
    return Error(ErrorCode::kConfig,
                 "`" + options.address + "` is no address; write host, host:port, [v6]:port or a socket path");
  }
  if (options.tls != Tls::kOff) RETURN_IF_ERROR(CheckTlsFiles(options));
  Handle handle(mysql_init(nullptr));
  if (handle == nullptr) return Error(ErrorCode::kResource, "out of memory for a connection");
  SetOptions(options, handle.get());
  // The library reads `localhost` as "by socket" unless it is told otherwise.
  const unsigned protocol = address->socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
  mysql_options(handle.get(), MYSQL_OPT_PROTOCOL, &protocol);
  const char* socket = address->socket.empty() ? nullptr : address->socket.c_str();
  const unsigned port = address->port == 0 ? kDefaultPort : address->port;
  if (mysql_real_connect(handle.get(), address->host.empty() ? nullptr : address->host.c_str(), options.user.c_str(),
                         options.password.c_str(), nullptr, port, socket, 0) == nullptr) {
    const unsigned code = mysql_errno(handle.get());
    const Error refused =
        ServerError(code, mysql_error(handle.get()), "connecting to " + options.address + " as `" + options.user + "`");
    // Servers say no more than that, whatever the reason.
    const bool perhaps_tls = code == kAccessDenied && options.tls == Tls::kOff;
    return Error(refused.code(),
                 refused.message() + (perhaps_tls ? "; the password is wrong, or `tls` is required" : ""));
  }
  RETURN_IF_ERROR(CheckTls(options, handle.get()));
  AllowSilence(options, handle.get());
  return std::unique_ptr<Connection>(std::make_unique<LibraryConnection>(std::move(handle)));
}

}  // namespace cdc::mysql
