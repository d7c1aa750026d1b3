#include "compiler/diag/diagnostic.h"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <utility>

#include "stdlib/core/check.h"

namespace cdc::diag {
namespace {

struct KindEntry {
  Kind kind;
  const char* name;
  Severity severity;
};

constexpr KindEntry kKinds[] = {
#define PIPEWRIGHT_KIND(number, enumerator, name, severity) {Kind::enumerator, name, Severity::severity},
#include "compiler/diag/kinds.def"
};

const KindEntry& Entry(Kind kind) {
  for (const KindEntry& entry : kKinds) {
    if (entry.kind == kind) return entry;
  }
  CHECK(!"a kind of kinds.def");
  return kKinds[0];
}

}  // namespace

std::string_view KindName(Kind kind) { return Entry(kind).name; }

std::string KindId(Kind kind) {
  char text[16];
  std::snprintf(text, sizeof text, "PIPE%03d", static_cast<int>(kind));
  return text;
}

Severity KindSeverity(Kind kind) { return Entry(kind).severity; }

std::optional<Kind> FindKind(int number) {
  for (const KindEntry& entry : kKinds) {
    if (static_cast<int>(entry.kind) == number) return entry.kind;
  }
  return std::nullopt;
}

std::string_view SeverityName(Severity severity) {
  return severity == Severity::kError ? "error" : severity == Severity::kWarning ? "warning" : "style";
}

Diagnostic& Diagnostics::Report(Kind kind, Span span, std::string message, std::string label) {
  Diagnostic made;
  made.kind = kind;
  made.severity = KindSeverity(kind);
  made.span = span;
  made.message = std::move(message);
  made.label = std::move(label);
  all_.push_back(std::move(made));
  return all_.back();
}

Diagnostic& Diagnostics::ReportWhole(Kind kind, std::string message) {
  Diagnostic& made = Report(kind, {}, std::move(message));
  made.has_span = false;
  return made;
}

void Diagnostics::Add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }

int Diagnostics::Count(Severity severity) const {
  return static_cast<int>(
      std::count_if(all_.begin(), all_.end(), [&](const Diagnostic& d) { return d.severity == severity; }));
}

void Diagnostics::Sort() {
  auto key = [](const Diagnostic& d) {
    return std::tuple(!d.has_span, d.span.file, d.span.begin, d.span.end, static_cast<int>(d.kind),
                      std::string_view(d.message));
  };
  std::stable_sort(all_.begin(), all_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  all_.erase(std::unique(all_.begin(), all_.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
             all_.end());
}

}  // namespace cdc::diag
