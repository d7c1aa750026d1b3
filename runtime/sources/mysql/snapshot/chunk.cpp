#include "runtime/sources/mysql/snapshot/chunk.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "runtime/sources/mysql/client/row_stream.h"
#include "runtime/sources/mysql/snapshot/column_select.h"

namespace cdc::sources {
namespace {

constexpr uint64_t kFirstEventOffset = 4;

// `a>=? AND (a>? OR (a=? AND b>?))`: unlike `(a,b) > (?,?)` it begins at the bound in the index.
std::string BehindBound(const std::vector<std::string>& order, const std::vector<std::string>& bound, size_t from) {
  const std::string& column = order[from];
  const std::string& value = bound[from];
  if (from + 1 == order.size()) return column + " > " + value;
  return column + " >= " + value + " AND (" + column + " > " + value + " OR (" + BehindBound(order, bound, from + 1) +
         "))";
}

std::string UpToBound(const std::vector<std::string>& order, const std::vector<std::string>& bound, size_t from) {
  const std::string& column = order[from];
  const std::string& value = bound[from];
  if (from + 1 == order.size()) return column + " <= " + value;
  return column + " <= " + value + " AND (" + column + " < " + value + " OR (" + UpToBound(order, bound, from + 1) +
         "))";
}

// " FROM … WHERE … ORDER BY …" of a request.
std::string FromSql(const ChunkRequest& request) {
  std::vector<std::string> order;
  for (const int key : request.key) order.push_back(OrderOf(request.table->schema.columns[key]));
  std::string text =
      " FROM " + mysql::QuoteName(request.table->database) + "." + mysql::QuoteName(request.table->table);
  if (!request.after.empty()) text += " WHERE " + BehindBound(order, request.after, 0);
  if (!request.upto.empty()) text += (request.after.empty() ? " WHERE " : " AND ") + UpToBound(order, request.upto, 0);
  text += " ORDER BY ";
  for (size_t i = 0; i < order.size(); ++i) text += (i == 0 ? "" : ", ") + order[i];
  return text;
}

// "SELECT a, b" of columns.
Result<std::string> SelectSql(const ChunkRequest& request, const std::vector<int>& selected) {
  std::string text;
  for (const int column : selected) {
    ASSIGN_OR_RETURN(const ColumnSelect select, SelectOf(request.table->schema.columns[column]));
    text += (text.empty() ? "SELECT " : ", ") + select.sql;
  }
  return text;
}

Result<std::vector<mysql::FieldKind>> FieldsOf(const ChunkRequest& request, const std::vector<int>& selected) {
  std::vector<mysql::FieldKind> fields;
  for (const int column : selected) {
    ASSIGN_OR_RETURN(const ColumnSelect select, SelectOf(request.table->schema.columns[column]));
    fields.push_back(select.field);
  }
  return fields;
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

Result<binlog::MariaDbGtidState> GtidsAt(mysql::Connection* sql, const LogPlace& place) {
  ASSIGN_OR_RETURN(const std::string text, One(sql,
                                               "SELECT BINLOG_GTID_POS(" + mysql::QuoteText(place.file) + ", " +
                                                   std::to_string(place.offset) + ") AS pos",
                                               "pos"));
  return binlog::MariaDbGtidState::Parse(text);
}

// Whether every transaction that the stream has passed lies before the low mark.
Result<bool> ContainsStream(mysql::Connection* sql, const LogPlace& low, const Position& stream) {
  // A stream that was begun by GTID stands at the head of a file until its first transaction comes.
  const bool placed = stream.offset > kFirstEventOffset || stream.gtid_set.empty();
  if (placed && AtOrBehind(low.file, low.offset, stream.file, stream.offset)) return true;
  if (stream.gtid_set.empty()) return false;
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState seen, GtidsAt(sql, low));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState known, binlog::MariaDbGtidState::Parse(stream.gtid_set));
  // Behind the last transaction a log may hold events of its own (checkpoints), so the stream can be at a place that no
  // read view reaches until something is committed; what counts is that no transaction lies between.
  if (placed) return seen == known;
  return std::all_of(known.domains().begin(), known.domains().end(),
                     [&](const auto& domain) { return seen.Reached(domain.second); });
}

Result<LogPlace> MariaDbLogEnd(mysql::Connection* sql) {
  ASSIGN_OR_RETURN(const mysql::TextResult status, sql->Query("SHOW MASTER STATUS"));
  return LogPlace{status.First("File").value_or(""),
                  std::strtoull(status.First("Position").value_or("").c_str(), nullptr, 10)};
}

// The server tells a session the place of its own read view (binlog_snapshot_position) by way of variables that all
// sessions share: at the moment of another one's SHOW STATUS it tells the place of that one (seen on 10.11). So
// nobody's own place is asked for. Whatever is told is committed by then, so it is in a read view that is opened later;
// and the end of the log lies behind all that the view shows.
Result<bool> TakeMariaDbLow(mysql::Connection* sql, const Position& remembered_from, LowMark* low, LogPlace* high) {
  ASSIGN_OR_RETURN(const LogPlace before, MariaDbLogEnd(sql));
  ASSIGN_OR_RETURN(const mysql::TextResult status, sql->Query("SHOW STATUS LIKE 'binlog_snapshot_%'"));
  for (const mysql::TextRow& row : status.rows) {
    const std::string name = row.at(0).value_or(""), value = row.at(1).value_or("");
    if (name == "Binlog_snapshot_file") low->place.file = value;
    if (name == "Binlog_snapshot_position") low->place.offset = std::strtoull(value.c_str(), nullptr, 10);
  }
  if (low->place.file.empty()) return Error(ErrorCode::kConfig, "the server tells no binlog_snapshot_position");
  RETURN_IF_ERROR(sql->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
  ASSIGN_OR_RETURN(*high, MariaDbLogEnd(sql));
  // File and offset may be of two places, which only a new file makes a difference to.
  const bool one_file = before.file == low->place.file && high->file == low->place.file;
  if (!one_file || low->place.offset > high->offset) return false;
  return ContainsStream(sql, low->place, remembered_from);
}

// The low mark; on MariaDB the high mark too. True: it contains `remembered_from`.
Result<bool> TakeLow(mysql::Connection* sql, const mysql::ServerFacts& facts, const Position& remembered_from,
                     LowMark* low, LogPlace* high) {
  if (facts.mariadb) return TakeMariaDbLow(sql, remembered_from, low, high);
  low->by_gtid = true;
  // Updated after the engine's commit, so everything in it is visible; the log's position is not (ENGINE §5).
  ASSIGN_OR_RETURN(const std::string executed, One(sql, "SELECT @@GLOBAL.gtid_executed AS executed", "executed"));
  ASSIGN_OR_RETURN(low->gtids, binlog::GtidSet::Parse(executed));
  ASSIGN_OR_RETURN(const binlog::GtidSet remembered, binlog::GtidSet::Parse(remembered_from.gtid_set));
  if (!low->gtids.Contains(remembered)) return false;
  RETURN_IF_ERROR(sql->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
  return true;
}

// kConfig if rows of the table are visible before they are logged.
Status CheckEngine(mysql::Connection* sql, const TableVersion& table) {
  ASSIGN_OR_RETURN(const std::string engine,
                   One(sql,
                       "SELECT ENGINE AS engine FROM information_schema.TABLES WHERE TABLE_SCHEMA = " +
                           mysql::QuoteText(table.database) + " AND TABLE_NAME = " + mysql::QuoteText(table.table),
                       "engine"));
  if (engine.empty() || engine == "InnoDB") return OkStatus();
  return Error(ErrorCode::kConfig, "it is stored by " + engine +
                                       ", whose rows are visible before they are logged: it cannot be loaded; convert "
                                       "it to InnoDB, or leave it out");
}

Status ReadRows(mysql::Connection* sql, const ChunkRequest& request, Chunk* chunk) {
  if (request.check_engine) RETURN_IF_ERROR(CheckEngine(sql, *request.table));
  const std::vector<int> selected = SelectedColumns(request);
  const auto& columns = request.table->schema.columns;
  ASSIGN_OR_RETURN(const std::vector<mysql::FieldKind> fields, FieldsOf(request, selected));
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
  chunk->last = request.upto.empty() && !chunk->cut && chunk->rows.size() < request.rows_max;
  return OkStatus();
}

// Makes a refusal of the error, if it is about the table as it is now: a column of another type may send what cannot be
// read as the old one.
Status Refuse(mysql::Connection* sql, const mysql::ServerFacts& facts, Error error, ChunkRead* read) {
  if (error.code() != ErrorCode::kConfig && error.code() != ErrorCode::kCorruptInput) return error;
  RETURN_IF_ERROR(sql->Execute("ROLLBACK"));
  ASSIGN_OR_RETURN(const Position end, mysql::CurrentPosition(sql, facts));
  read->refused = std::move(error);
  read->refused_at = {end.file, end.offset};
  return OkStatus();
}

Result<std::vector<std::string>> ReadBound(mysql::Connection* sql, const ChunkRequest& request) {
  ASSIGN_OR_RETURN(const std::string text, BoundSql(request));
  ASSIGN_OR_RETURN(const std::vector<mysql::FieldKind> fields, FieldsOf(request, request.key));
  ASSIGN_OR_RETURN(auto rows, mysql::RowStream::Open(sql, text, fields));
  std::vector<std::string> bound;
  ASSIGN_OR_RETURN(bool more, rows->Next());
  for (size_t i = 0; more && i < request.key.size(); ++i) {
    bound.push_back(BoundOf(request.table->schema.columns[request.key[i]], *rows, i));
  }
  // The answer is read to its end, or the session could take no other statement.
  while (more) {
    ASSIGN_OR_RETURN(more, rows->Next());
  }
  return bound;
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
  ASSIGN_OR_RETURN(std::string text, SelectSql(request, SelectedColumns(request)));
  text += FromSql(request);
  // Rows that came in since the bound was found belong to the chunk.
  return request.upto.empty() ? text + " LIMIT " + std::to_string(request.rows_max) : text;
}

Result<std::string> BoundSql(const ChunkRequest& request) {
  ASSIGN_OR_RETURN(const std::string text, SelectSql(request, request.key));
  return text + FromSql(request) + " LIMIT 1 OFFSET " + std::to_string(request.rows_max - 1);
}

Result<std::vector<std::string>> FindBound(mysql::Connection* sql, const mysql::ServerFacts& facts,
                                           const ChunkRequest& request, ChunkRead* read) {
  auto bound = ReadBound(sql, request);
  if (bound.ok()) return bound;
  RETURN_IF_ERROR(Refuse(sql, facts, std::move(bound).error(), read));
  return std::vector<std::string>();
}

Result<ChunkRead> ReadChunk(mysql::Connection* sql, const mysql::ServerFacts& facts, const ChunkRequest& request) {
  ChunkRead read;
  auto chunk = std::make_shared<Chunk>();
  chunk->table = request.table;
  chunk->upto = request.upto;
  auto low = std::make_shared<LowMark>();
  ASSIGN_OR_RETURN(const bool contained, TakeLow(sql, facts, request.remembered_from, low.get(), &chunk->high));
  if (!contained) {
    RETURN_IF_ERROR(sql->Execute("COMMIT"));
    return read;
  }
  chunk->low = low;
  ASSIGN_OR_RETURN(const std::string now,
                   One(sql, "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED) AS now", "now"));
  chunk->read_at_us = std::atoll(now.c_str());
  Status rows = ReadRows(sql, request, chunk.get());
  if (rows.ok()) {
    read.chunk = std::move(chunk);
  } else {
    RETURN_IF_ERROR(Refuse(sql, facts, std::move(rows).error(), &read));
  }
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
