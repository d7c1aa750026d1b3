#include "stdlib/ddl/column_type.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>

#include "stdlib/ddl/charsets.h"

namespace cdc::ddl {
namespace {

enum class Takes : uint8_t { kNothing, kWidth, kLength, kDecimal, kFloat, kFraction, kLabels, kBlobLength };

struct Entry {
  const char* name;  // words in upper case, one space between
  TypeKind kind;
  Takes takes;
  uint32_t length;
};

constexpr Entry kTypes[] = {
    {"TINYINT", TypeKind::kTinyInt, Takes::kWidth, 0},
    {"INT1", TypeKind::kTinyInt, Takes::kWidth, 0},
    {"SMALLINT", TypeKind::kSmallInt, Takes::kWidth, 0},
    {"INT2", TypeKind::kSmallInt, Takes::kWidth, 0},
    {"MEDIUMINT", TypeKind::kMediumInt, Takes::kWidth, 0},
    {"MIDDLEINT", TypeKind::kMediumInt, Takes::kWidth, 0},
    {"INT3", TypeKind::kMediumInt, Takes::kWidth, 0},
    {"INT", TypeKind::kInt, Takes::kWidth, 0},
    {"INTEGER", TypeKind::kInt, Takes::kWidth, 0},
    {"INT4", TypeKind::kInt, Takes::kWidth, 0},
    {"BIGINT", TypeKind::kBigInt, Takes::kWidth, 0},
    {"INT8", TypeKind::kBigInt, Takes::kWidth, 0},
    {"SIGNED", TypeKind::kBigInt, Takes::kNothing, 0},
    {"SERIAL", TypeKind::kBigInt, Takes::kNothing, 0},
    {"BOOL", TypeKind::kTinyInt, Takes::kNothing, 1},
    {"BOOLEAN", TypeKind::kTinyInt, Takes::kNothing, 1},
    {"DECIMAL", TypeKind::kDecimal, Takes::kDecimal, 0},
    {"DEC", TypeKind::kDecimal, Takes::kDecimal, 0},
    {"NUMERIC", TypeKind::kDecimal, Takes::kDecimal, 0},
    {"FIXED", TypeKind::kDecimal, Takes::kDecimal, 0},
    {"NUMBER", TypeKind::kDecimal, Takes::kDecimal, 0},
    {"FLOAT", TypeKind::kFloat, Takes::kFloat, 0},
    {"FLOAT4", TypeKind::kFloat, Takes::kFloat, 0},
    {"DOUBLE", TypeKind::kDouble, Takes::kFloat, 0},
    {"DOUBLE PRECISION", TypeKind::kDouble, Takes::kFloat, 0},
    {"FLOAT8", TypeKind::kDouble, Takes::kFloat, 0},
    {"REAL", TypeKind::kDouble, Takes::kFloat, 0},
    {"BIT", TypeKind::kBit, Takes::kLength, 1},
    {"YEAR", TypeKind::kYear, Takes::kWidth, 0},
    {"CHAR", TypeKind::kChar, Takes::kLength, 1},
    {"CHARACTER", TypeKind::kChar, Takes::kLength, 1},
    {"VARCHAR", TypeKind::kVarchar, Takes::kLength, 0},
    {"VARCHARACTER", TypeKind::kVarchar, Takes::kLength, 0},
    {"VARCHAR2", TypeKind::kVarchar, Takes::kLength, 0},
    {"CHAR VARYING", TypeKind::kVarchar, Takes::kLength, 0},
    {"CHARACTER VARYING", TypeKind::kVarchar, Takes::kLength, 0},
    {"NCHAR", TypeKind::kChar, Takes::kLength, 1},
    {"NVARCHAR", TypeKind::kVarchar, Takes::kLength, 0},
    {"NCHAR VARYING", TypeKind::kVarchar, Takes::kLength, 0},
    {"NCHAR VARCHAR", TypeKind::kVarchar, Takes::kLength, 0},
    {"NCHAR VARCHARACTER", TypeKind::kVarchar, Takes::kLength, 0},
    {"CHAR BYTE", TypeKind::kBinary, Takes::kLength, 1},
    {"CHARACTER BYTE", TypeKind::kBinary, Takes::kLength, 1},
    {"TINYTEXT", TypeKind::kTinyText, Takes::kNothing, 255},
    {"TEXT", TypeKind::kText, Takes::kBlobLength, 65535},
    {"CLOB", TypeKind::kLongText, Takes::kNothing, UINT32_MAX},
    {"MEDIUMTEXT", TypeKind::kMediumText, Takes::kNothing, 16777215},
    {"LONG", TypeKind::kMediumText, Takes::kNothing, 16777215},
    {"LONG VARCHAR", TypeKind::kMediumText, Takes::kNothing, 16777215},
    {"LONG VARCHARACTER", TypeKind::kMediumText, Takes::kNothing, 16777215},
    {"LONG CHAR VARYING", TypeKind::kMediumText, Takes::kNothing, 16777215},
    {"LONG CHARACTER VARYING", TypeKind::kMediumText, Takes::kNothing, 16777215},
    {"LONGTEXT", TypeKind::kLongText, Takes::kNothing, UINT32_MAX},
    {"BINARY", TypeKind::kBinary, Takes::kLength, 1},
    {"RAW", TypeKind::kVarbinary, Takes::kLength, 0},
    {"VARBINARY", TypeKind::kVarbinary, Takes::kLength, 0},
    {"TINYBLOB", TypeKind::kTinyBlob, Takes::kNothing, 255},
    {"BLOB", TypeKind::kBlob, Takes::kBlobLength, 65535},
    {"MEDIUMBLOB", TypeKind::kMediumBlob, Takes::kNothing, 16777215},
    {"LONG VARBINARY", TypeKind::kMediumBlob, Takes::kNothing, 16777215},
    {"LONGBLOB", TypeKind::kLongBlob, Takes::kNothing, UINT32_MAX},
    {"DATE", TypeKind::kDate, Takes::kNothing, 0},
    {"TIME", TypeKind::kTime, Takes::kFraction, 0},
    {"DATETIME", TypeKind::kDatetime, Takes::kFraction, 0},
    {"TIMESTAMP", TypeKind::kTimestamp, Takes::kFraction, 0},
    {"JSON", TypeKind::kJson, Takes::kNothing, 0},
    {"ENUM", TypeKind::kEnum, Takes::kLabels, 0},
    {"SET", TypeKind::kSet, Takes::kLabels, 0},
    {"GEOMETRY", TypeKind::kGeometry, Takes::kNothing, 0},
    {"POINT", TypeKind::kGeometry, Takes::kNothing, 0},
    {"LINESTRING", TypeKind::kGeometry, Takes::kNothing, 0},
    {"POLYGON", TypeKind::kGeometry, Takes::kNothing, 0},
    {"MULTIPOINT", TypeKind::kGeometry, Takes::kNothing, 0},
    {"MULTILINESTRING", TypeKind::kGeometry, Takes::kNothing, 0},
    {"MULTIPOLYGON", TypeKind::kGeometry, Takes::kNothing, 0},
    {"GEOMETRYCOLLECTION", TypeKind::kGeometry, Takes::kNothing, 0},
    {"GEOMCOLLECTION", TypeKind::kGeometry, Takes::kNothing, 0},
    {"VECTOR", TypeKind::kVector, Takes::kLength, 2048},
    {"UUID", TypeKind::kBinary, Takes::kNothing, 16},   // MariaDB; values are their 16 bytes
    {"INET6", TypeKind::kBinary, Takes::kNothing, 16},  // MariaDB
    {"INET4", TypeKind::kBinary, Takes::kNothing, 4},   // MariaDB
};

const Entry* Find(const std::string& name) {
  for (const Entry& entry : kTypes) {
    if (name == entry.name) return &entry;
  }
  return nullptr;
}

int64_t NumberOf(const std::string& text, int64_t max) {
  if (text.empty() || text.size() > 10) return -1;
  for (char c : text) {
    if (c < '0' || c > '9') return -1;
  }
  int64_t value = std::strtoll(text.c_str(), nullptr, 10);
  return value <= max ? value : -1;
}

// MariaDB and MySQL before 8.0.17 print the width of integers also where none was written.
int DefaultWidth(TypeKind kind, bool is_unsigned) {
  switch (kind) {
    case TypeKind::kTinyInt:
      return is_unsigned ? 3 : 4;
    case TypeKind::kSmallInt:
      return is_unsigned ? 5 : 6;
    case TypeKind::kMediumInt:
      return is_unsigned ? 8 : 9;
    case TypeKind::kInt:
      return is_unsigned ? 10 : 11;
    default:
      return 20;
  }
}

bool IsWholeNumber(TypeKind kind) { return kind >= TypeKind::kTinyInt && kind <= TypeKind::kBigInt; }

class Reader {
 public:
  Reader(const WrittenType& written, const Dialect& dialect, Column* column)
      : written_(written), dialect_(dialect), column_(column), type_(column->type) {}

