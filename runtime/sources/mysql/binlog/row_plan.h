#pragma once

// How row images of one table map become values: one small instruction per column, chosen once per table version.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/binlog/charset.h"
#include "runtime/sources/mysql/binlog/table_map.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/out_buffer.h"
#include "stdlib/core/result.h"
#include "stdlib/core/value.h"

namespace cdc::binlog {

enum class ReadCode : uint8_t {
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt24,
  kUint24,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kFloat,
  kDouble,
  kDecimal,
  kBit,
  kYear,
  kLittleUint,  // kLittleUint: ENUM, SET
  kDate,
  kTime2,
  kDatetime2,
  kTimestamp2,
  kOldTime,
  kOldDatetime,
  kOldTimestamp,
  kText,
  kConvertedText,
  kBytes,
  kPaddedBytes,
  kJson,
  kUuid,
  kInet6,
  kInet4,
  kCompressedText,
  kCompressedBytes,
  kSkip,  // not asked for
};

struct ColumnRead {
  ReadCode code = ReadCode::kSkip;
  uint8_t length_bytes = 0;  // 0: `width` bytes, else a length of so many bytes stands in front
  uint16_t width = 0;
  uint8_t precision = 0;
  uint8_t scale = 0;  // DECIMAL; temporal: fraction bytes (v2) or digits (old)
  Charset charset = Charset::kBinary;
  uint16_t pad = 0;     // kPaddedBytes
  bool json = false;    // counts in a partial bitmap
  int32_t target = -1;  // position in the schema; -1: hidden column
};

struct RowPlan {
  std::vector<ColumnRead> columns;  // in wire order
  size_t values = 0;                // columns of the schema
  size_t json_columns = 0;
};

// Columns that the log has beyond the schema (MariaDB's DB_ROW_HASH_n) are read past.
// Requires: Difference(map, table.schema, mariadb) is empty.
// Errors: kConfig, a used column whose charset cannot be read; kCorruptInput, its type cannot.
Result<RowPlan> MakeRowPlan(const TableMap& map, const TableVersion& table, bool mariadb);

// Reads one image after another of one rows event. Values point into the event's bytes or into `arena`.
class ImageReader {
 public:
  // `rows` begins with the first image. Lifetime: all arguments outlive the reader.
  ImageReader(const RowPlan* plan, std::string_view rows)
      : plan_(plan), begin_(reinterpret_cast<const uint8_t*>(rows.data())), at_(begin_), end_(begin_ + rows.size()) {}

  bool done() const { return at_ == end_; }
  size_t offset() const { return static_cast<size_t>(at_ - begin_); }
  void GoTo(size_t offset) { at_ = begin_ + offset; }

  // Reads a full image into plan->values values. False: broken; see problem().
  bool Read(Value* out, Arena* arena);
  // Reads the after image of a PARTIAL_UPDATE_ROWS event; `before` is the row's before image.
  bool ReadPartial(const Value* before, Value* out, Arena* arena);
  bool Skip();
  bool SkipPartial();

  // What was wrong, in words, with the column's number from 1.
  std::string problem() const;

 private:
  bool ReadColumn(const ColumnRead& column, Value* out, Arena* arena);
  bool ReadConverted(const ColumnRead& column, std::string_view bytes, Value* out, Arena* arena);
  bool ReadDiffs(const ColumnRead& column, const Value* before, Value* out, Arena* arena);
  bool Length(const ColumnRead& column, size_t* length);
  bool ReadPartialHeader(const uint8_t** partial_bits);
  bool Nulls(const uint8_t** bits);
  bool Fail(const char* what);

  const RowPlan* plan_;
  const uint8_t* begin_;
  const uint8_t* at_;
  const uint8_t* end_;
  size_t column_ = 0;
  std::string problem_;
  OutBuffer scratch_;
};

}  // namespace cdc::binlog
