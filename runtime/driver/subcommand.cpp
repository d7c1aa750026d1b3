#include "runtime/driver/subcommand.h"

#include <algorithm>
#include <cstdio>

namespace cdc::driver {
namespace {

constexpr const char* kHelpHead =
    R"(piperun runs .pipe programs: change streams of MySQL and MariaDB into Kafka, files or standard output.
Into Kafka exactly once: rows and position are one Kafka transaction, so a crash loses nothing and repeats nothing.

)";

constexpr const char* kHelpTail = R"(  piperun COMMAND --help  its options
  piperun --version

FILE is a .pipe program or the JSON plan that `pipec plan --format json` writes; both run the same.
`pipec check FILE` finds mistakes without a server; `pipec plan FILE` shows what goes where.

A first run, to see what the records look like:

  $ cat hello.pipe
  source db: mysql { address = 'localhost:3306'; user = 'cdc'; password = env('MYSQL_PASSWORD'); }
  sink out: stdout {}
  pipe hello { from db; into out; format canal_json; table shop.orders; }
  $ MYSQL_PASSWORD=… piperun run hello.pipe --until-caught-up

What it needs:

  server    log_bin, binlog_format=ROW, binlog_row_image=FULL
  account   GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO cdc@'%'
  Kafka     transactions, and the topic _pipewright, where positions are kept; it is made if it may be

Exit codes: 0 stopped cleanly or caught up · 1 the program is wrong, or the server is not ready for it · 2 wrong usage
3 server, broker or position lost for good, or another process took over · 6 a `fail` rule of the program stopped it
70 a bug of ours.
)";

// In the order of the list.
const std::vector<Subcommand>& Subcommands() {
  static const std::vector<Subcommand>* const all = new std::vector<Subcommand>{
#define PIPERUN_SUBCOMMAND(function, name) function(),
#include "runtime/driver/subcommands.def"
#undef PIPERUN_SUBCOMMAND
  };
  return *all;
}

std::string HelpText() {
  std::string text = kHelpHead;
  for (const Subcommand& each : Subcommands()) text += each.lines;
  return text + kHelpTail;
}

bool IsHelp(const std::string& word) { return word == "--help" || word == "-h"; }

void Write(std::string_view text, FILE* to) { std::fwrite(text.data(), 1, text.size(), to); }

}  // namespace

int RunPiperun(const std::vector<std::string>& words) {
  if (words.empty() || IsHelp(words[0])) {
    Write(HelpText(), words.empty() ? stderr : stdout);
    return words.empty() ? 2 : 0;
  }
  if (words[0] == "--version" || words[0] == "-V") {
    std::puts("piperun " PIPEWRIGHT_VERSION);
    return 0;
  }
  const auto& all = Subcommands();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Subcommand& each) { return each.name == words[0]; });
  if (found == all.end()) {
    std::fprintf(stderr, "error: `%s` is not a command of this release; see piperun --help\n", words[0].c_str());
    return 2;
  }
  if (std::any_of(words.begin() + 1, words.end(), IsHelp)) {
    Write(found->help, stdout);
    return 0;
  }
  return found->run({words.begin() + 1, words.end()});
}

}  // namespace cdc::driver
