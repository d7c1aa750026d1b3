#pragma once

// A connection to a MySQL or MariaDB server: handshake, TLS and SQL through the client library, the dump by our own
// packets. No message of it contains a password.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::mysql {

enum class Tls { kOff, kTrustAny, kVerifyCa, kVerifyIdentity };

struct ConnectOptions {
  std::string address;  // host[:3306], [v6]:port, or a socket path
  std::string user;
  std::string password;
  Tls tls = Tls::kOff;
  std::string tls_ca;  // PEM files; empty: the system's store, none, none
  std::string tls_certificate;
  std::string tls_private_key;
  std::string tls_private_key_password;
  std::string tls_server_name;  // what the certificate must be made out to; empty: the address
  bool tls_1_3_only = false;
  int64_t connect_timeout_ms = 10'000;
  int64_t silence_max_ms = 30'000;  // a read that gets nothing for so long means the connection is lost
};

// Rows of a statement in text form; nothing for NULL.
using TextRow = std::vector<std::optional<std::string>>;
struct TextResult {
  std::vector<std::string> columns;
  std::vector<TextRow> rows;
  // The value of the named column (any case) in the first row; nothing without row, column or value.
  std::optional<std::string> First(std::string_view column) const;
};

class Connection {
 public:
  // Connects and logs in. With TLS asked for, never in the clear.
  // Errors: kSourceLost, kCredentials, kConfig (TLS files, address).
  static Result<std::unique_ptr<Connection>> Open(const ConnectOptions& options);
  virtual ~Connection() = default;

  virtual bool mariadb() const = 0;
  virtual int version() const = 0;  // 90704, 101119
  virtual const std::string& version_text() const = 0;
  virtual uint64_t thread_id() const = 0;

  // Errors: kSourceLost, kCredentials (rights), kConfig and kPositionLost by the server's code, with its words.
  virtual Result<TextResult> Query(const std::string& sql) = 0;
  virtual Status Execute(const std::string& sql) = 0;

  // The library's own handle (MYSQL*), for prepared statements (statement.h).
  virtual void* native() = 0;

  // Sends a command of the replication protocol and expects a stream of packets.
  virtual Status SendCommand(uint8_t command, std::string_view payload) = 0;
  // The next packet of the stream, without its status byte. Nothing: none came within `timeout_ms`, or the stream ended
  // (`ended`). Lifetime: until the next call.
  // Errors: as Query; a dump refused or ended by the server with its own words.
  virtual Result<std::optional<std::string_view>> ReadPacket(int timeout_ms) = 0;
  virtual bool ended() const = 0;
  // Whether ReadPacket(0) would return a packet, as far as known without reading.
  virtual bool HasPending() = 0;

  // Makes a blocked call fail soon. Threads: any, while the connection lives.
  virtual void Interrupt() = 0;
};

// "`a``b`": a name for SQL text. "'it''s'": a text, for sessions without NO_BACKSLASH_ESCAPES.
std::string QuoteName(std::string_view name);
std::string QuoteText(std::string_view text);

// An error of the server or the client library as ours. `doing` goes in front.
Error ServerError(unsigned code, std::string_view text, std::string_view doing);
// Whether ServerError() made it of ER_TABLE_DEF_CHANGED: the read view is older than the table as it is now.
bool IsTableRebuilt(const Error& error);

}  // namespace cdc::mysql
