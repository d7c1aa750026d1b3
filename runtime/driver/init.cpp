// piperun init: a first program for a server, with its schema snapshot, and what the server lacks.

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "compiler/format/format.h"
#include "runtime/driver/first_program.h"
#include "runtime/driver/program_arguments.h"
#include "runtime/driver/schema_program.h"
#include "runtime/driver/server_url.h"
#include "runtime/driver/subcommand.h"
#include "runtime/engine/retry.h"
#include "runtime/schema_files/folder.h"
#include "runtime/schema_files/readiness.h"
#include "stdlib/core/names.h"

namespace cdc::driver {
namespace {

constexpr const char* kInitLines =
    R"(  piperun init mysql://…     looks at a server and writes a first program for it, with its schema snapshot
)";

constexpr const char* kInitHelp = R"(piperun init mysql://USER@HOST[:PORT]/[DATABASE,…] [FILE] [options]

Looks at a server and writes a first, commented program that captures its tables, and their schema snapshot. Without
databases, all of them. Tables without a key, and those that cannot be captured, are left out with the reason. Says what
the server and the account lack, with the statements to run.

The password comes from the environment, PIPEWRIGHT_PASSWORD or MYSQL_PWD, or is asked for on a terminal. It is written
nowhere. FILE is DATABASE.pipe, or first.pipe for several.

  --brokers HOST:PORT,…  the program writes into Kafka there; else to standard output
  --tls WORD             verify_identity, verify_ca or trust_any
  --tls-ca FILE          the authority that signed the server's certificate
  --schema DIR           where the snapshot goes, instead of the project's `schema/`
  --force                replaces FILE and snapshot that are there
  --quiet, -q            errors only

Exit codes: 0 written · 1 nothing to capture · 2 wrong usage, or FILE is there · 3 the server cannot be reached

  $ PIPEWRIGHT_PASSWORD=… piperun init mysql://cdc@localhost:3306/shop
  $ PIPEWRIGHT_PASSWORD=… piperun run shop.pipe --until-caught-up
)";

struct InitArguments : ProgramArguments {
  ServerUrl url;
  bool has_url = false;
  std::vector<std::string> brokers;
  std::string tls;
  std::string tls_ca;
  bool force = false;
};

Error InitUsage(const std::string& text) { return Error(ErrorCode::kUsage, text + "; see piperun init --help"); }

Status TakeInitWord(const std::string& word, InitArguments* out) {
  if (!out->has_url) {
    ASSIGN_OR_RETURN(out->url, ReadServerUrl(word));
    out->has_url = true;
    return OkStatus();
  }
  // A second word may be a URL with a password: it is not repeated.
  if (!out->file.empty() || word.find("://") != std::string::npos) return InitUsage("one server and one FILE");
  out->file = word;
  return OkStatus();
}

Status SetTlsWord(const std::string& word, InitArguments* out) {
  if (word != "verify_identity" && word != "verify_ca" && word != "trust_any") {
    return InitUsage("--tls is verify_identity, verify_ca or trust_any, not `" + word + "`");
  }
  out->tls = word;
  return OkStatus();
}

