#include <algorithm>
#include <cstring>

#include "stdlib/core/json_text.h"
#include "stdlib/core/number_text.h"
#include "stdlib/core/utf8.h"
#include "stdlib/core/value_text.h"
#include "stdlib/functions/conversion/converters.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

std::string_view Says(const CallSite& site, const Value& value, Arena* scratch) {
  return TextOf(site.args[0], value, scratch);
}

template <bool kCut>
Failure ToText(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = Says(site, args[0], scratch);
  if (args[0].kind() == ValueKind::kBytes && !IsUtf8(text)) return CannotConvert(site, args[0], scratch);
  uint32_t room = TextLengthMax(site.result);
  if (text.size() > room) {
    size_t fits = OffsetOfCharacter(text, room);
    if (!kCut && fits < text.size()) return CannotConvert(site, args[0], scratch);
    text = text.substr(0, fits);
  }
  *out = Value::Text(text);
  return nullptr;
}

template <bool kCut>
Failure ToBytes(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view bytes = Says(site, args[0], scratch);
  uint32_t room = TextLengthMax(site.result);
  if (bytes.size() > room) {
    if (!kCut) return CannotConvert(site, args[0], scratch);
    bytes = bytes.substr(0, room);
  }
  if (site.result.kind == TypeKind::kBinary && bytes.size() < site.result.length) {
    char* padded = scratch->Allocate(site.result.length);
    std::copy_n(bytes.data(), bytes.size(), padded);
    std::memset(padded + bytes.size(), 0, site.result.length - bytes.size());
    bytes = {padded, site.result.length};
  }
  *out = Value::Bytes(bytes);
  return nullptr;
}

Failure ToEnum(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view label = Says(site, args[0], scratch);
  uint64_t index = FindLabel(site.result, label);
  if (index == 0) return CannotConvert(site, args[0], scratch);
  *out = Value::Uint(index);
  return nullptr;
}

Failure ToSet(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view rest = Says(site, args[0], scratch);
  uint64_t bits = 0;
  while (!rest.empty()) {
    size_t comma = rest.find(',');
    uint64_t index = FindLabel(site.result, rest.substr(0, comma));
    if (index == 0 || index > 64) return CannotConvert(site, args[0], scratch);
    bits |= uint64_t{1} << (index - 1);
    rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
  }
  *out = Value::Uint(bits);
  return nullptr;
}

std::string_view Quote(std::string_view text, Arena* scratch) {
  char* from = scratch->Allocate(JsonStringMax(text));
  char* end = WriteJsonString(text, from);
  scratch->ShrinkLast(end);
  return {from, static_cast<size_t>(end - from)};
}

// A document for text, a scalar for everything else.
Failure ToJson(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Type& from = site.args[0];
  const Value& value = args[0];
  if (value.kind() == ValueKind::kText) {
    if (!IsJson(value.text())) return CannotConvert(site, value, scratch);
    char* document = scratch->Allocate(value.text().size() * 2);
    char* end = WriteNormalJson(value.text(), document);
    scratch->ShrinkLast(end);
    *out = Value::Json({document, static_cast<size_t>(end - document)});
    return nullptr;
  }
  if (from.kind == TypeKind::kBool) {
    *out = Value::Json(value.integer() != 0 ? "true" : "false");
  } else if (value.kind() == ValueKind::kDouble || value.kind() == ValueKind::kFloat) {
    char* text = scratch->Allocate(kNumberTextMax);
    char* end = WriteJsonDouble(value.real(), text);
    *out = Value::Json({text, static_cast<size_t>(end - text)});
  } else {
    std::string_view text = TextOf(from, value, scratch);
    *out = Value::Json(IsNumeric(from.kind) ? text : Quote(text, scratch));
  }
  return nullptr;
}

Failure Same(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = args[0];
  return nullptr;
}

}  // namespace

Code FindTextConverter(const Type& from, const Type& to, bool cut_text) {
  if (IsText(to.kind)) return cut_text ? &ToText<true> : &ToText<false>;
  if (IsBinary(to.kind)) return cut_text ? &ToBytes<true> : &ToBytes<false>;
  switch (to.kind) {
    case TypeKind::kEnum:
      return &ToEnum;
    case TypeKind::kSet:
      return &ToSet;
    case TypeKind::kJson:
      return &ToJson;
    default:
      return from.kind == to.kind ? &Same : nullptr;
  }
}

}  // namespace cdc::functions
