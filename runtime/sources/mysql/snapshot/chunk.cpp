#include "runtime/sources/mysql/snapshot/chunk.h"

#include <cstdlib>
#include <utility>

#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "runtime/sources/mysql/client/row_stream.h"
#include "runtime/sources/mysql/snapshot/column_select.h"

namespace cdc::sources {
namespace {

// `a>=? AND (a>? OR (a=? AND b>?))`: unlike `(a,b) > (?,?)` it begins at the bound in the index.
std::string BehindBound(const std::vector<std::string>& order, const std::vector<std::string>& bound, size_t from) {
  const std::string& column = order[from];
  const std::string& value = bound[from];
  if (from + 1 == order.size()) return column + " > " + value;
  return column + " >= " + value + " AND (" + column + " > " + value + " OR (" + BehindBound(order, bound, from + 1) +
         "))";
}

// What is selected: the used columns and the key columns, each once.
std::vector<int> SelectedColumns(const ChunkRequest& request) {
  std::vector<bool> wanted = request.table->used;
  wanted.resize(request.table->schema.columns.size(), wanted.empty());
  for (const int key : request.key) wanted[key] = true;
  std::vector<int> selected;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) selected.push_back(static_cast<int>(i));
  }
  return selected;
}

Result<std::string> One(mysql::Connection* sql, const std::string& query, std::string_view column) {
  ASSIGN_OR_RETURN(const mysql::TextResult result, sql->Query(query));
  return result.First(column).value_or("");
}

// Behind the last transaction a log may hold events of its own (checkpoints), so the stream can be at a place that no
// read view reaches until something is committed; what counts is that no transaction lies between.
Result<bool> SameTransactions(mysql::Connection* sql, const LogPlace& low, const Position& stream) {
  if (stream.gtid_set.empty()) return false;
  ASSIGN_OR_RETURN(
      const std::string text,
      One(sql, "SELECT BINLOG_GTID_POS(" + mysql::QuoteText(low.file) + ", " + std::to_string(low.offset) + ") AS pos",
          "pos"));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState seen, binlog::MariaDbGtidState::Parse(text));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState known, binlog::MariaDbGtidState::Parse(stream.gtid_set));
  return seen == known;
}

// Read view and position as one: low and high are the same place.
Result<bool> TakeMariaDbLow(mysql::Connection* sql, const Position& remembered_from, Chunk* chunk) {
  RETURN_IF_ERROR(sql->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
  ASSIGN_OR_RETURN(const mysql::TextResult status, sql->Query("SHOW STATUS LIKE 'binlog_snapshot_%'"));
  for (const mysql::TextRow& row : status.rows) {
    const std::string name = row.at(0).value_or(""), value = row.at(1).value_or("");
    if (name == "Binlog_snapshot_file") chunk->low.file = value;
    if (name == "Binlog_snapshot_position") chunk->low.offset = std::strtoull(value.c_str(), nullptr, 10);
  }
  chunk->high = chunk->low;
  if (chunk->low.file.empty()) return Error(ErrorCode::kConfig, "the server tells no binlog_snapshot_position");
  if (AtOrBehind(chunk->low.file, chunk->low.offset, remembered_from.file, remembered_from.offset)) return true;
  return SameTransactions(sql, chunk->low, remembered_from);
}

// The low mark. True: it contains `remembered_from`.
Result<bool> TakeLow(mysql::Connection* sql, const mysql::ServerFacts& facts, const Position& remembered_from,
                     Chunk* chunk) {
  if (facts.mariadb) return TakeMariaDbLow(sql, remembered_from, chunk);
  // Updated after the engine's commit, so everything in it is visible; the log's position is not (ENGINE §5).
  ASSIGN_OR_RETURN(const std::string executed, One(sql, "SELECT @@GLOBAL.gtid_executed AS executed", "executed"));
  ASSIGN_OR_RETURN(chunk->low_gtids, binlog::GtidSet::Parse(executed));
  ASSIGN_OR_RETURN(const binlog::GtidSet remembered, binlog::GtidSet::Parse(remembered_from.gtid_set));
  if (!chunk->low_gtids.Contains(remembered)) return false;
  RETURN_IF_ERROR(sql->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
  return true;
}

Status ReadRows(mysql::Connection* sql, const ChunkRequest& request, Chunk* chunk) {
  const std::vector<int> selected = SelectedColumns(request);
  const auto& columns = request.table->schema.columns;
  std::vector<mysql::FieldKind> fields;
  for (const int column : selected) {
    ASSIGN_OR_RETURN(const ColumnSelect select, SelectOf(columns[column]));
    fields.push_back(select.field);
  }
  ASSIGN_OR_RETURN(const std::string text, ChunkSql(request));
  ASSIGN_OR_RETURN(auto rows, mysql::RowStream::Open(sql, text, fields));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, rows->Next());
    if (!more) break;
    if (chunk->arena.bytes_reserved() >= request.bytes_max && !chunk->rows.empty()) {
      // The last key becomes the bound. What is left of the answer may be long: nobody waits for it.
      chunk->cut = true;
      sql->Interrupt();
      break;
    }
    Value* values = chunk->arena.AllocateArray<Value>(columns.size());
    for (size_t i = 0; i < columns.size(); ++i) values[i] = Value::Absent();
    chunk->last_key.clear();
    for (size_t i = 0; i < selected.size(); ++i) {
      ASSIGN_OR_RETURN(values[selected[i]], ValueOf(columns[selected[i]], *rows, i, &chunk->arena));
    }
    for (const int key : request.key) {
      for (size_t i = 0; i < selected.size(); ++i) {
        if (selected[i] == key) chunk->last_key.push_back(BoundOf(columns[key], *rows, i));
      }
    }
    chunk->rows.push_back(values);
  }
  chunk->last = !chunk->cut && chunk->rows.size() < request.rows_max;
  return OkStatus();
}

}  // namespace

