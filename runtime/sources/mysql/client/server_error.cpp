// Which reaction an error of the server asks for (by code first, then by its words: they vary by version).

#include <algorithm>
#include <cctype>
#include <string>

#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/names.h"
#include "stdlib/core/quoted_name.h"

namespace cdc::mysql {
namespace {

bool Has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

// Another reader came with our server_id. It may be our successor in this pipe, which only the sink knows; so the pipe
// is opened again, and three times at most.
constexpr ErrorCode kAnotherReader = ErrorCode::kCredentials;

constexpr unsigned kTlsRequired = 3159;
constexpr unsigned kTableRebuilt = 1412;  // altered or rebuilt behind a read view

// ER_MASTER_FATAL_ERROR_READING_BINLOG says everything in its text.
ErrorCode DumpErrorCode(const std::string& text) {
  if (Has(text, "could not find first log file") || Has(text, "purged") || Has(text, "could not find gtid state") ||
      Has(text, "impossible position") || Has(text, "position > file size") || Has(text, "position < 4") ||
      Has(text, "more gtids than") || Has(text, "not in the master's binlog") || Has(text, "missing the gtid") ||
      Has(text, "anonymous transaction")) {
    return ErrorCode::kPositionLost;
  }
  if (Has(text, "same server")) return kAnotherReader;
  if (Has(text, "max_allowed_packet") || Has(text, "checksum")) return ErrorCode::kConfig;
  if (Has(text, "truncated in the middle") || Has(text, "bogus data") || Has(text, "did not pass crc")) {
    return ErrorCode::kCorruptInput;
  }
  return ErrorCode::kSourceLost;
}

ErrorCode CodeOf(unsigned code, const std::string& text) {
  switch (code) {
    case 1045:  // access denied
    case 1698:
    case 3118:  // account locked
    case 1862:  // password expired
    case 1130:  // this host may not connect
    case 1129:  // this host is blocked after many errors
      return ErrorCode::kCredentials;
    case 1044:
    case 1142:
    case 1143:
    case 1227:
    case 1370:  // rights
    case 1064:
    case 1049:
    case 1054:
    case 1146:
    case 1193:
    case 1231:
    case 1232:
    case kTableRebuilt:
    case kTlsRequired:
    case 1251:  // the account's authentication is none of the client's
    case 2061:  // its password goes out over TLS only
    case 2059:  // authentication plug-in cannot be loaded
      return ErrorCode::kConfig;
    case 4052:  // another reader has the same server_id (MariaDB)
      return kAnotherReader;
    case 1220:  // SHOW BINLOG EVENTS: no such file or place
      return ErrorCode::kPositionLost;
    case 1236:
      return DumpErrorCode(text);
    case 2026:  // TLS: a certificate that is not accepted will not be on the next try
      return Has(text, "certificate") || Has(text, "verif") ? ErrorCode::kCredentials : ErrorCode::kSourceLost;
    default:
      return ErrorCode::kSourceLost;
  }
}

const char* Advice(ErrorCode code, unsigned number, const std::string& text) {
  if (code == ErrorCode::kPositionLost) return "; choose a new start with --reset-position --start …";
  if (number == 1236 && (Has(text, "same server"))) return "; give the source another `server_id`";
  if (number == kTlsRequired || number == 2061) return "; give the source `tls { ca = '…'; }`";
  if (number == 4052) return "; give the source another `server_id`";
  if (number == 1236 && Has(text, "max_allowed_packet")) return "; raise max_allowed_packet on the server";
  if (number == 2026 && code == ErrorCode::kCredentials) {
    return "; see the source's `tls`: `ca` must have signed the server's certificate, and `verify_identity` wants the "
           "name of "
           "`address` in it";
  }
  if (number == 1227 || number == 1142 || number == 1044) {
    return "; grant SELECT, REPLICATION SLAVE, REPLICATION CLIENT";
  }
  return "";
}

}  // namespace

Error ServerError(unsigned code, std::string_view text, std::string_view doing) {
  const std::string lower = LowerAscii(text);
  const ErrorCode kind = CodeOf(code, lower);
  return Error(
      kind,
      std::string(doing) + ": " + std::string(text) + " (" + std::to_string(code) + ")" + Advice(kind, code, lower),
      static_cast<int>(code));
}

bool IsTableRebuilt(const Error& error) { return error.number() == static_cast<int>(kTableRebuilt); }

std::string QuoteName(std::string_view name) { return InBackquotes(name); }

std::string QuoteText(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    if (c == '\0') {
      quoted += "\\0";
      continue;
    }
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace cdc::mysql
