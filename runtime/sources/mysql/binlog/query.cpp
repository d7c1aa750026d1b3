#include "runtime/sources/mysql/binlog/query.h"

#include "runtime/sources/mysql/binlog/bytes.h"

namespace cdc::binlog {
namespace {

// Status variables that matter here; the others only need their length.
enum StatusCode : uint8_t { kSqlMode = 1, kCharset = 4 };

bool SkipStatus(uint8_t code, ByteReader* in) {
  switch (code) {
    case 0:
    case 3:
    case 10:
      in->Skip(4);
      return true;
    case 2:
      in->Skip(in->Byte() + size_t{1});
      return true;
    case 5:
    case 6:
      in->Skip(in->Byte());
      return true;
    case 7:
    case 8:
    case 18:
      in->Skip(2);
      return true;
    case 9:
    case 17:
    case 129:
      in->Skip(8);
      return true;
    case 11:
      in->Skip(in->Byte());
      in->Skip(in->Byte());
      return true;
    case 13:
    case 128:
      in->Skip(3);
      return true;
    case 14:
      return true;
    case 15:
      in->Skip(16);
      return true;
    case 16:
    case 19:
    case 20:
    case 21:
      in->Skip(1);
      return true;
    case 130:
      if ((in->Byte() & 0x0C) != 0) in->Skip(8);
      return true;
    case 131:
      in->Skip(in->Byte() * size_t{4});
      return true;
    case 12: {
      const uint8_t names = in->Byte();
      constexpr uint8_t kTooMany = 254;
      for (int i = 0; names != kTooMany && i < names && in->ok(); ++i) {
        while (in->left() > 0 && in->Byte() != 0) {
        }
      }
      return true;
    }
    default:
      return false;
  }
}

void ReadStatus(ByteReader in, Query* query) {
  while (in.ok() && in.left() > 0) {
    const uint8_t code = in.Byte();
    if (code == kSqlMode) {
      query->sql_mode = in.Le(8);
    } else if (code == kCharset) {
      query->client_collation = static_cast<uint32_t>(in.Le(2));
      query->connection_collation = static_cast<uint32_t>(in.Le(2));
      query->server_collation = static_cast<uint32_t>(in.Le(2));
    } else if (!SkipStatus(code, &in)) {
      return;
    }
  }
}

}  // namespace

Result<Query> ParseQuery(std::string_view body) {
  ByteReader in(body);
  Query query;
  query.thread_id = static_cast<uint32_t>(in.Le(4));
  in.Skip(4);
  const uint8_t database_size = in.Byte();
  query.error_code = static_cast<uint16_t>(in.Le(2));
  const uint64_t status_size = in.Le(2);
  const std::string_view status = in.Bytes(status_size);
  query.database = in.Bytes(database_size);
  in.Skip(1);
  query.text = in.Rest();
  if (!in.ok()) return Error(ErrorCode::kCorruptInput, "a QUERY event is shorter than it says");
  ReadStatus(ByteReader(status), &query);
  return query;
}

}  // namespace cdc::binlog