  bool Run() {
    std::string name;
    bool national = false;
    for (const std::string& word : written_.words) {
      if (word == "NATIONAL") {
        national = true;
      } else {
        name += (name.empty() ? "" : " ") + word;
      }
    }
    const Entry* entry = Find(name);
    if (entry == nullptr) return false;
    national = national || (name[0] == 'N' && name.rfind("NUM", 0) != 0);
    type_.kind = entry->kind;
    type_.length = entry->length;
    type_.is_unsigned = written_.is_unsigned || written_.zerofill;
    type_.charset = written_.charset;
    type_.collation = written_.collation;
    if (national && type_.charset.empty()) type_.charset = "utf8mb3";
    if (written_.binary && type_.collation.empty()) type_.collation = "_bin";
    if (name == "SERIAL") Serial();
    if (type_.kind == TypeKind::kGeometry) Geometry(name);
    if (!Arguments(*entry)) return false;
    if (dialect_.mariadb && type_.kind == TypeKind::kJson) JsonOfMariaDb();
    bool text = IsText(type_.kind) || type_.kind == TypeKind::kEnum || type_.kind == TypeKind::kSet;
    if (!text) {
      type_.charset.clear();
      type_.collation.clear();
    }
    column_->type_text = Text(name);
    return true;
  }

