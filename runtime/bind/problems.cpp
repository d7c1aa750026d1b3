#include "runtime/bind/problems.h"

namespace cdc::bind {
namespace {

struct Kind {
  int id;
  const char* name;
};

// The kinds that need a table's columns to be found (LANGUAGE §14).
constexpr Kind kKinds[] = {
    {10, "not-available-yet"},
    {101, "unknown-column"},
    {103, "unknown-name"},
    {104, "unknown-function"},
    {105, "wrong-arguments"},
    {106, "type-mismatch"},
    {107, "unknown-enum-label"},
    {108, "unhandled-failure"},
    {109, "null-into-not-null"},
    {110, "range-not-provable"},
    {111, "string-number-comparison"},
    {112, "ambiguous-instant"},
    {113, "bad-regex"},
    {114, "format-cannot-express"},
    {116, "bad-setting-value"},
    {117, "secret-in-data"},
    {118, "sensitive-leak"},
    {119, "no-such-image"},
    {122, "invalid-topic"},
    {125, "table-without-key"},
    {126, "tombstone-without-key"},
    {127, "key-not-published"},
    {132, "wrong-place"},
    {138, "literal-secret"},
    {139, "duplicate-output"},
};

std::string Digits(int id) {
  std::string digits = std::to_string(id);
  return std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

}  // namespace

std::string KindText(int id) {
  for (const Kind& kind : kKinds) {
    if (kind.id == id) return "PIPE" + Digits(id) + " " + kind.name;
  }
  return "PIPE" + Digits(id);
}

void Problems::Add(int id, const expr::Origin& origin, std::string message) {
  expr::Problem problem;
  problem.id = id;
  problem.message = std::move(message);
  problem.origin = origin;
  problems_.push_back(std::move(problem));
}

Error Problems::ToError(const std::string& misfit) const {
  std::string text = "the program does not fit " + misfit;
  for (const expr::Problem& problem : problems_) {
    text +=
        "\n" + plan::Where(*plan_, problem.origin) + ": error: " + problem.message + " [" + KindText(problem.id) + "]";
    if (!problem.label.empty()) text += "\n  " + problem.label;
    for (const std::string& note : problem.notes) text += "\n  = " + note;
  }
  return Error(ErrorCode::kConfig, std::move(text));
}

}  // namespace cdc::bind
