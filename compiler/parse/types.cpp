#include "compiler/parse/types.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>

#include "stdlib/expr/resolve.h"

namespace cdc::parse {
namespace {

// What may stand in the parentheses of a type.
enum class Takes : uint8_t { kNothing, kDisplayWidth, kLength, kPrecisionScale, kFraction, kLabels };

struct Entry {
  const char* name;
  TypeKind kind;
  Takes takes;
  uint32_t length;  // without an argument
  uint32_t max;     // of the argument
};

constexpr Entry kTypes[] = {
    {"tinyint", TypeKind::kTinyInt, Takes::kDisplayWidth, 0, 255},
    {"smallint", TypeKind::kSmallInt, Takes::kDisplayWidth, 0, 255},
    {"mediumint", TypeKind::kMediumInt, Takes::kDisplayWidth, 0, 255},
    {"int", TypeKind::kInt, Takes::kDisplayWidth, 0, 255},
    {"integer", TypeKind::kInt, Takes::kDisplayWidth, 0, 255},
    {"bigint", TypeKind::kBigInt, Takes::kDisplayWidth, 0, 255},
    {"signed", TypeKind::kBigInt, Takes::kNothing, 0, 0},
    {"unsigned", TypeKind::kBigInt, Takes::kNothing, 0, 0},
    {"decimal", TypeKind::kDecimal, Takes::kPrecisionScale, 0, 65},
    {"dec", TypeKind::kDecimal, Takes::kPrecisionScale, 0, 65},
    {"numeric", TypeKind::kDecimal, Takes::kPrecisionScale, 0, 65},
    {"float", TypeKind::kFloat, Takes::kNothing, 0, 0},
    {"double", TypeKind::kDouble, Takes::kNothing, 0, 0},
    {"real", TypeKind::kDouble, Takes::kNothing, 0, 0},
    {"bool", TypeKind::kBool, Takes::kNothing, 0, 0},
    {"boolean", TypeKind::kBool, Takes::kNothing, 0, 0},
    {"bit", TypeKind::kBit, Takes::kLength, 1, 64},
    {"year", TypeKind::kYear, Takes::kNothing, 0, 0},
    {"char", TypeKind::kChar, Takes::kLength, 1, 255},
    {"varchar", TypeKind::kVarchar, Takes::kLength, 0, 65535},
    {"tinytext", TypeKind::kTinyText, Takes::kNothing, 255, 0},
    {"text", TypeKind::kText, Takes::kNothing, 65535, 0},
    {"mediumtext", TypeKind::kMediumText, Takes::kNothing, 16777215, 0},
    {"longtext", TypeKind::kLongText, Takes::kNothing, UINT32_MAX, 0},
    {"binary", TypeKind::kBinary, Takes::kLength, 1, 255},
    {"varbinary", TypeKind::kVarbinary, Takes::kLength, 0, 65535},
    {"tinyblob", TypeKind::kTinyBlob, Takes::kNothing, 255, 0},
    {"blob", TypeKind::kBlob, Takes::kNothing, 65535, 0},
    {"mediumblob", TypeKind::kMediumBlob, Takes::kNothing, 16777215, 0},
    {"longblob", TypeKind::kLongBlob, Takes::kNothing, UINT32_MAX, 0},
    {"date", TypeKind::kDate, Takes::kNothing, 0, 0},
    {"time", TypeKind::kTime, Takes::kFraction, 0, 6},
    {"datetime", TypeKind::kDatetime, Takes::kFraction, 0, 6},
    {"timestamp", TypeKind::kTimestamp, Takes::kFraction, 0, 6},
    {"json", TypeKind::kJson, Takes::kNothing, 0, 0},
    {"enum", TypeKind::kEnum, Takes::kLabels, 0, 0},
    {"set", TypeKind::kSet, Takes::kLabels, 0, 0},
    {"geometry", TypeKind::kGeometry, Takes::kNothing, 0, 0},
    {"vector", TypeKind::kVector, Takes::kLength, 2048, 16383},
    {"string", TypeKind::kString, Takes::kNothing, 0, 0},
    {"duration", TypeKind::kDuration, Takes::kNothing, 0, 0},
    {"size", TypeKind::kSize, Takes::kNothing, 0, 0},
    {"secret", TypeKind::kSecret, Takes::kNothing, 0, 0},
};

const Entry* Find(const std::string& name) {
  for (const Entry& entry : kTypes) {
    if (name == entry.name) return &entry;
  }
  return nullptr;
}

class Reader {
 public:
  Reader(const WrittenType& written, diag::Diagnostics* diagnostics) : written_(written), diagnostics_(diagnostics) {}