 private:
  void Serial() {
    type_.is_unsigned = true;
    type_.nullable = false;
    column_->auto_increment = true;
  }

  void Geometry(const std::string& name) {
    for (char c : name) type_.geometry += static_cast<char>(c | 0x20);
    if (dialect_.types_as_written) return;
    if (type_.geometry == "geometrycollection" && !dialect_.mariadb) type_.geometry = "geomcollection";
    if (type_.geometry == "geomcollection" && dialect_.mariadb) type_.geometry = "geometrycollection";
  }

  void JsonOfMariaDb() {
    type_.kind = TypeKind::kLongText;
    type_.length = UINT32_MAX;
    if (type_.charset.empty()) {
      type_.charset = "utf8mb4";
      type_.collation = "utf8mb4_bin";
    }
  }

  bool Arguments(const Entry& entry) {
    const std::vector<std::string>& arguments = written_.arguments;
    if (entry.takes == Takes::kLabels) {
      auto labels = std::make_shared<std::vector<std::string>>();
      for (std::string label : arguments) {
        while (!label.empty() && label.back() == ' ') label.pop_back();  // as the server stores them
        labels->push_back(std::move(label));
      }
      bool some = !labels->empty() && written_.label_arguments;
      type_.labels = std::move(labels);
      return some;
    }
    if (written_.label_arguments) return false;
    if (entry.takes == Takes::kDecimal) {
      int64_t precision = arguments.empty() ? 10 : NumberOf(arguments[0], 65);
      int64_t scale = arguments.size() < 2 ? 0 : NumberOf(arguments[1], 38);
      if (precision == 0) precision = 10;
      if (precision < 0 || scale < 0 || scale > precision || arguments.size() > 2) return false;
      type_.precision = static_cast<uint8_t>(precision);
      type_.scale = static_cast<uint8_t>(scale);
      return true;
    }
    if (entry.takes == Takes::kFloat) {
      if (arguments.size() == 1 && NumberOf(arguments[0], 53) > 24) type_.kind = TypeKind::kDouble;
      return arguments.size() <= 2;
    }
    if (arguments.empty()) return true;
    if (entry.takes == Takes::kNothing || arguments.size() > 1) return false;
    int64_t number = NumberOf(arguments[0], UINT32_MAX);
    if (number < 0) return false;
    if (entry.takes == Takes::kFraction) {
      type_.scale = static_cast<uint8_t>(number);
      return number <= 6;
    }
    if (entry.takes == Takes::kWidth) {
      if (type_.kind == TypeKind::kTinyInt && number == 1 && !type_.is_unsigned) type_.length = 1;
      return true;
    }
    type_.length = static_cast<uint32_t>(number);
    if (entry.takes == Takes::kBlobLength && type_.kind == TypeKind::kBlob) BlobFor(number);
    if (entry.takes == Takes::kBlobLength && number == 0) type_.length = entry.length;
    return true;
  }