Status SetBrokers(std::string list, InitArguments* out) {
  for (size_t at = 0; at <= list.size();) {
    const size_t comma = std::min(list.find(',', at), list.size());
    if (comma > at) out->brokers.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return out->brokers.empty() ? Status(InitUsage("--brokers is HOST:PORT,…")) : OkStatus();
}

ValueSetter FindInitOption(const std::string& name, InitArguments* out) {
  if (name == "--brokers") return [out](const std::string& value) { return SetBrokers(value, out); };
  if (name == "--tls") return [out](const std::string& value) { return SetTlsWord(value, out); };
  if (name == "--tls-ca") {
    return [out](const std::string& value) {
      out->tls_ca = value;
      return OkStatus();
    };
  }
  return FindProgramOption(name, out);
}

Result<InitArguments> ParseInitArguments(const std::vector<std::string>& words) {
  InitArguments out;
  const auto flag = [&](const std::string& name) {
    if (name != "--force") return SetProgramFlag(name, &out);
    return out.force = true;
  };
  RETURN_IF_ERROR(ReadWords(words, "init",
                            {.flag = flag,
                             .option = [&](const std::string& name) { return FindInitOption(name, &out); },
                             .word = [&](const std::string& word) { return TakeInitWord(word, &out); }}));
  if (!out.has_url) return InitUsage("no server: mysql://user@host:port/database,…");
  if (!out.tls_ca.empty() && out.tls.empty()) out.tls = "verify_identity";
  if (out.tls == "trust_any") out.tls_ca.clear();
  if (out.file.empty()) {
    const auto& databases = out.url.databases;
    const bool plain = databases.size() == 1 && databases[0].find('/') == std::string::npos && databases[0][0] != '.';
    out.file = (plain ? databases[0] : "first") + ".pipe";
  }
  return out;
}

std::string AskForPassword(const std::string& whose) {
  termios before = {};
  const bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  // Before it asks: what is typed from then on is neither shown nor thrown away.
  if (terminal) tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  std::fprintf(stderr, "password of %s: ", whose.c_str());
  std::string password;
  std::getline(std::cin, password);
  if (terminal) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  std::fputs("\n", stderr);
  return password;
}

struct Login {
  std::string password;
  std::string variable;  // of the environment, for the program; empty: there is no password
};

Login FindLogin(const ServerUrl& url) {
  constexpr const char* kVariable = "PIPEWRIGHT_PASSWORD";
  for (const char* name : {kVariable, "MYSQL_PWD"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return {value, name};
  }
  Login login;
  if (!url.password.empty()) {
    std::fputs(
        "warning: a password on the command line can be read by everybody on this machine; set PIPEWRIGHT_PASSWORD\n",
        stderr);
    login.password = url.password;
  } else if (isatty(STDIN_FILENO) != 0) {
    login.password = AskForPassword(url.user + "@" + url.address);
  }
  if (!login.password.empty()) login.variable = kVariable;
  return login;
}

mysql::ConnectOptions ConnectOptionsOf(const InitArguments& arguments, const std::string& password) {
  mysql::ConnectOptions options;
  options.address = arguments.url.address;
  options.user = arguments.url.user;
  options.password = password;
  if (arguments.tls == "verify_identity") options.tls = mysql::Tls::kVerifyIdentity;
  if (arguments.tls == "verify_ca") options.tls = mysql::Tls::kVerifyCa;
  if (arguments.tls == "trust_any") options.tls = mysql::Tls::kTrustAny;
  options.tls_ca = arguments.tls_ca;
  return options;
}

struct Look {
  FirstProgram program;
  std::vector<schema_files::Missing> missing;
};

Status ReadSizes(mysql::Connection* sql, FirstProgram* out) {
  ASSIGN_OR_RETURN(const mysql::TextResult found,
                   sql->Query("SELECT TABLE_SCHEMA, TABLE_NAME, COALESCE(TABLE_ROWS, 0), COALESCE(DATA_LENGTH, 0) + "
                              "COALESCE(INDEX_LENGTH, 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN "
                              "('information_schema', 'performance_schema', 'mysql', 'sys')"));
  const auto number = [](const std::optional<std::string>& cell) {
    return std::strtoull(cell.value_or("0").c_str(), nullptr, 10);
  };
  for (const mysql::TextRow& row : found.rows) {
    out->sizes[{row.at(0).value_or(""), row.at(1).value_or("")}] = {number(row.at(2)), number(row.at(3))};
  }
  return OkStatus();
}

Result<Look> LookAtServer(const InitArguments& arguments, const Login& login) {
  Look look;
  FirstProgram& program = look.program;
  program.file = std::filesystem::path(arguments.file).filename().string();
  program.address = arguments.url.address;
  program.user = arguments.url.user;
  program.password_variable = login.variable;
  program.tls = arguments.tls;
  if (!arguments.tls_ca.empty()) program.tls_ca = std::filesystem::absolute(arguments.tls_ca).string();
  program.brokers = arguments.brokers;
  const mysql::ConnectOptions connect = ConnectOptionsOf(arguments, login.password);
  const std::vector<std::string>& wanted = arguments.url.databases;
  const auto all = WantsAll();
  ASSIGN_OR_RETURN(program.server,
                   schema_files::ReadServerSchema(connect, [&](const std::string& database, const std::string& table) {
                     if (wanted.empty()) return all(database, table);
                     return std::count(wanted.begin(), wanted.end(), database) > 0;
                   }));
  ASSIGN_OR_RETURN(const auto sql, mysql::Connection::Open(connect));
  RETURN_IF_ERROR(ReadSizes(sql.get(), &program));
  ASSIGN_OR_RETURN(look.missing, schema_files::FindMissing(sql.get()));
  for (const auto& [name, text] : program.server.tables) {
    if (program.databases.empty() || program.databases.back() != name.first) program.databases.push_back(name.first);
  }
  for (const std::string& database : wanted) {
    if (std::count(program.databases.begin(), program.databases.end(), database) > 0) continue;
    return Error(ErrorCode::kConfig, "database `" + database +
                                         "` has no table: there is none, or the account may not SELECT from it; GRANT "
                                         "SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO it");
  }
  if (program.databases.empty()) {
    return Error(ErrorCode::kConfig,
                 "the server has no table: there is none, or the account may not SELECT from any; GRANT SELECT, "
                 "REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO it");
  }
  return look;
}

// Errors: kUsage, the file is there, or cannot be written.
Status WriteProgram(const std::string& path, const std::string& text, bool force) {
  const std::string made = force ? path + ".new" : path;
  const int file = ::open(made.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL), 0666);
  if (file < 0) return Error(ErrorCode::kUsage, "cannot write `" + made + "`: " + std::strerror(errno));
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(file, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    rest.remove_prefix(static_cast<size_t>(written));
  }
  const bool done = rest.empty() && ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (done && (!force || ::rename(made.c_str(), path.c_str()) == 0)) return OkStatus();
  ::unlink(made.c_str());
  return Error(ErrorCode::kUsage, "cannot write `" + path + "`: " + std::strerror(error));
}

std::string Formatted(const std::string& path, const std::string& text) {
  source::SourceFiles files;
  diag::Diagnostics mistakes;
  const uint32_t file = files.Add(path, text);
  return format::Format(files, file, &mistakes).value_or(text);
}

void TellMissing(const std::vector<schema_files::Missing>& all) {
  for (const schema_files::Missing& missing : all) {
    std::fprintf(stderr, "%s: %s\n", missing.needed ? "the server is not ready" : "better", missing.what.c_str());
    std::string remedy = missing.remedy;
    for (size_t at = 0; (at = remedy.find('\n', at)) != std::string::npos; at += 3) remedy.replace(at, 1, "\n  ");
    std::fprintf(stderr, "  %s\n", remedy.c_str());
  }
}

int FailInit(const Error& error) {
  std::fprintf(stderr, "error: %s\n", error.message().c_str());
  return engine::ExitCode(error.code());
}

// The snapshot of what the new program captures. Returns its folder as people see it.
Result<std::string> WriteSnapshot(const SchemaProgram& program, schema_files::ServerSchema server, bool force) {
  const schema_files::Wants wants = WantsOf(program.plan, "db");
  std::erase_if(server.tables, [&](const auto& table) { return !wants(table.first.first, table.first.second); });
  const std::string shown = program.schema_shown + "/db";
  ASSIGN_OR_RETURN(const auto folder, schema_files::ReadFolder(std::filesystem::path(program.schema_home) / "db"));
  if (!force && (!folder.facts.empty() || !folder.tables.empty())) {
    return Error(ErrorCode::kUsage, "`" + shown +
                                        "` has a snapshot already, perhaps of another server; --force replaces " +
                                        "it, --schema DIR puts the new one elsewhere");
  }
  RETURN_IF_ERROR(schema_files::WriteFolder(folder, server, shown, UtcNow()));
  return shown;
}

int RunInit(const InitArguments& arguments) {
  std::error_code ignored;
  if (!arguments.force && std::filesystem::exists(std::filesystem::symlink_status(arguments.file, ignored))) {
    return FailInit(Error(ErrorCode::kUsage, "`" + arguments.file + "` is there already; --force replaces it"));
  }
  auto look = LookAtServer(arguments, FindLogin(arguments.url));
  if (!look.ok()) return FailInit(look.error());
  FirstText text = WriteFirstProgram(look->program);
  if (Status written = WriteProgram(arguments.file, Formatted(arguments.file, text.text), arguments.force);
      !written.ok()) {
    return FailInit(written.error());
  }
  int exit_code = 0;
  const auto program = LoadSchemaProgram(arguments, &exit_code);
  if (!program.has_value()) return exit_code;
  const auto shown = WriteSnapshot(*program, std::move(look->program.server), arguments.force);
  if (!shown.ok()) {
    if (!arguments.force) ::unlink(arguments.file.c_str());
    return FailInit(shown.error());
  }
  if (!arguments.quiet) {
    std::printf("%s: %zu table%s captured, snapshot in %s\n", arguments.file.c_str(), text.captured,
                text.captured == 1 ? "" : "s", shown->c_str());
    for (const std::string& skipped : text.skipped) std::printf("  left out: %s\n", skipped.c_str());
  }
  TellMissing(look->missing);
  return 0;
}

int RunInitWords(const std::vector<std::string>& words) {
  const auto arguments = ParseInitArguments(words);
  if (arguments.ok()) return RunInit(*arguments);
  std::fprintf(stderr, "error: %s\n", arguments.error().message().c_str());
  return 2;
}

}  // namespace

Subcommand InitSubcommand() { return {.name = "init", .lines = kInitLines, .help = kInitHelp, .run = RunInitWords}; }

}  // namespace cdc::driver
