#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace cdc::diag {

using source::Span;

enum class Severity : uint8_t { kError, kWarning, kStyle };

// The value is the number of the id: kUnknownColumn is 101, PIPE101.
enum class Kind : uint16_t {
#define PIPEWRIGHT_KIND(number, enumerator, name, severity) enumerator = number,
#include "compiler/diag/kinds.def"
};

std::string_view KindName(Kind kind);              // "unknown-column"
std::string KindId(Kind kind);                     // "PIPE101"
Severity KindSeverity(Kind kind);                  // the one it was born with
std::optional<Kind> FindKind(int number);          // of expr::Problem::id
std::string_view SeverityName(Severity severity);  // "error", "warning", "style"

// A second place that belongs to the same mistake.
struct Label {
  Span span;
  std::string text;
};

enum class Applicability : uint8_t { kMachine, kMaybe };

struct Edit {
  Span span;  // empty: insert before span.begin
  std::string replacement;
};

struct Fix {
  std::string title;  // "replace with `paid`"
  Applicability applicability = Applicability::kMaybe;
  std::vector<Edit> edits;  // in one file, in order, not overlapping
};

// One mistake of a program. `message` and `label`: lower case, no final period, code in backticks.
struct Diagnostic {
  Kind kind = Kind::kSyntax;
  Severity severity = Severity::kError;
  Span span;             // the narrowest wrong range
  bool has_span = true;  // false: about the program as a whole; `span` means nothing
  std::string message;   // the situation
  std::string label;     // next to the caret; may be empty
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Fix> fixes;
};

// Collects what one compilation reports, in order.
class Diagnostics {
 public:
  // Adds one with the kind's severity. Lifetime: the reference is for filling in the rest at once.
  Diagnostic& Report(Kind kind, Span span, std::string message, std::string label = {});
  Diagnostic& ReportWhole(Kind kind, std::string message);
  void Add(Diagnostic diagnostic);

  // The one reported last. Requires: there is one. Lifetime: until the next.
  Diagnostic* Last() { return &all_.back(); }

  const std::vector<Diagnostic>& all() const { return all_; }
  bool empty() const { return all_.empty(); }
  int Count(Severity severity) const;
  bool has_errors() const { return Count(Severity::kError) > 0; }
  // By file, then place; equal ones (same kind, span, message) are dropped.
  void Sort();

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace cdc::diag
