#include "runtime/bind/widening.h"

#include <algorithm>
#include <utility>

#include "stdlib/core/names.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/typing.h"

namespace cdc::bind {
namespace {

int Find(const std::vector<Column>& columns, const std::string& name) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (SameName(columns[i].name, name)) return static_cast<int>(i);
  }
  return -1;
}

// Whether a value of the one is, byte for byte, a value of the other.
bool SameValues(const Type& from, const Type& to) {
  const ValueKind shape = functions::ShapeOf(from);
  if (shape != functions::ShapeOf(to)) return false;
  if (functions::IsLabelled(from.kind) || functions::IsLabelled(to.kind)) return false;
  return shape != ValueKind::kDecimal || from.scale == to.scale;
}

// The place of each label among the wider ones; empty if some is not there.
std::vector<size_t> Places(const Type& from, const Type& to) {
  std::vector<size_t> places;
  if (from.labels == nullptr || to.labels == nullptr) return places;
  for (const std::string& label : *from.labels) {
    const auto at = std::find(to.labels->begin(), to.labels->end(), label);
    if (at == to.labels->end()) return {};
    places.push_back(static_cast<size_t>(at - to.labels->begin()));
  }
  return places;
}

bool InOrder(const std::vector<size_t>& places) {
  for (size_t i = 0; i < places.size(); ++i) {
    if (places[i] != i) return false;
  }
  return true;
}

}  // namespace

Widening::Step Widening::MakeStep(const Column& from, const Column& to) {
  Step step;
  const bool labels = from.type.kind == to.type.kind && functions::IsLabelled(from.type.kind);
  if (!labels) {
    if (SameValues(from.type, to.type)) {
      step.kind = Step::Kind::kCopy;
    } else if (auto call = functions::MakeConversion(from.type, to.type, false)) {
      step.kind = Step::Kind::kConvert;
      step.call = std::move(*call);
    }
    return step;
  }
  const std::vector<size_t> places = Places(from.type, to.type);
  if (InOrder(places)) {
    step.kind = Step::Kind::kCopy;
  } else if (from.type.kind == TypeKind::kEnum) {
    step.kind = Step::Kind::kEnum;
    step.numbers.push_back(0);
    for (const size_t place : places) step.numbers.push_back(static_cast<uint16_t>(place + 1));
  } else {
    step.kind = Step::Kind::kSet;
    for (const size_t place : places) step.bits.push_back(static_cast<uint8_t>(place));
  }
  return step;
}

std::optional<Widening> Widening::Make(const std::vector<Column>& from, const std::vector<Column>& to) {
  Widening made;
  bool as_it_is = from.size() == to.size();
  for (size_t i = 0; i < to.size(); ++i) {
    const int at = Find(from, to[i].name);
    Step step;
    if (at >= 0) step = MakeStep(from[static_cast<size_t>(at)], to[i]);
    step.from = at;
    as_it_is = as_it_is && at == static_cast<int>(i) && step.kind == Step::Kind::kCopy;
    made.steps_.push_back(std::move(step));
    made.sources_.push_back(at);
  }
  if (as_it_is) return std::nullopt;
  return made;
}

Status Widening::Apply(const Value* row, Arena* scratch, Value* out) const {
  for (const Step& step : steps_) {
    Value& to = *out++;
    if (step.kind == Step::Kind::kMissing) {
      to = Value::Null();
      continue;
    }
    const Value& value = row[step.from];
    if (step.kind == Step::Kind::kCopy || value.is_null()) {
      to = value;
    } else if (step.kind == Step::Kind::kEnum) {
      const uint64_t number = value.unsigned_integer();
      to = Value::Uint(number < step.numbers.size() ? step.numbers[number] : number);
    } else if (step.kind == Step::Kind::kSet) {
      uint64_t set = 0;
      for (size_t bit = 0; bit < step.bits.size(); ++bit) {
        if ((value.unsigned_integer() >> bit & 1) != 0) set |= uint64_t{1} << step.bits[bit];
      }
      to = Value::Uint(set);
    } else if (const functions::Failure failure = step.call.code(step.call.site, &value, 1, &to, scratch)) {
      return Error(ErrorCode::kRow,
                   std::string("a value does not fit the column that the tables have together: ") + failure);
    }
  }
  return OkStatus();
}

}  // namespace cdc::bind
