#include <charconv>

#include "stdlib/core/decimal.h"
#include "stdlib/core/json_text.h"

// Source: MySQL reference manual, "Comparison and Ordering of JSON Values".

namespace cdc {
namespace {

int Rank(JsonKind kind) {
  switch (kind) {
    case JsonKind::kNull:
      return 0;
    case JsonKind::kNumber:
      return 1;
    case JsonKind::kString:
      return 2;
    case JsonKind::kObject:
      return 3;
    case JsonKind::kArray:
      return 4;
    case JsonKind::kBool:
      return 5;
  }
  return 0;
}

template <typename T>
int Order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

double ToDouble(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int CompareNumbers(std::string_view a, std::string_view b) {
  std::optional<Decimal> left = Decimal::Parse(a);
  std::optional<Decimal> right = Decimal::Parse(b);
  if (left && right) return Decimal::Compare(*left, *right);
  return Order(ToDouble(a), ToDouble(b));
}

int CompareArrays(std::string_view a, std::string_view b, Arena* scratch) {
  JsonReader left(a), right(b);
  for (;;) {
    bool more_left = left.Next(), more_right = right.Next();
    if (!more_left || !more_right) return Order(more_left, more_right);
    int order = CompareJson(left.value(), right.value(), scratch);
    if (order != 0) return order;
  }
}

// Equal if all members are; else some total order.
int CompareObjects(std::string_view a, std::string_view b, Arena* scratch) {
  int order = Order(JsonSize(a), JsonSize(b));
  for (JsonReader left(a); order == 0 && left.Next();) {
    std::optional<std::string_view> right = JsonMember(b, JsonUnquote(left.key(), scratch));
    order = right ? CompareJson(left.value(), *right, scratch) : Order(a, b);
  }
  return order;
}

}  // namespace

int CompareJson(std::string_view a, std::string_view b, Arena* scratch) {
  JsonKind kind = KindOfJson(a);
  int order = Order(Rank(kind), Rank(KindOfJson(b)));
  if (order != 0) return order;
  switch (kind) {
    case JsonKind::kNull:
      return 0;
    case JsonKind::kBool:
      return Order(a == "true", b == "true");
    case JsonKind::kNumber:
      return CompareNumbers(a, b);
    case JsonKind::kString:
      return Order(JsonUnquote(a, scratch), JsonUnquote(b, scratch));
    case JsonKind::kArray:
      return CompareArrays(a, b, scratch);
    case JsonKind::kObject:
      return CompareObjects(a, b, scratch);
  }
  return 0;
}

}  // namespace cdc
