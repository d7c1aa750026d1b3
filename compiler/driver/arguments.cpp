#include "compiler/driver/arguments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "compiler/load/snapshot.h"
#include "compiler/sema/names.h"

namespace cdc::driver {
namespace {

constexpr std::array<std::string_view, 7> kLaterCommands = {"lint", "fix", "diff", "explain", "doc", "lsp", "test"};

Error Usage(const std::string& text) { return Error(ErrorCode::kUsage, text); }
Error Later(const std::string& what) { return Usage(what + " is not available in this release"); }

class Parser {
 public:
  explicit Parser(const std::vector<std::string>& words) : words_(words) {}

  Result<Arguments> Run() {
    if (words_.empty() || words_[0] == "--help" || words_[0] == "-h" || words_[0] == "help") return arguments_;
    if (words_[0] == "--version") {
      arguments_.command = Command::kVersion;
      return arguments_;
    }
    RETURN_IF_ERROR(ReadCommand(words_[0]));
    for (at_ = 1; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (word == "--help" || word == "-h") {
        arguments_.command = Command::kHelp;
        arguments_.help_of = words_[0];
        return arguments_;
      }
      if (word.size() > 1 && word[0] == '-') {
        RETURN_IF_ERROR(Option(word));
      } else {
        arguments_.files.push_back(word);
      }
    }
    return Finish();
  }

 private:
  Status ReadCommand(const std::string& word) {
    if (word == "check" || word == "fmt" || word == "plan") {
      arguments_.command = word == "check" ? Command::kCheck : word == "fmt" ? Command::kFmt : Command::kPlan;
      return OkStatus();
    }
    if (std::find(kLaterCommands.begin(), kLaterCommands.end(), word) != kLaterCommands.end()) {
      return Later("`pipec " + word + "`");
    }
    std::string hint = sema::DidYouMean(word, {"check", "fmt", "plan", "--help", "--version"});
    return Usage("unknown command `" + word + "`" + (hint.empty() ? "" : ": " + hint));
  }

  Status Option(const std::string& word) {
    size_t equals = word.find('=');
    std::string name = word.substr(0, equals);
    if (equals != std::string::npos) inline_value_ = word.substr(equals + 1);
    Status status = Known(name);
    if (status.ok() && inline_value_) return Usage("`" + name + "` takes no value");
    inline_value_.reset();
    return status;
  }

  Result<std::string> Value(const std::string& name) {
    if (inline_value_) {
      std::string value = *inline_value_;
      inline_value_.reset();
      return value;
    }
    if (at_ + 1 >= words_.size()) return Usage("`" + name + "` needs a value");
    return words_[++at_];
  }

  Status Known(const std::string& name) {
    if (name == "--quiet" || name == "-q") {
      arguments_.quiet = true;
      return OkStatus();
    }
    if (name == "--require-schema") {
      arguments_.options.require_schema = true;
      return OkStatus();
    }
    if (name == "--check" && arguments_.command == Command::kFmt) {
      arguments_.list_only = true;
      return OkStatus();
    }
    if (name == "--explain") return Later("`--explain`");
    static constexpr std::array<std::string_view, 7> kWithValue = {"--param",       "--params", "--schema", "--format",
                                                                   "--diagnostics", "--color",  "--jobs"};
    if (std::find(kWithValue.begin(), kWithValue.end(), name) == kWithValue.end()) {
      std::vector<std::string> names(kWithValue.begin(), kWithValue.end());
      names.insert(names.end(), {"--quiet", "--require-schema", "--help"});
      if (arguments_.command == Command::kFmt) names.emplace_back("--check");
      std::string hint = sema::DidYouMean(name, names);
      return Usage("unknown option `" + name + "`" + (hint.empty() ? "" : ": " + hint));
    }
    ASSIGN_OR_RETURN(std::string value, Value(name));
    if (name == "--param") return Param(value);
    if (name == "--params") return Params(value);
    if (name == "--schema") {
      arguments_.options.schema_dir = value;
      return OkStatus();
    }
    if (name == "--color") return ReadColor(value);
    if (name == "--jobs") return Later("`--jobs`");
    bool of_plan = arguments_.command == Command::kPlan && name == "--format";
    return of_plan ? PlanForm(value) : DiagnosticsForm(name, value);
  }

  Status Param(const std::string& text) {
    size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return Usage("`--param` takes name=value, not `" + text + "`");
    arguments_.options.params[text.substr(0, equals)] = text.substr(equals + 1);
    return OkStatus();
  }

  Status Params(const std::string& path) {
    ASSIGN_OR_RETURN(std::string text, load::ReadFile(path));
    for (size_t at = 0; at < text.size();) {
      size_t end = std::min(text.find('\n', at), text.size());
      std::string line = text.substr(at, end - at);
      at = end + 1;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (line.empty() || line[0] == '#') continue;
      RETURN_IF_ERROR(Param(line));
    }
    return OkStatus();
  }

  Status ReadColor(const std::string& value) {
    if (value != "auto" && value != "always" && value != "never") {
      return Usage("`--color` is auto, always or never, not `" + value + "`");
    }
    arguments_.color = value == "always" ? Color::kAlways : value == "never" ? Color::kNever : Color::kAuto;
    return OkStatus();
  }

  Status PlanForm(const std::string& value) {
    if (value == "dot" || value == "mermaid") return Later("`--format " + value + "`");
    if (value != "text" && value != "json") return Usage("`--format` of plan is text or json, not `" + value + "`");
    arguments_.json_plan = value == "json";
    return OkStatus();
  }