Status SetUpReader(mysql::Connection* sql) {
  // Bounds may be dates that no calendar has; a long read is no reason to end it.
  RETURN_IF_ERROR(
      sql->Execute("SET SESSION sql_mode='NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES', SESSION time_zone='+00:00', "
                   "SESSION sql_select_limit=DEFAULT, SESSION net_write_timeout=600"));
  RETURN_IF_ERROR(
      sql->Execute(sql->mariadb() ? "SET SESSION max_statement_time=0" : "SET SESSION max_execution_time=0"));
  RETURN_IF_ERROR(sql->Execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
  return sql->Execute("SET character_set_results=NULL");
}

Result<std::string> ChunkSql(const ChunkRequest& request) {
  const auto& columns = request.table->schema.columns;
  std::string text = "SELECT ";
  bool first = true;
  for (const int column : SelectedColumns(request)) {
    ASSIGN_OR_RETURN(const ColumnSelect select, SelectOf(columns[column]));
    text += (first ? "" : ", ") + select.sql;
    first = false;
  }
  text += " FROM " + mysql::QuoteName(request.table->database) + "." + mysql::QuoteName(request.table->table);
  std::vector<std::string> order;
  for (const int key : request.key) order.push_back(OrderOf(columns[key]));
  if (!request.after.empty()) text += " WHERE " + BehindBound(order, request.after, 0);
  text += " ORDER BY ";
  for (size_t i = 0; i < order.size(); ++i) text += (i == 0 ? "" : ", ") + order[i];
  return text + " LIMIT " + std::to_string(request.rows_max);
}

Result<ChunkRead> ReadChunk(mysql::Connection* sql, const mysql::ServerFacts& facts, const ChunkRequest& request) {
  ChunkRead read;
  auto chunk = std::make_shared<Chunk>();
  chunk->table = request.table;
  ASSIGN_OR_RETURN(const bool contained, TakeLow(sql, facts, request.remembered_from, chunk.get()));
  if (!contained) {
    RETURN_IF_ERROR(sql->Execute("COMMIT"));
    return read;
  }
  ASSIGN_OR_RETURN(const std::string now,
                   One(sql, "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED) AS now", "now"));
  chunk->read_at_us = std::atoll(now.c_str());
  Status rows = ReadRows(sql, request, chunk.get());
  if (rows.ok()) {
    read.chunk = std::move(chunk);
    return read;
  }
  // A column of another type may send what cannot be read as the old one.
  const ErrorCode code = rows.error().code();
  if (code != ErrorCode::kConfig && code != ErrorCode::kCorruptInput) return std::move(rows).error();
  RETURN_IF_ERROR(sql->Execute("ROLLBACK"));
  ASSIGN_OR_RETURN(const Position end, mysql::CurrentPosition(sql, facts));
  read.refused = std::move(rows).error();
  read.refused_at = {end.file, end.offset};
  return read;
}

Status TakeHigh(mysql::Connection* sql, const mysql::ServerFacts& facts, Chunk* chunk) {
  RETURN_IF_ERROR(sql->Execute("COMMIT"));
  if (facts.mariadb) return OkStatus();
  ASSIGN_OR_RETURN(const Position end, mysql::CurrentPosition(sql, facts));
  chunk->high = {end.file, end.offset};
  return OkStatus();
}

}  // namespace cdc::sources
