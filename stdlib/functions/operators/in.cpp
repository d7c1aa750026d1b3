#include <algorithm>
#include <functional>
#include <string>

#include "stdlib/functions/operators/membership.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

// A list of constants, looked up without comparing with each of them.
struct ConstantList {
  std::vector<__int128> numbers;   // sorted
  std::vector<std::string> texts;  // sorted
  bool has_null = false;
};

Value Answer(bool found, bool has_null) {
  if (found) return Value::Bool(true);
  return has_null ? Value::Null() : Value::Bool(false);
}

Failure FindNumber(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  const ConstantList& list = site.State<ConstantList>();
  *out = Answer(std::binary_search(list.numbers.begin(), list.numbers.end(), IntegerOf(args[0])), list.has_null);
  return nullptr;
}

Failure FindText(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  const ConstantList& list = site.State<ConstantList>();
  bool found = std::binary_search(list.texts.begin(), list.texts.end(), args[0].text(), std::less<>());
  *out = Answer(found, list.has_null);
  return nullptr;
}

template <CompareClass kHow>
Failure FindAny(const CallSite&, const Value* args, size_t count, Value* out, Arena* scratch) {
  bool has_null = false;
  for (size_t i = 1; i < count; ++i) {
    if (args[i].is_null()) {
      has_null = true;
    } else if (CompareAs(kHow, args[0], args[i], scratch) == 0) {
      *out = Value::Bool(true);
      return nullptr;
    }
  }
  *out = Answer(false, has_null);
  return nullptr;
}

// The first argument is not NULL when the code runs.
template <Code kCode>
Failure UnlessNull(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  if (!args[0].is_null()) return kCode(site, args, count, out, scratch);
  *out = Value::Null();
  return nullptr;
}

bool AllConstant(const std::vector<Argument>& args) {
  return std::all_of(args.begin() + 1, args.end(), [](const Argument& arg) { return arg.constant != nullptr; });
}

std::shared_ptr<const ConstantList> MakeList(const std::vector<Argument>& args, bool texts) {
  auto list = std::make_shared<ConstantList>();
  for (size_t i = 1; i < args.size(); ++i) {
    const Value& value = *args[i].constant;
    if (value.is_null()) {
      list->has_null = true;
    } else if (texts) {
      list->texts.emplace_back(value.text());
    } else {
      list->numbers.push_back(IntegerOf(value));
    }
  }
  std::sort(list->numbers.begin(), list->numbers.end());
  std::sort(list->texts.begin(), list->texts.end());
  return list;
}

Code GeneralCode(CompareClass how) {
  switch (how) {
    case CompareClass::kInteger:
      return &UnlessNull<&FindAny<CompareClass::kInteger>>;
    case CompareClass::kDecimal:
      return &UnlessNull<&FindAny<CompareClass::kDecimal>>;
    case CompareClass::kReal:
      return &UnlessNull<&FindAny<CompareClass::kReal>>;
    case CompareClass::kBytes:
      return &UnlessNull<&FindAny<CompareClass::kBytes>>;
    case CompareClass::kJson:
      return &UnlessNull<&FindAny<CompareClass::kJson>>;
  }
  return nullptr;
}

Binding BindIn(const std::vector<Argument>& args) {
  SharedComparison shared = PlanShared(args, false);
  Binding binding;
  binding.result = BoolType(AnyNullable(args));
  binding.mistake = std::move(shared.mistake);
  bool converts = std::any_of(shared.wanted.begin(), shared.wanted.end(),
                              [](const Type& type) { return type.kind != TypeKind::kUnknown; });
  binding.wanted = std::move(shared.wanted);
  binding.strict = false;
  binding.code = GeneralCode(shared.how);
  bool texts = shared.how == CompareClass::kBytes;
  if (!converts && !binding.mistake && AllConstant(args) && (texts || shared.how == CompareClass::kInteger)) {
    binding.reads = 1;
    binding.state = MakeList(args, texts);
    binding.code = texts ? &UnlessNull<&FindText> : &UnlessNull<&FindNumber>;
  }
  return binding;
}

}  // namespace

const FunctionDef& In() {
  static const FunctionDef def = {
      .name = "in",
      .family = "operator",
      .doc = "Whether the value equals one of the list; NULL if it does not and the list has a NULL.",
      .parameters = {{"value"}, {"item"}},
      .variadic = true,
      .result_rule = "bool",
      .bind = &BindIn,
      .examples =
          {
              {{"2", "1", "2", "3"}, "true"},
              {{"'d'", "'a'", "'b'"}, "false"},
              {{"1", "2", "null"}, "null"},
              {{"2", "2", "null"}, "true"},
              {{"null", "1"}, "null"},
              {{"'paid'::enum('new','paid')", "'paid'", "'new'"}, "true"},
              {{"1.5::decimal(4,2)", "1", "1.5"}, "true"},
              {{"'2024-02-29'::date", "'2024-02-28'", "'2024-02-29'"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
