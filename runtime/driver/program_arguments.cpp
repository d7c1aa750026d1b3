#include "runtime/driver/program_arguments.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace cdc::driver {
namespace {

Error ArgumentError(const std::string& text) { return Error(ErrorCode::kUsage, text); }

Status SetParam(const std::string& text, ProgramArguments* out) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return ArgumentError("a parameter is NAME=VALUE, not `" + text + "`");
  out->params[text.substr(0, equals)] = text.substr(equals + 1);
  out->compile_option = "--param";
  return OkStatus();
}

Status ReadParams(const std::string& path, ProgramArguments* out) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return ArgumentError("cannot read `" + path + "`: it is a directory");
  std::ifstream in(path);
  if (!in) return ArgumentError("cannot read `" + path + "`");
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    RETURN_IF_ERROR(SetParam(line, out));
  }
  out->compile_option = "--params";
  return OkStatus();
}

Status SetColor(const std::string& when, ProgramArguments* out) {
  if (when == "auto")
    out->color = ProgramArguments::Color::kAuto;
  else if (when == "always")
    out->color = ProgramArguments::Color::kAlways;
  else if (when == "never")
    out->color = ProgramArguments::Color::kNever;
  else
    return ArgumentError("--color is auto, always or never, not `" + when + "`");
  return OkStatus();
}

// One program is read: there is nothing to work on side by side.
Status CheckJobs(const std::string& count, ProgramArguments*) {
  const bool digits = !count.empty() && count.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || count.find_first_not_of('0') == std::string::npos) {
    return ArgumentError("`--jobs` is a whole number from 1, not `" + count + "`");
  }
  return OkStatus();
}

Status SetSchema(const std::string& directory, ProgramArguments* out) {
  out->schema_directory = directory;
  return OkStatus();
}

}  // namespace

ValueSetter FindProgramOption(const std::string& name, ProgramArguments* out) {
  Status (*set)(const std::string&, ProgramArguments*) = nullptr;
  if (name == "--param") set = SetParam;
  if (name == "--params") set = ReadParams;
  if (name == "--color") set = SetColor;
  if (name == "--schema") set = SetSchema;
  if (name == "--jobs") set = CheckJobs;
  if (set == nullptr) return nullptr;
  return [set, out](const std::string& value) { return set(value, out); };
}

bool SetProgramFlag(const std::string& name, ProgramArguments* out) {
  if (name == "--require-schema") {
    out->require_schema = true;
    out->compile_option = name;
    return true;
  }
  if (name != "--quiet" && name != "-q") return false;
  out->quiet = true;
  return true;
}

bool WantsColor(const ProgramArguments& arguments) {
  if (arguments.color == ProgramArguments::Color::kAuto) return isatty(STDERR_FILENO) != 0;
  return arguments.color == ProgramArguments::Color::kAlways;
}

Status ReadWords(const std::vector<std::string>& words, const std::string& command, const WordHandlers& handlers) {
  const auto usage = [&](const std::string& text) {
    return ArgumentError(text + "; see piperun " + command + " --help");
  };
  for (size_t i = 0; i < words.size(); ++i) {
    std::string name = words[i];
    if (name.size() < 2 || name[0] != '-') {
      RETURN_IF_ERROR(handlers.word(name));
      continue;
    }
    if (handlers.flag(name)) continue;
    if (handlers.refuse != nullptr) RETURN_IF_ERROR(handlers.refuse(name));
    std::optional<std::string> value;
    if (const size_t equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    const ValueSetter set = handlers.option(name);
    if (set == nullptr) return usage("unknown option `" + name + "`");
    if (!value.has_value()) {
      if (i + 1 == words.size()) return usage("`" + name + "` needs a value");
      value = words[++i];
    }
    Status done = set(*value);
    if (!done.ok()) return done.error().message().ends_with("--help") ? done : usage(done.error().message());
  }
  return OkStatus();
}

}  // namespace cdc::driver
