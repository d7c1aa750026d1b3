#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "stdlib/core/check.h"

namespace cdc {

// What a failure asks for; the reaction itself is decided in one place, runtime/engine/retry.cpp.
enum class ErrorCode {
  kConfig,        // the program or its settings cannot work here: stop, exit 1
  kUsage,         // the command line is wrong: stop, exit 2
  kSourceLost,    // connection to the source broken or refused: reconnect and resume
  kSinkLost,      // connection to the sink broken, transaction aborted: rewind and retry
  kSinkRejected,  // the sink refuses for good (ACL, unknown topic, too large): stop, exit 3
  kRegistryLost,  // no schema registry answers: rewind and retry
  kCredentials,   // wrong user or password: three tries, then stop, exit 3
  kPositionLost,  // the position is purged or diverged: stop, exit 3
  kTakenOver,     // another process runs this pipe now: stop, exit 3
  kCorruptInput,  // bytes that no correct server writes: reconnect once, then stop, exit 3
  kResource,      // memory, disk, file handles: stop, exit 3
  kRow,           // one row cannot be processed: the pipe's `on error` rule decides
  kRuleStop,      // a `fail` rule of the program: stop, exit 6
  kRulePause,     // a `pause` rule: the pipe waits for a person; a run that ends by itself stops, exit 6
};

// A failure of the world: a code, a sentence, and what was being done, outermost first.
class Error {
 public:
  Error(ErrorCode code, std::string message, int number = 0)
      : code_(code), number_(number), message_(std::move(message)) {}

  ErrorCode code() const { return code_; }
  // The server's own number for it (1412); 0: none.
  int number() const { return number_; }
  // One line: "while reading chunk 3 of shop.orders: connection reset".
  const std::string& message() const { return message_; }

  // Returns the same error with `doing` in front: "doing: message".
  Error While(std::string_view doing) && {
    message_ = std::string(doing) + ": " + message_;
    return std::move(*this);
  }

 private:
  ErrorCode code_;
  int number_;
  std::string message_;
};

// A value or an Error.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return state_.index() == 0; }
  // Requires: ok().
  T& value() & {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  // Requires: !ok().
  const Error& error() const& {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

// Success or an Error. `return OkStatus();` or `return Error(…);`
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return !error_.has_value(); }
  const Error& error() const& {
    CHECK(!ok());
    return *error_;
  }
  Error&& error() && {
    CHECK(!ok());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

inline Status OkStatus() { return Status(); }

}  // namespace cdc

#define PIPEWRIGHT_CONCAT_INNER(a, b) a##b
#define PIPEWRIGHT_CONCAT(a, b) PIPEWRIGHT_CONCAT_INNER(a, b)

// Returns the Error of a Status or Result from the enclosing function, if there is one.
#define RETURN_IF_ERROR(expression)                                           \
  do {                                                                        \
    auto pipewright_status = (expression);                                    \
    if (!pipewright_status.ok()) return std::move(pipewright_status).error(); \
  } while (false)

// ASSIGN_OR_RETURN(auto rows, ReadRows()): the value, or return its Error.
#define ASSIGN_OR_RETURN(declaration, expression) \
  PIPEWRIGHT_ASSIGN_OR_RETURN(PIPEWRIGHT_CONCAT(pipewright_result_, __LINE__), declaration, expression)
#define PIPEWRIGHT_ASSIGN_OR_RETURN(result, declaration, expression) \
  auto result = (expression);                                        \
  if (!result.ok()) return std::move(result).error();                \
  declaration = std::move(result).value()