  // BLOB(n) is the smallest that holds n bytes. TEXT(n) waits for its charset.
  void BlobFor(int64_t bytes) {
    type_.kind = bytes <= 255        ? TypeKind::kTinyBlob
                 : bytes <= 65535    ? TypeKind::kBlob
                 : bytes <= 16777215 ? TypeKind::kMediumBlob
                                     : TypeKind::kLongBlob;
    type_.length = bytes <= 255 ? 255 : bytes <= 65535 ? 65535 : bytes <= 16777215 ? 16777215 : UINT32_MAX;
  }

  bool PrintsWidths() const {
    if (dialect_.types_as_written) return !written_.arguments.empty();
    return dialect_.mariadb || dialect_.server_version < 80017;
  }

  // As the dialect's server prints it in SHOW CREATE TABLE, if it is not to stay as written.
  std::string Text(const std::string& name) const {
    std::string text = TypeText(type_);
    if (name == "UUID" || name == "INET6" || name == "INET4") {
      text.clear();
      for (char c : name) text += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    if (IsWholeNumber(type_.kind)) {
      std::string base = TypeText(WithoutSign());
      base = base.substr(0, base.find('('));
      bool has_width = !written_.arguments.empty() || type_.length == 1;
      std::string width = !written_.arguments.empty() ? written_.arguments[0]
                          : type_.length == 1         ? "1"
                                                      : std::to_string(DefaultWidth(type_.kind, type_.is_unsigned));
      bool print = PrintsWidths() || (has_width && (written_.zerofill || type_.length == 1));
      if (written_.zerofill) print = true;
      text = base + (print ? "(" + width + ")" : "") + (type_.is_unsigned ? " unsigned" : "");
    } else if (type_.kind == TypeKind::kYear) {
      text = PrintsWidths() ? "year(4)" : "year";
    } else if ((type_.kind == TypeKind::kFloat || type_.kind == TypeKind::kDouble) && written_.arguments.size() == 2) {
      text = TypeText(WithoutSign()) + "(" + written_.arguments[0] + "," + written_.arguments[1] + ")" +
             (type_.is_unsigned ? " unsigned" : "");
    }
    return written_.zerofill ? text + " zerofill" : text;
  }

  Type WithoutSign() const {
    Type type = type_;
    type.is_unsigned = false;
    type.length = 0;
    return type;
  }

  const WrittenType& written_;
  const Dialect& dialect_;
  Column* column_;
  Type& type_;
};

}  // namespace

bool ReadColumnType(const WrittenType& written, const Dialect& dialect, Column* column) {
  return Reader(written, dialect, column).Run();
}

}  // namespace cdc::ddl
