#include "runtime/sources/mysql/client/row_stream.h"

#include <mysql.h>

#include <utility>

#include "stdlib/core/utf8.h"

namespace cdc::mysql {
namespace {

constexpr size_t kFirstTextBytes = 256;

struct CloseStatement {
  void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using Statement = std::unique_ptr<MYSQL_STMT, CloseStatement>;

struct Field {
  FieldKind kind{};
  int64_t integer = 0;
  float real32 = 0;
  double real64 = 0;
  std::vector<char> text;
  unsigned long size = 0;
  my_bool null = 0;
  my_bool cut = 0;
};

class BinaryRows : public RowStream {
 public:
  BinaryRows(Statement statement, std::vector<FieldKind> kinds)
      : statement_(std::move(statement)), fields_(kinds.size()), binds_(kinds.size()) {
    for (size_t i = 0; i < kinds.size(); ++i) {
      fields_[i].kind = kinds[i];
      if (kinds[i] == FieldKind::kText) fields_[i].text.resize(kFirstTextBytes);
      Bind(i);
    }
  }

  Status Start() {
    if (mysql_stmt_execute(statement_.get()) != 0) return LastError();
    return Rebind();
  }

  Result<bool> Next() override {
    if (rebind_) RETURN_IF_ERROR(Rebind());
    const int fetched = mysql_stmt_fetch(statement_.get());
    if (fetched == MYSQL_NO_DATA) return false;
    if (fetched == 1) return LastError();
    for (size_t i = 0; i < fields_.size(); ++i) {
      Field& field = fields_[i];
      if (field.kind != FieldKind::kText || field.null || field.size <= field.text.size()) continue;
      field.text.resize(field.size);
      Bind(i);
      rebind_ = true;
      if (mysql_stmt_fetch_column(statement_.get(), &binds_[i], static_cast<unsigned>(i), 0) != 0) return LastError();
    }
    return true;
  }

  bool IsNull(size_t column) const override { return fields_[column].null != 0; }
  int64_t Int(size_t column) const override { return fields_[column].integer; }
  double Real(size_t column) const override {
    return fields_[column].kind == FieldKind::kFloat ? fields_[column].real32 : fields_[column].real64;
  }
  std::string_view Text(size_t column) const override { return {fields_[column].text.data(), fields_[column].size}; }

 private:
  void Bind(size_t i) {
    Field& field = fields_[i];
    MYSQL_BIND& bind = binds_[i];
    bind = MYSQL_BIND{};
    bind.is_null = &field.null;
    bind.length = &field.size;
    bind.error = &field.cut;
    switch (field.kind) {
      case FieldKind::kInt:
      case FieldKind::kUint:
        bind.buffer_type = MYSQL_TYPE_LONGLONG;
        bind.is_unsigned = field.kind == FieldKind::kUint;
        bind.buffer = &field.integer;
        break;
      case FieldKind::kFloat:
        bind.buffer_type = MYSQL_TYPE_FLOAT;
        bind.buffer = &field.real32;
        break;
      case FieldKind::kDouble:
        bind.buffer_type = MYSQL_TYPE_DOUBLE;
        bind.buffer = &field.real64;
        break;
      case FieldKind::kText:
        bind.buffer_type = MYSQL_TYPE_STRING;
        bind.buffer = field.text.data();
        bind.buffer_length = field.text.size();
        break;
    }
  }

  Status Rebind() {
    rebind_ = false;
    if (mysql_stmt_bind_result(statement_.get(), binds_.data()) != 0) return LastError();
    return OkStatus();
  }

  Error LastError() {
    MYSQL* connection = statement_->mysql;
    // Where the server ends an answer between two rows, the library leaves its reason with the connection.
    if (mysql_stmt_errno(statement_.get()) == 0 && connection != nullptr)
      return ServerError(mysql_errno(connection), mysql_error(connection), "reading a table");
    return ServerError(mysql_stmt_errno(statement_.get()), mysql_stmt_error(statement_.get()), "reading a table");
  }

  Statement statement_;
  std::vector<Field> fields_;
  std::vector<MYSQL_BIND> binds_;
  bool rebind_ = false;
};

}  // namespace

Result<std::unique_ptr<RowStream>> RowStream::Open(Connection* connection, const std::string& sql,
                                                   std::vector<FieldKind> fields) {
  Statement statement(mysql_stmt_init(static_cast<MYSQL*>(connection->native())));
  if (statement == nullptr) return Error(ErrorCode::kResource, "out of memory for a statement");
  if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0) {
    return ServerError(mysql_stmt_errno(statement.get()), mysql_stmt_error(statement.get()),
                       "`" + Excerpt(sql, 300) + "`");
  }
  if (mysql_stmt_field_count(statement.get()) != fields.size()) {
    return Error(ErrorCode::kCorruptInput, "the server answers with another number of columns than asked for");
  }
  auto rows = std::make_unique<BinaryRows>(std::move(statement), std::move(fields));
  RETURN_IF_ERROR(rows->Start());
  return std::unique_ptr<RowStream>(std::move(rows));
}

}  // namespace cdc::mysql
