#include "stdlib/ddl/charsets.h"

#include <array>
#include <utility>

#include "stdlib/core/names.h"

namespace cdc::ddl {
namespace {

struct Charset {
  std::string_view name;
  std::string_view collation;
  uint32_t bytes;
};

// MySQL 9.7's and MariaDB 10.11's character sets with their own collations.
constexpr std::array kCharsets = {
    Charset{"armscii8", "armscii8_general_ci", 1}, Charset{"ascii", "ascii_general_ci", 1},
    Charset{"big5", "big5_chinese_ci", 2},         Charset{"binary", "binary", 1},
    Charset{"cp1250", "cp1250_general_ci", 1},     Charset{"cp1251", "cp1251_general_ci", 1},
    Charset{"cp1256", "cp1256_general_ci", 1},     Charset{"cp1257", "cp1257_general_ci", 1},
    Charset{"cp850", "cp850_general_ci", 1},       Charset{"cp852", "cp852_general_ci", 1},
    Charset{"cp866", "cp866_general_ci", 1},       Charset{"cp932", "cp932_japanese_ci", 2},
    Charset{"dec8", "dec8_swedish_ci", 1},         Charset{"eucjpms", "eucjpms_japanese_ci", 3},
    Charset{"euckr", "euckr_korean_ci", 2},        Charset{"gb18030", "gb18030_chinese_ci", 4},
    Charset{"gb2312", "gb2312_chinese_ci", 2},     Charset{"gbk", "gbk_chinese_ci", 2},
    Charset{"geostd8", "geostd8_general_ci", 1},   Charset{"greek", "greek_general_ci", 1},
    Charset{"hebrew", "hebrew_general_ci", 1},     Charset{"hp8", "hp8_english_ci", 1},
    Charset{"keybcs2", "keybcs2_general_ci", 1},   Charset{"koi8r", "koi8r_general_ci", 1},
    Charset{"koi8u", "koi8u_general_ci", 1},       Charset{"latin1", "latin1_swedish_ci", 1},
    Charset{"latin2", "latin2_general_ci", 1},     Charset{"latin5", "latin5_turkish_ci", 1},
    Charset{"latin7", "latin7_general_ci", 1},     Charset{"macce", "macce_general_ci", 1},
    Charset{"macroman", "macroman_general_ci", 1}, Charset{"sjis", "sjis_japanese_ci", 2},
    Charset{"swe7", "swe7_swedish_ci", 1},         Charset{"tis620", "tis620_thai_ci", 1},
    Charset{"ucs2", "ucs2_general_ci", 2},         Charset{"ujis", "ujis_japanese_ci", 3},
    Charset{"utf16", "utf16_general_ci", 4},       Charset{"utf16le", "utf16le_general_ci", 4},
    Charset{"utf32", "utf32_general_ci", 4},       Charset{"utf8mb3", "utf8mb3_general_ci", 3},
    Charset{"utf8mb4", "utf8mb4_general_ci", 4},
};

const Charset* Find(std::string_view name) {
  for (const Charset& charset : kCharsets) {
    if (charset.name == name) return &charset;
  }
  return nullptr;
}

bool HasCharset(TypeKind kind) {
  return (kind >= TypeKind::kChar && kind <= TypeKind::kLongText) || kind == TypeKind::kEnum || kind == TypeKind::kSet;
}

constexpr std::array kTexts = {TypeKind::kTinyText, TypeKind::kText, TypeKind::kMediumText, TypeKind::kLongText};
constexpr std::array kBlobs = {TypeKind::kTinyBlob, TypeKind::kBlob, TypeKind::kMediumBlob, TypeKind::kLongBlob};
constexpr std::array<uint32_t, 4> kBytes = {255, 65535, 16777215, UINT32_MAX};

size_t SizeClass(uint64_t bytes) {
  size_t size = 0;
  while (size < 3 && bytes > kBytes[size]) ++size;
  return size;
}

// char, varchar, text of charset `binary` are binary types.
void MakeBinary(Type* type) {
  if (type->kind == TypeKind::kChar) {
    type->kind = TypeKind::kBinary;
  } else if (type->kind == TypeKind::kVarchar) {
    type->kind = TypeKind::kVarbinary;
  } else if (IsText(type->kind)) {
    size_t size = static_cast<size_t>(type->kind) - static_cast<size_t>(TypeKind::kTinyText);
    type->kind = kBlobs[size];
    type->length = kBytes[size];
  } else {
    return;  // enum and set keep it
  }
  type->charset.clear();
  type->collation.clear();
}

}  // namespace

std::string CanonicalCharset(std::string_view name) {
  std::string lower = LowerAscii(name);
  return lower == "utf8" ? "utf8mb3" : lower;
}

std::string CanonicalCollation(std::string_view name) {
  std::string lower = LowerAscii(name);
  return lower.rfind("utf8_", 0) == 0 ? "utf8mb3" + lower.substr(4) : lower;
}

uint32_t BytesPerCharacter(std::string_view charset) {
  const Charset* found = Find(charset);
  return found == nullptr ? 1 : found->bytes;
}

std::string CharsetOfCollation(std::string_view collation) {
  std::string canonical = CanonicalCollation(collation);
  std::string charset = canonical.substr(0, canonical.find('_'));
  return Find(charset) == nullptr ? "" : charset;
}

std::string DefaultCollation(std::string_view charset, const Dialect& dialect) {
  std::string name = CanonicalCharset(charset);
  if (name == "utf8mb4" && !dialect.mariadb && dialect.server_version >= 80000) return "utf8mb4_0900_ai_ci";
  const Charset* found = Find(name);
  return found == nullptr ? "" : std::string(found->collation);
}

void FinishColumn(const std::string& table_charset, const std::string& table_collation, const Dialect& dialect,
                  Column* column) {
  Type& type = column->type;
  if (!HasCharset(type.kind)) return;
  if (type.charset.empty() && !type.collation.empty()) type.charset = CharsetOfCollation(type.collation);
  if (type.charset.empty()) {
    type.charset = table_charset;
    if (type.collation.empty()) type.collation = table_collation;
  }
  if (type.collation.empty()) type.collation = DefaultCollation(type.charset, dialect);
  if (type.collation == "_bin") type.collation = type.charset == "binary" ? "binary" : type.charset + "_bin";
  if (type.kind == TypeKind::kText && type.length > 0 && type.length != kBytes[1]) {
    size_t size = SizeClass(uint64_t{type.length} * BytesPerCharacter(type.charset));
    type.kind = kTexts[size];
    type.length = kBytes[size];
    column->type_text = TypeText(type);
  }
  if (type.charset == "binary") {
    MakeBinary(&type);
    if (type.kind != TypeKind::kEnum && type.kind != TypeKind::kSet) column->type_text = TypeText(type);
  }
}

void ConvertColumn(const std::string& charset, const std::string& collation, Column* column) {
  Type& type = column->type;
  if (!HasCharset(type.kind) || type.charset.empty()) return;
  bool grows = BytesPerCharacter(charset) > BytesPerCharacter(type.charset);
  bool is_text = type.kind >= TypeKind::kTinyText && type.kind < TypeKind::kLongText;
  if (grows && is_text) {
    size_t size = static_cast<size_t>(type.kind) - static_cast<size_t>(TypeKind::kTinyText) + 1;
    type.kind = kTexts[size];
    type.length = kBytes[size];
    column->type_text = TypeText(type);
  }
  type.charset = charset;
  type.collation = collation;
  if (charset == "binary") {
    MakeBinary(&type);
    if (IsBinary(type.kind)) column->type_text = TypeText(type);
  }
}

}  // namespace cdc::ddl
