#pragma once

// What a function or operator is, as data: its names, documentation and examples, the rule that types a call,
// and the code that runs it. One file per function; all.def lists them.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/arena.h"
#include "stdlib/core/type.h"
#include "stdlib/core/value.h"

namespace cdc::functions {

// Why a row has no answer: "`+`: out of range of bigint". Null: it has one. Static text or in the scratch
// arena.
using Failure = const char*;

// What a call knows before the first row. Immutable, shared by all threads.
struct CallSite {
  std::vector<Type> args;  // after conversion
  Type result;
  std::shared_ptr<const void> state;  // what Bind prepared: a compiled pattern, a parsed path

  template <typename T>
  const T& State() const {
    return *static_cast<const T*>(state.get());
  }
};

// Computes one row's result into `*out`, which may be the same object as `args[0]`: read before writing.
using Code = Failure (*)(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch);

// A call ready to run.
struct Call {
  Code code = nullptr;
  CallSite site;
  bool strict = true;  // a NULL argument gives NULL without running the code
  bool fallible = false;
  bool null_on_failure = false;  // try_cast
  size_t reads = SIZE_MAX;       // the code looks at the first so many arguments; the rest is in the state
};

// One argument as Bind sees it.
struct Argument {
  Type type;
  const Value* constant = nullptr;  // its value, if it is known now
  bool is_column = false;
  bool is_regex = false;  // written r'…'
};

// A mistake in a call; `argument` says where, kWholeCall: at the call.
struct Mistake {
  static constexpr size_t kWholeCall = SIZE_MAX;
  int id = 0;
  size_t argument = kWholeCall;
  std::string message;
  std::string label;
  std::vector<std::string> notes;
  std::string meant = {};  // the text that was probably meant instead of a text that stands at `argument`; may be empty
};

// What Bind decides about a call.
struct Binding {
  Type result;
  // What each argument is converted to first; kUnknown: nothing. Only TypeKind and what belongs to it counts.
  std::vector<Type> wanted;
  Code code = nullptr;
  std::shared_ptr<const void> state;
  bool strict = true;
  bool fallible = false;
  size_t reads = SIZE_MAX;
  std::optional<Mistake> mistake;
};

using Bind = Binding (*)(const std::vector<Argument>& args);

// How a call is evaluated. All but kCall evaluate arguments only as far as they are needed.
enum class Form : uint8_t {
  kCall,
  kAnd,
  kOr,
  kCoalesce,  // the first argument that is not NULL
  kIf,        // (condition, then, else)
  kCast,      // cast, try_cast: the type is part of the expression
  kChanged,   // old.x <=> new.x over columns
  kClock,     // what the runtime says about the row
};

struct Parameter {
  std::string_view name;
  bool optional = false;
  std::string_view default_text = {};  // an integer literal for an optional one that is left out
  bool takes_secret = false;           // a text or a secret; no other parameter takes secrets
};

// `args` are literals in the language's form, or `literal::type` for a column of that type, or `name =>
// literal`. `result` is written likewise without type; `error: …` if the call fails.
struct Example {
  std::vector<std::string_view> args;
  std::string_view result;
};

struct FunctionDef {
  std::string_view name = {};
  std::vector<std::string_view> aliases = {};
  std::string_view family = {};  // operator, control, text, numeric, temporal, json, hash, privacy, conversion
  std::string_view doc = {};     // one or two sentences
  std::vector<Parameter> parameters = {};
  bool variadic = false;  // the last parameter repeats
  Form form = Form::kCall;
  std::string_view result_rule = {};  // for people: "decimal, scale of the first + 4"
  bool fallible = false;              // whether a call may need `on error (transform)`; Binding says for one call
  bool pure = true;
  bool ends_sensitivity = false;
  // Bind finds mistakes in literals while the other arguments' types are unknown (a pattern, a path).
  bool checks_literals = false;
  Bind bind = nullptr;  // null for kCast, kChanged and kClock
  std::vector<Example> examples = {};
};

}  // namespace cdc::functions
