#include "compiler/driver/driver.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include "compiler/command/findings.h"
#include "compiler/driver/command.h"
#include "compiler/sema/names.h"

namespace cdc::driver {

using namespace command;
namespace {

constexpr std::array<std::string_view, 1> kLaterCommands = {"lsp"};

constexpr const char* kHelpHead =
    R"(pipec compiles .pipe programs: change streams of MySQL and MariaDB into Kafka, files or standard output.
It needs no server and opens no connection; `piperun` runs what it has checked.

)";

constexpr const char* kHelpTail = R"(  pipec --version

Options of commands that read programs:
  --param NAME=VALUE      sets a parameter of the program; may be repeated
  --params FILE           sets parameters from lines NAME=VALUE
  --schema DIR            schema snapshots, instead of the project's `schema/`
  --require-schema        refuses a source that has no snapshot
  --jobs N                works on N files at once (default: one for each core); the output is the same
  --color WHEN            auto, always, never
  --quiet                 no summary line
  --help                  behind a command: more about it

A first program:

  source db: mysql { address = 'localhost:3306'; user = 'cdc'; password = env('MYSQL_PASSWORD'); }
  sink bus: kafka { brokers = ['localhost:9092']; }
  pipe hello { from db; into bus; table shop.orders; }

Exit codes: 0 nothing found · 1 the program has errors, another layout with fmt --check, a diff with --dry-run · 2 wrong usage, or a file that
cannot be read · 4 diff found differences · 5 some of them breaking · 70 a bug of ours.
)";

const Command* FindCommand(const std::string& name) {
  const std::vector<Command>& all = Commands();
  auto found = std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string HelpText() {
  std::string text = kHelpHead;
  for (const Command& command : Commands()) text += command.lines;
  text += kHelpTail;
  std::string later;
  for (std::string_view command : kLaterCommands) {
    later += (later.empty() ? "" : ", ") + std::string(command);
  }
  return text + "Commands of later releases: " + later + ".\n";
}

std::string WhyNoCommand(const std::string& word) {
  if (word == "test") return "`pipec` checks tests, `piperun test` runs them";
  if (std::find(kLaterCommands.begin(), kLaterCommands.end(), word) != kLaterCommands.end()) {
    return Later("`pipec " + word + "`").message();
  }
  std::vector<std::string> names = {"--help", "--version"};
  for (const Command& command : Commands()) names.emplace_back(command.name);
  std::string hint = sema::DidYouMean(word, names);
  return "unknown command `" + word + "`" + (hint.empty() ? "" : ": " + hint);
}

bool IsHelp(const std::string& word) { return word == "--help" || word == "-h"; }

}  // namespace

const std::vector<Command>& Commands() {
  static const std::vector<Command>* const commands = new std::vector<Command>{
#define PIPEWRIGHT_COMMAND(function, name) function(),
#include "compiler/driver/commands.def"
#undef PIPEWRIGHT_COMMAND
  };
  return *commands;
}

int RunPipec(const std::vector<std::string>& words, const Terminal& terminal) {
  if (words.empty() || IsHelp(words[0]) || words[0] == "help") {
    terminal.out << HelpText();
    return 0;
  }
  if (words[0] == "--version") {
    terminal.out << "pipec " << PIPEWRIGHT_VERSION << "\n";
    return 0;
  }
  std::vector<std::string> rest(words.begin() + 1, words.end());
  const Command* command = FindCommand(words[0]);
  if (command == nullptr) return RefuseWords(WhyNoCommand(words[0]), FormAskedFor(rest, "--format"), false, terminal);
  if (std::any_of(rest.begin(), rest.end(), IsHelp)) {
    terminal.out << command->help;
    return 0;
  }
  Result<int> code = command->run(rest, terminal);
  if (code.ok()) return *code;
  std::string option(command->form_option);
  return RefuseWords(code.error().message(), FormAskedFor(rest, option), option != "--format", terminal);
}

}  // namespace cdc::driver
