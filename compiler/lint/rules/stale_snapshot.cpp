#include "compiler/lint/dates.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

constexpr int64_t kMillisecondsOfDay = int64_t{24} * 60 * 60 * 1000;
constexpr int64_t kDaysDefault = 30;

// `10.11.19-MariaDB` and `MariaDB 10.11.19` are MariaDB 10; empty: it cannot be told.
std::string MajorVersion(const std::string& text) {
  const size_t digit = text.find_first_of("0123456789");
  const size_t dot = text.find('.', digit);
  if (digit == std::string::npos || dot == std::string::npos) return "";
  const bool mariadb = text.find("MariaDB") != std::string::npos;
  return (mariadb ? "MariaDB " : "MySQL ") + text.substr(digit, dot - digit);
}

// The server named in a file's heading, `-- schema/db/shop/orders.sql · MySQL 9.7.4 · pulled …`.
std::string ServerOf(const std::string& heading) {
  for (const char* name : {"MySQL ", "MariaDB "}) {
    const size_t at = heading.find(name);
    if (at != std::string::npos) return MajorVersion(heading.substr(at));
  }
  return "";
}

// The tables were pulled from another major version than the facts about the server.
void CompareVersions(const sema::Resource& source, const SnapshotFacts& facts, Diagnostics* diagnostics) {
  const std::string of_tables = ServerOf(facts.heading);
  const std::string of_server = MajorVersion(facts.version);
  if (of_tables.empty() || of_server.empty() || of_tables == of_server) return;
  diagnostics
      ->Report(Kind::kStaleSnapshot, source.span,
               "the schema snapshot of `" + source.name + "` was pulled from " + of_tables + ", and the server is " +
                   of_server,
               "pull it again")
      .notes = {"the version in `_server.json` is " + facts.version};
}

void RunStaleSnapshot(const ProgramView& program, Diagnostics* diagnostics) {
  for (const sema::Resource& source : program.checked.sources) {
    auto facts = program.input.snapshots.find(SnapshotFolder(source));
    if (facts != program.input.snapshots.end()) CompareVersions(source, facts->second, diagnostics);
  }
  std::optional<int64_t> today = ReadDay(program.input.options.today);
  if (!today) return;
  int64_t most =
      program.checked.project.Number("schema_max_age", kDaysDefault * kMillisecondsOfDay) / kMillisecondsOfDay;
  for (const sema::Resource& source : program.checked.sources) {
    auto facts = program.input.snapshots.find(SnapshotFolder(source));
    if (facts == program.input.snapshots.end()) continue;
    std::optional<int64_t> pulled = ReadDay(facts->second.pulled);
    if (!pulled || *today - *pulled <= most) continue;
    diagnostics
        ->Report(Kind::kStaleSnapshot, source.span,
                 "the schema snapshot of `" + source.name + "` is " + std::to_string(*today - *pulled) + " days old",
                 "pulled on " + facts->second.pulled)
        .notes = {"columns may have come and gone since; the project's `schema_max_age` is " + std::to_string(most) +
                  " days"};
  }
}

}  // namespace

Rule StaleSnapshot() { return {.kind = Kind::kStaleSnapshot, .of_program = RunStaleSnapshot}; }

}  // namespace cdc::lint