  Type Run() {
    const Entry* entry = Find(written_.name);
    if (entry == nullptr) {
      std::vector<std::string> names;
      for (const Entry& known : kTypes) names.emplace_back(known.name);
      std::optional<std::string> nearest = expr::Nearest(written_.name, names);
      diag::Diagnostic& made =
          diagnostics_->Report(diag::Kind::kUnknownName, written_.name_span, "unknown type `" + written_.name + "`",
                               nearest ? "did you mean `" + *nearest + "`?" : "");
      made.notes.push_back("types are MySQL's, and `bool`, `string`, `duration`, `size`, `secret`");
      if (nearest) {
        made.fixes.push_back(
            {"replace with `" + *nearest + "`", diag::Applicability::kMaybe, {{written_.name_span, *nearest}}});
      }
      return {};
    }
    Type type;
    type.kind = entry->kind;
    type.length = entry->length;
    type.nullable = !written_.not_null;
    type.is_unsigned = written_.is_unsigned || written_.name == "unsigned";
    bool text = IsText(*entry);
    if (text || type.kind == TypeKind::kEnum || type.kind == TypeKind::kSet) type.charset = "utf8mb4";
    if (type.kind == TypeKind::kGeometry) type.geometry = "geometry";
    if (written_.is_unsigned && !Numeric(type.kind)) return Wrong("`" + written_.name + "` cannot be unsigned");
    return Arguments(*entry, std::move(type));
  }

 private:
  static bool IsText(const Entry& entry) { return entry.kind >= TypeKind::kChar && entry.kind <= TypeKind::kLongText; }
  static bool Numeric(TypeKind kind) { return kind >= TypeKind::kTinyInt && kind <= TypeKind::kDouble; }

  Type Wrong(std::string message) {
    diagnostics_->Report(diag::Kind::kWrongArguments, written_.span, std::move(message));
    return {};
  }

  // The n-th argument as a number up to `max`, or -1.
  int64_t Number(size_t n, uint32_t max) const {
    const WrittenType::Argument& argument = written_.arguments[n];
    if (argument.is_string || argument.text.empty() || argument.text.size() > 9) return -1;
    for (char c : argument.text) {
      if (c < '0' || c > '9') return -1;
    }
    int64_t value = std::strtoll(argument.text.c_str(), nullptr, 10);
    return value <= max ? value : -1;
  }

  Type Arguments(const Entry& entry, Type type) {
    size_t count = written_.arguments.size();
    std::string name = "`" + written_.name + "`";
    if (entry.takes == Takes::kLabels) {
      auto labels = std::make_shared<std::vector<std::string>>();
      for (const WrittenType::Argument& argument : written_.arguments) {
        if (!argument.is_string) return Wrong(name + " takes labels in single quotes");
        labels->push_back(argument.text);
      }
      if (labels->empty()) return Wrong(name + " needs its labels");
      type.labels = std::move(labels);
      return type;
    }
    if (entry.takes == Takes::kPrecisionScale) {
      type.precision = 10;
      if (count > 2) return Wrong(name + " takes precision and scale");
      if (count > 0) {
        int64_t precision = Number(0, 65);
        int64_t scale = count == 2 ? Number(1, 30) : 0;
        if (precision < 1 || scale < 0) return Wrong(name + " takes a precision of 1 to 65 and a scale of 0 to 30");
        if (scale > precision) return Wrong("the scale of " + name + " is at most its precision");
        type.precision = static_cast<uint8_t>(precision);
        type.scale = static_cast<uint8_t>(scale);
      }
      return type;
    }
    if (count == 0) return type;
    if (entry.takes == Takes::kNothing || count > 1) {
      return Wrong(name + (entry.takes == Takes::kNothing ? " takes nothing in parentheses" : " takes one number"));
    }
    int64_t number = Number(0, entry.max);
    bool zero_allowed = entry.takes == Takes::kFraction || entry.takes == Takes::kDisplayWidth;
    if (number < (zero_allowed ? 0 : 1)) {
      return Wrong(name + " takes a number from " + (zero_allowed ? "0" : "1") + " to " + std::to_string(entry.max));
    }
    if (entry.takes == Takes::kFraction) type.scale = static_cast<uint8_t>(number);
    if (entry.takes == Takes::kLength) type.length = static_cast<uint32_t>(number);
    // tinyint(1) is the one display width with a meaning: it may stand as a condition.
    if (type.kind == TypeKind::kTinyInt && number == 1) type.length = 1;
    return type;
  }

  const WrittenType& written_;
  diag::Diagnostics* diagnostics_;
};

}  // namespace

Type ReadType(const WrittenType& written, diag::Diagnostics* diagnostics) { return Reader(written, diagnostics).Run(); }

}  // namespace cdc::parse
