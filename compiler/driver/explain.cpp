#include "compiler/explain/explain.h"

#include <ostream>

#include "compiler/driver/command.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr const char* kExplainLines =
    "  pipec explain NAME…     the page of a rule (PIPE107), difference (DIFF201), function, format or setting\n";

constexpr const char* kExplainHelp = R"(pipec explain [ID|NAME…]

Prints the page of a rule (PIPE107, 107, unknown-enum-label), a difference (DIFF201, filter-widened), a function (mask),
a format or another kind (canal_json, kafka), or a setting (heartbeat, snapshot.parallel). Without a name: all names. Exit code 2: a name is unknown.
)";

// Words are names and no options: `-` and `->` are operators.
Result<int> Explain(const std::vector<std::string>& words, const Terminal& terminal) {
  if (words.empty()) terminal.out << explain::Overview();
  int code = 0;
  bool first = true;
  for (const std::string& word : words) {
    const std::string page = explain::Explain(word);
    if (page.empty()) {
      const std::string hint = explain::Suggest(word);
      terminal.err << "pipec: nothing is called `" << word << "`" << (hint.empty() ? "" : ": " + hint)
                   << "\ntry: pipec explain\n";
      code = 2;
      continue;
    }
    terminal.out << (first ? "" : "\n") << page;
    first = false;
  }
  return code;
}

}  // namespace

Command ExplainCommand() { return {.name = "explain", .lines = kExplainLines, .help = kExplainHelp, .run = Explain}; }

}  // namespace cdc::driver
