#include "runtime/sources/mysql/snapshot/touched_keys.h"

#include <cstring>
#include <utility>

namespace cdc::sources {
namespace {

constexpr size_t kTouchOverhead = 128;

bool HasText(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kDecimal:
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kJson:
      return true;
    default:
      return false;
  }
}

Value WithText(const Value& value, std::string_view text) {
  switch (value.kind()) {
    case ValueKind::kDecimal:
      return Value::Decimal(text);
    case ValueKind::kText:
      return Value::Text(text);
    case ValueKind::kJson:
      return Value::Json(text);
    default:
      return Value::Bytes(text);
  }
}

size_t TextBytes(const Value* row, size_t columns) {
  size_t bytes = 0;
  for (size_t i = 0; i < columns; ++i) bytes += HasText(row[i]) ? row[i].text().size() : 0;
  return bytes;
}

}  // namespace

void TouchedKeys::AppendKey(const Value& value, std::string* out) {
  out->push_back(static_cast<char>(value.kind()));
  if (HasText(value)) {
    const auto size = static_cast<uint32_t>(value.text().size());
    out->append(reinterpret_cast<const char*>(&size), sizeof size);
    out->append(value.text());
  } else {
    const uint64_t bits = value.unsigned_integer();
    out->append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
}

const std::string& TouchedKeys::KeyOf(const Value* row) const {
  key_text_.clear();
  for (const int column : key_) AppendKey(row[column], &key_text_);
  return key_text_;
}

void TouchedKeys::Set(const Value* row, bool deleted, size_t columns,
                      const std::shared_ptr<const Transaction>& transaction) {
  const auto [at, added] = touches_.try_emplace(KeyOf(row));
  Touch& touch = at->second;
  if (added) {
    bytes_ += at->first.size() + kTouchOverhead;
  } else if (!touch.deleted) {
    bytes_ -= TextBytes(touch.row.data(), touch.row.size()) + touch.row.size() * sizeof(Value);
  }
  touch.transaction = transaction;
  touch.deleted = deleted;
  touch.row.clear();
  touch.text.reset();
  if (deleted) return;
  const size_t text_bytes = TextBytes(row, columns);
  touch.row.assign(row, row + columns);
  touch.text = std::make_unique<char[]>(text_bytes);
  char* to = touch.text.get();
  for (Value& value : touch.row) {
    if (!HasText(value)) continue;
    const std::string_view text = value.text();
    std::memcpy(to, text.data(), text.size());
    value = WithText(value, {to, text.size()});
    to += text.size();
  }
  bytes_ += text_bytes + columns * sizeof(Value);
}

void TouchedKeys::Add(const RowChange& change, size_t columns, const std::shared_ptr<const Transaction>& transaction) {
  if (change.before != nullptr) Set(change.before, true, columns, transaction);
  if (change.after != nullptr) Set(change.after, false, columns, transaction);
}

const TouchedKeys::Touch* TouchedKeys::Find(const Value* row) const {
  const auto found = touches_.find(KeyOf(row));
  return found == touches_.end() ? nullptr : &found->second;
}

void TouchedKeys::Forget(const std::function<bool(const Transaction&)>& contained) {
  for (auto at = touches_.begin(); at != touches_.end();) {
    const Touch& touch = at->second;
    if (!contained(*touch.transaction)) {
      ++at;
      continue;
    }
    bytes_ -= at->first.size() + kTouchOverhead;
    if (!touch.deleted) bytes_ -= TextBytes(touch.row.data(), touch.row.size()) + touch.row.size() * sizeof(Value);
    at = touches_.erase(at);
  }
}

}  // namespace cdc::sources