  Status DiagnosticsForm(const std::string& name, const std::string& value) {
    for (const char* later : {"sarif", "github", "gitlab", "junit"}) {
      if (value == later) return Later("`" + name + " " + value + "`");
    }
    if (value != "human" && value != "compact" && value != "json") {
      return Usage("`" + name + "` is human, compact or json, not `" + value + "`");
    }
    arguments_.diagnostics = value == "human" ? Form::kHuman : value == "json" ? Form::kJson : Form::kCompact;
    return OkStatus();
  }

  Result<Arguments> Finish() {
    if (arguments_.files.empty())
      return Usage("`pipec " + words_[0] + "` needs a " + (arguments_.command == Command::kFmt ? "path" : "file"));
    if (arguments_.command == Command::kPlan && arguments_.files.size() > 1) {
      return Usage("`pipec plan` takes one file, not " + std::to_string(arguments_.files.size()));
    }
    arguments_.options.demand_params = arguments_.json_plan;
    return arguments_;
  }

  const std::vector<std::string>& words_;
  size_t at_ = 0;
  std::optional<std::string> inline_value_;
  Arguments arguments_;
};

constexpr const char* kHelp =
    R"(pipec compiles .pipe programs: change streams of MySQL and MariaDB into Kafka, files or standard output.
It needs no server and opens no connection; `piperun` runs what it has checked.

  pipec check FILE…       finds mistakes: names, settings, types, rules that can never match
  pipec fmt PATH…         gives programs their layout, in place; --check only lists those that have another
  pipec plan FILE         shows what the program will do: every table, its topic, key and partition
  pipec plan FILE --format json
                          the plan as a document that `piperun run` takes too
  pipec --version

Options of all:
  --param NAME=VALUE      sets a parameter of the program; may be repeated
  --params FILE           sets parameters from lines NAME=VALUE
  --schema DIR            schema snapshots, instead of the project's `schema/`
  --require-schema        refuses a source that has no snapshot
  --color WHEN            auto, always, never
  --quiet                 no summary line
  --help                  behind a command: more about it

A first program:

  source db: mysql { address = 'localhost:3306'; user = 'cdc'; password = env('MYSQL_PASSWORD'); }
  sink bus: kafka { brokers = ['localhost:9092']; }
  pipe hello { from db; into bus; table shop.orders; }

Exit codes: 0 nothing found · 1 the program has errors, or another layout with fmt --check · 2 wrong usage, or a file that cannot be read · 70 a bug of ours.
Commands of later releases: lint, fix, diff, explain, doc, lsp.
)";

constexpr const char* kCheckHelp = R"(pipec check FILE… [options]

Reads each program with everything it imports and reports its errors on standard output: 0 if there are none, else 1.
Parameters with a finite domain are checked for all their values. With a schema snapshot (schema/<source>/<database>/<table>.sql,
as SHOW CREATE TABLE prints it) columns and types are checked too; without one, what was skipped is counted.

  --format FORMAT         human (default), compact (one line each), json
  --param NAME=VALUE, --params FILE, --schema DIR, --require-schema, --color WHEN, --quiet: as in pipec --help

  $ pipec check orders.pipe
  error: `payed` is not a label of column `status` [PIPE107 unknown-enum-label]
    --> orders.pipe:26:22
)";

constexpr const char* kPlanHelp = R"(pipec plan FILE [options]

Shows, for every pipe, each table of the schema snapshot with the rule that owns it, its topic, key, partition, format and filter;
without a snapshot, the rules themselves. Errors go to standard error.

  --format text|json      text for people (default); json for `piperun run` and other programs, which needs a value
                          for every parameter; it records the project's folder, where its relative paths start
  --diagnostics FORMAT    how errors are written: human (default), compact, json
  --param NAME=VALUE, --params FILE, --schema DIR, --require-schema, --color WHEN, --quiet: as in pipec --help
)";

constexpr const char* kFmtHelp = R"(pipec fmt PATH… [options]

Gives each program the one layout: two spaces of indent, one clause to a line, words of the language in lower case, lines of at
most 100 columns, nothing aligned. Names, literals, parentheses and comments stay as they are. A directory stands for
the `.pipe` files in it, but for what `.gitignore` excludes and names that start with a period; `-` is standard input,
whose layout goes to standard output. A file with a syntax error is reported on standard error and left alone.

Blank lines between items stay, at most one. A block of settings that fits is on one line if it was:
  retry { first = 200ms; max = 30s; }

  --check                 changes nothing; lists the files that have another layout, and ends with 1 if there are any
  --format FORMAT         how errors are written: human (default), compact, json
  --quiet                 no summary line
  --color WHEN            auto, always, never

The options of pipec --help about parameters and schemas are taken and do nothing here.
)";

}  // namespace

Result<Arguments> ParseArguments(const std::vector<std::string>& words) { return Parser(words).Run(); }

bool AsksForJson(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  const std::string option = words[0] == "plan" ? "--diagnostics" : "--format";
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] == option + "=json") return true;
    if (words[i] == option && i + 1 < words.size() && words[i + 1] == "json") return true;
  }
  return false;
}

std::string HelpText(const std::string& command) {
  return command == "check" ? kCheckHelp : command == "fmt" ? kFmtHelp : command == "plan" ? kPlanHelp : kHelp;
}

}  // namespace cdc::driver
