#include "runtime/sources/mysql/snapshot/chunk.h"

#include <cstdlib>
#include <utility>

#include "runtime/sources/mysql/client/row_stream.h"
#include "runtime/sources/mysql/snapshot/column_select.h"

namespace cdc::sources {
namespace {

// `a>=? AND (a>? OR (a=? AND b>?))`: unlike `(a,b) > (?,?)` it begins at the bound in the index.
std::string BehindBound(const std::vector<std::string>& order, const std::vector<std::string>& bound, size_t from) {
  const std::string& column = order[from];
  const std::string& value = bound[from];
  if (from + 1 == order.size()) return column + " > " + value;
  return column + " >= " + value + " AND (" + column + " > " + value + " OR (" + BehindBound(order, bound, from + 1) + "))";
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

// The low mark. True: it contains `remembered_from`.
Result<bool> TakeLow(mysql::Connection* sql, const mysql::ServerFacts& facts, const Position& remembered_from, Chunk* chunk) {
  if (facts.mariadb) {
    // Read view and position as one: low and high are the same place.
    RETURN_IF_ERROR(sql->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
    ASSIGN_OR_RETURN(const mysql::TextResult status, sql->Query("SHOW STATUS LIKE 'binlog_snapshot_%'"));
    for (const mysql::TextRow& row : status.rows) {
      const std::string name = row.at(0).value_or(""), value = row.at(1).value_or("");
      if (name == "Binlog_snapshot_file") chunk->low.file = value;
      if (name == "Binlog_snapshot_position") chunk->low.offset = std::strtoull(value.c_str(), nullptr, 10);
    }
    chunk->high = chunk->low;
    if (chunk->low.file.empty()) return Error(ErrorCode::kConfig, "the server tells no binlog_snapshot_position");
    return AtOrBehind(chunk->low.file, chunk->low.offset, remembered_from.file, remembered_from.offset);
  }
  // Updated after the engine's commit, so everything in it is visible; the log's position is not (ENGINE §5).
  ASSIGN_OR_RETURN(const std::string executed, One(sql, "SELECT @@GLOBAL.gtid_executed AS executed", "executed"));
  ASSIGN_OR_RETURN(chunk->low_gtids, binlog::GtidSet::Parse(executed));
  ASSIGN_OR_RETURN(const binlog::GtidSet remembered, binlog::GtidSet::Parse(remembered_from.gtid_set));
  if (!chunk->low_gtids.Contains(remembered)) return false;
  RETURN_IF_ERROR(sql->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
  return true;
}

Status TakeHigh(mysql::Connection* sql, const mysql::ServerFacts& facts, Chunk* chunk) {
  RETURN_IF_ERROR(sql->Execute("COMMIT"));
  if (facts.mariadb) return OkStatus();
  ASSIGN_OR_RETURN(const Position end, mysql::CurrentPosition(sql, facts));
  chunk->high = {end.file, end.offset};
  return OkStatus();
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
  bool full = false;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, rows->Next());
    if (!more) break;
    // The rest of an answer that outgrows its memory is read away: the last key becomes the bound.
    if (full) continue;
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
    full = chunk->arena.bytes_reserved() >= request.bytes_max;
  }
  chunk->last = !full && chunk->rows.size() < request.rows_max;
  return OkStatus();
}

}  // namespace

Status SetUpReader(mysql::Connection* sql) {
  RETURN_IF_ERROR(sql->Execute("SET SESSION sql_mode='NO_ENGINE_SUBSTITUTION', SESSION time_zone='+00:00'"));
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

Result<std::shared_ptr<Chunk>> ReadChunk(mysql::Connection* sql, const mysql::ServerFacts& facts, const ChunkRequest& request) {
  auto chunk = std::make_shared<Chunk>();
  chunk->table = request.table;
  ASSIGN_OR_RETURN(const bool contained, TakeLow(sql, facts, request.remembered_from, chunk.get()));
  if (!contained) {
    RETURN_IF_ERROR(sql->Execute("COMMIT"));
    return std::shared_ptr<Chunk>();
  }
  ASSIGN_OR_RETURN(const std::string now, One(sql, "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED) AS now", "now"));
  chunk->read_at_us = std::atoll(now.c_str());
  RETURN_IF_ERROR(ReadRows(sql, request, chunk.get()));
  RETURN_IF_ERROR(TakeHigh(sql, facts, chunk.get()));
  return chunk;
}

}  // namespace cdc::sources
