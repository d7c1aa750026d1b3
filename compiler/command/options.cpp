#include "compiler/command/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "compiler/load/snapshot.h"
#include "compiler/sema/names.h"

namespace cdc::command {
namespace {

constexpr std::array<std::pair<std::string_view, Form>, 7> kForms = {{{"human", Form::kHuman},
                                                                      {"compact", Form::kCompact},
                                                                      {"json", Form::kJson},
                                                                      {"sarif", Form::kSarif},
                                                                      {"github", Form::kGithub},
                                                                      {"gitlab", Form::kGitlab},
                                                                      {"junit", Form::kJunit}}};
constexpr std::array<std::string_view, 7> kWithValue = {"--param",       "--params", "--schema", "--format",
                                                        "--diagnostics", "--color",  "--jobs"};
constexpr std::array<std::string_view, 3> kFlags = {"--quiet", "--require-schema", "--help"};

std::optional<Form> FindForm(std::string_view name) {
  for (const auto& [known, form] : kForms) {
    if (known == name) return form;
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const std::vector<std::string>& words, const std::vector<OwnOption>& own) : words_(words), own_(own) {
    options_.jobs = std::max(std::thread::hardware_concurrency(), 1u);
  }

  Result<Options> Run() {
    for (at_ = 0; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (word == "--") {
        options_.files.insert(options_.files.end(), words_.begin() + static_cast<ptrdiff_t>(at_) + 1, words_.end());
        break;
      }
      if (word.size() > 1 && word[0] == '-') {
        RETURN_IF_ERROR(Option(word));
      } else {
        options_.files.push_back(word);
      }
    }
    return options_;
  }

 private:
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
    for (const OwnOption& own : own_) {
      if (own.name != name) continue;
      if (!own.takes_value) return own.read("");
      ASSIGN_OR_RETURN(std::string value, Value(name));
      return own.read(value);
    }
    if (name == "--quiet" || name == "-q") {
      options_.quiet = true;
      return OkStatus();
    }
    if (name == "--require-schema") {
      options_.compile.require_schema = true;
      return OkStatus();
    }
    if (std::find(kWithValue.begin(), kWithValue.end(), name) == kWithValue.end()) return Unknown(name);
    ASSIGN_OR_RETURN(std::string value, Value(name));
    if (name == "--param") return Param(value);
    if (name == "--params") return Params(value);
    if (name == "--schema") {
      options_.compile.schema_dir = value;
      return OkStatus();
    }
    if (name == "--color") return ReadColor(value);
    if (name == "--jobs") {
      ASSIGN_OR_RETURN(options_.jobs, ReadNumber(name, value, 1));
      return OkStatus();
    }
    return ReadForm(name, value);
  }

  Error Unknown(const std::string& name) const {
    std::vector<std::string> names(kWithValue.begin(), kWithValue.end());
    names.insert(names.end(), kFlags.begin(), kFlags.end());
    for (const OwnOption& own : own_) names.push_back(own.name);
    std::string hint = sema::DidYouMean(name, names);
    return Usage("unknown option `" + name + "`" + (hint.empty() ? "" : ": " + hint));
  }

  Status Param(const std::string& text) {
    size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return Usage("`--param` takes name=value, not `" + text + "`");
    options_.compile.params[text.substr(0, equals)] = text.substr(equals + 1);
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
    options_.color = value == "always" ? Color::kAlways : value == "never" ? Color::kNever : Color::kAuto;
    return OkStatus();
  }

  Status ReadForm(const std::string& name, const std::string& value) {
    std::optional<Form> form = FindForm(value);
    if (!form) {
      return Usage("`" + name + "` is human, compact, json, sarif, github, gitlab or junit, not `" + value + "`");
    }
    options_.form = *form;
    return OkStatus();
  }

  const std::vector<std::string>& words_;
  const std::vector<OwnOption>& own_;
  size_t at_ = 0;
  std::optional<std::string> inline_value_;
  Options options_;
};

}  // namespace

Result<Options> ReadOptions(const std::vector<std::string>& words, const std::vector<OwnOption>& own) {
  return Reader(words, own).Run();
}

Form FormAskedFor(const std::vector<std::string>& words, const std::string& option) {
  for (size_t i = 0; i < words.size(); ++i) {
    std::string value;
    if (words[i].starts_with(option + "=")) value = words[i].substr(option.size() + 1);
    if (words[i] == option && i + 1 < words.size()) value = words[i + 1];
    if (std::optional<Form> form = FindForm(value)) return *form;
  }
  return Form::kHuman;
}

Result<size_t> ReadNumber(const std::string& option, const std::string& value, size_t least) {
  size_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < least) {
    return Usage("`" + option + "` is a whole number" + (least > 0 ? " from " + std::to_string(least) : "") +
                 ", not `" + value + "`");
  }
  return number;
}

Error Usage(const std::string& text) { return Error(ErrorCode::kUsage, text); }
Error Later(const std::string& what) { return Usage(what + " is not available in this release"); }

}  // namespace cdc::command
