#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>

#include "compiler/sema/settings.h"
#include "stdlib/catalog/setting_text.h"
#include "stdlib/core/address.h"
#include "stdlib/core/temporal.h"

namespace cdc::sema {
namespace {

using catalog::SettingDef;
using catalog::SettingKind;
using catalog::SettingValue;
using catalog::ValueType;
using diag::Kind;
using expr::ExprKind;
using expr::LiteralKind;

std::string TypeWord(ValueType type) {
  switch (type) {
    case ValueType::kNone:
    case ValueType::kName:
      return "a word";
    case ValueType::kString:
    case ValueType::kPath:
    case ValueType::kZone:
    case ValueType::kInstant:
      return "a string";
    case ValueType::kTemplate:
    case ValueType::kAddress:
    case ValueType::kNetworkAddress:
      return "a string or template";
    case ValueType::kSecret:
      return "a secret";
    case ValueType::kSecretOrText:
      return "a string or a secret";
    case ValueType::kInt:
      return "a whole number";
    case ValueType::kBool:
      return "true or false";
    case ValueType::kDuration:
      return "a duration such as 30s";
    case ValueType::kSize:
      return "a size such as 1MiB";
    case ValueType::kScalar:
      return "a string, a whole number, true or false";
  }
  return "";
}

std::string WordList(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + ("`" + words[i] + "`");
  }
  return text;
}

std::string Expected(const SettingDef& def) {
  std::string text = def.type == ValueType::kNone ? "" : TypeWord(def.type);
  if (!def.words.empty()) text += (text.empty() ? "" : ", or ") + WordList(def.words);
  return text;
}

std::optional<int64_t> Number(const std::string& digits) {
  errno = 0;
  char* end = nullptr;
  int64_t number = std::strtoll(digits.c_str(), &end, 10);
  if (errno != 0 || end == digits.c_str() || *end != '\0') return std::nullopt;
  return number;
}

// UTC or a fixed offset; what a release without zone data can hold.
bool IsFixedZone(const std::string& zone) {
  if (zone == "UTC") return true;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return false;
  for (size_t i : {1, 2, 4, 5}) {
    if (!std::isdigit(static_cast<unsigned char>(zone[i]))) return false;
  }
  return zone.substr(1, 2) <= "14" && zone.substr(4, 2) < "60";
}

// `path#field`.
bool IsVaultPlace(const std::string& place) {
  size_t hash = place.find('#');
  return hash != std::string::npos && hash > 0 && hash + 1 < place.size() && place.find('#', hash + 1) == place.npos;
}

// Reads one value; reports at most one mistake.
class ValueReader {
 public:
  ValueReader(const SettingDef& def, Expander* expander, bool* known, bool* ok)
      : def_(def), expander_(*expander), known_(*known), ok_(*ok) {}

  SettingValue Read(const Expr& written) {
    span_ = ast::SpanOf(written);
    bool unknown = false;
    // A provider is no function of the language: only the branch of a `case` is looked for.
    bool as_written = WantsSecret(written) && written.kind != ExprKind::kCase;
    Expr value = as_written ? written : expander_.Reduce(written, &unknown);
    span_ = ast::SpanOf(value);
    if (unknown) {
      known_ = false;
      std::optional<std::string> name = ast::AsParam(written);
      return catalog::TextValue(name ? "$param." + *name + "$" : "?");
    }
    if (WantsSecret(value)) return Secret(value);
    if (ast::AsSecret(value)) return Bad("a secret does not fit `" + def_.name + "`");
    if (std::optional<std::string> word = ast::AsWord(value)) {
      return def_.type == ValueType::kName ? Registry(*word) : Word(*word);
    }
    if (value.kind == ExprKind::kCall && value.name == ast::kTemplateCall) return FromTemplate(value);
    if (value.kind != ExprKind::kLiteral) return Wrong();
    return Bounded(FromLiteral(value.literal));
  }

 private:
  SettingValue Bad(std::string message, std::string label = "", Kind kind = Kind::kBadSettingValue) {
    if (ok_) expander_.diagnostics()->Report(kind, span_, std::move(message), std::move(label));
    ok_ = false;
    return {};
  }
  SettingValue Wrong() { return Bad("`" + def_.name + "` is " + Expected(def_)); }

  // Whether the value is a secret, or has to be one.
  bool WantsSecret(const Expr& value) const {
    if (def_.type != ValueType::kSecretOrText) return def_.type == ValueType::kSecret;
    return value.kind == ExprKind::kCall && value.name != ast::kTemplateCall && !ast::AsParam(value);
  }

  // The name of a declared registry, the only declaration that a setting names.
  SettingValue Registry(const std::string& name) {
    std::vector<std::string> candidates;
    for (const auto& [known, resource] : expander_.names().resources) {
      if (resource->what != ast::ResourceKind::kRegistry) continue;
      if (known == name) return catalog::WordValue(name);
      candidates.push_back(known);
    }
    if (ok_) {
      ReportUnknown(Kind::kUnknownName, span_, "unknown registry `" + name + "`", name, candidates,
                    expander_.diagnostics());
    }
    ok_ = false;
    return {};
  }

  SettingValue Word(const std::string& word) {
    if (std::find(def_.words.begin(), def_.words.end(), word) == def_.words.end()) {
      if (def_.words.empty()) return Wrong();
      if (ok_) {
        ReportUnknown(Kind::kBadSettingValue, span_,
                      "`" + def_.name + "` is " + Expected(def_) + ", not `" + word + "`", word, def_.words,
                      expander_.diagnostics());
      }
      ok_ = false;
      return {};
    }
    return catalog::WordValue(word);
  }

  SettingValue WrongWords(const std::string& provider) {
    return Bad("`" + provider + "` takes " + (provider == "command" ? "a program and its arguments" : "one string"), "",
               Kind::kWrongArguments);
  }

  // PIPE138. `name`: what the secret is called, or its setting.
  SettingValue Literal(std::string name) {
    if (ok_) {
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
      diag::Diagnostic& made =
          expander_.diagnostics()->Report(Kind::kLiteralSecret, span_, "a secret is never written in a file",
                                          "env('NAME') or file('/path') say where it is");
      const std::string provider = "env('" + name + "')";
      made.fixes.push_back({"read it with `" + provider + "`", diag::Applicability::kMaybe, {{span_, provider}}});
    }
    ok_ = false;
    return {};
  }

  SettingValue Secret(const Expr& value) {
    const Expr* provider = &value;
    if (std::optional<std::string> name = ast::AsSecret(value)) {
      static const FileNames* const kNoFile = new FileNames();
      const FileNames* file = expander_.names().FileOf(span_);
      if (file == nullptr) file = kNoFile;
      auto found = file->secrets.find(*name);
      if (found == file->secrets.end()) {
        if (ok_) {
          ReportUnknown(Kind::kUnknownName, span_, "unknown secret `" + *name + "`", *name, KeysOf(file->secrets),
                        expander_.diagnostics(), {"secret.", ""});
        }
        ok_ = false;
        return {};
      }
      provider = &found->second->provider;
    }
    span_ = ast::SpanOf(*provider);
    if (provider->kind != ExprKind::kCall || provider->name[0] == '$') {
      if (provider->kind == ExprKind::kLiteral || provider->name == ast::kTemplateCall) {
        return Literal(ast::AsSecret(value).value_or(def_.name));
      }
      return Wrong();
    }
    const std::string& name = provider->name;
    if (name != "env" && name != "file" && name != "command" && name != "vault") {
      return Bad("unknown provider of secrets `" + name + "`", DidYouMean(name, {"env", "file", "command", "vault"}),
                 Kind::kUnknownName);
    }
    SettingValue secret{.kind = SettingKind::kSecret, .provider = name};
    for (const Expr& arg : provider->args) {
      bool text = arg.kind == ExprKind::kLiteral && arg.literal.kind == LiteralKind::kString;
      text = text && (!arg.literal.text.empty() || !secret.text.empty());
      if (!text) return WrongWords(name);
      if (secret.text.empty()) {
        secret.text = arg.literal.text;
      } else {
        secret.list.push_back(catalog::TextValue(arg.literal.text));
      }
    }
    const std::vector<std::string>& named = provider->arg_names;
    bool by_name = std::any_of(named.begin(), named.end(), [](const std::string& one) { return !one.empty(); });
    if (secret.text.empty() || by_name || (name != "command" && !secret.list.empty())) {
      return WrongWords(name);
    }
    if (name == "vault" && !IsVaultPlace(secret.text)) {
      return Bad("`vault` takes a path and a field", "such as 'kv/payments/mysql#password'", Kind::kWrongArguments);
    }
    return secret;
  }

  SettingValue FromTemplate(const Expr& value) {
    if (!TakesText() || def_.type == ValueType::kZone) return Wrong();
    const int mistakes = expander_.diagnostics()->Count(diag::Severity::kError);
    Template read = *expander_.ReadTemplate(value, TemplatePlace::kSetting, "", "", nullptr);
    ok_ = ok_ && expander_.diagnostics()->Count(diag::Severity::kError) == mistakes;
    std::string text;
    for (const TemplatePart& part : read.parts) {
      text += part.text;
      known_ = known_ && !part.unknown;
    }
    return Bounded(catalog::TextValue(text));
  }

  bool TakesText() const {
    switch (def_.type) {
      case ValueType::kString:
      case ValueType::kTemplate:
      case ValueType::kPath:
      case ValueType::kZone:
      case ValueType::kInstant:
      case ValueType::kScalar:
      case ValueType::kAddress:
      case ValueType::kNetworkAddress:
      case ValueType::kSecretOrText:
        return true;
      default:
        return false;
    }
  }

  SettingValue FromLiteral(const expr::Literal& literal) {
    std::optional<int64_t> number = Number(literal.text);
    bool scalar = def_.type == ValueType::kScalar;
    switch (literal.kind) {
      case LiteralKind::kString:
        if (TakesText()) return catalog::TextValue(literal.text);
        // A parameter carries a word as a string.
        if (std::find(def_.words.begin(), def_.words.end(), literal.text) != def_.words.end() &&
            def_.type == ValueType::kNone && !literal.text.empty() && span_.end > span_.begin) {
          return catalog::WordValue(literal.text);
        }
        return Wrong();
      case LiteralKind::kInteger:
        if (def_.type != ValueType::kInt && !scalar) return Wrong();
        return number ? catalog::IntValue(*number) : Bad("`" + def_.name + "` is too large");
      case LiteralKind::kBool:
        if (def_.type != ValueType::kBool && !scalar) return Wrong();
        return catalog::BoolValue(literal.text == "true");
      case LiteralKind::kDuration:
        if (def_.type != ValueType::kDuration) return Wrong();
        return catalog::MillisecondsValue(number.value());  // the parser lets no larger one pass
      case LiteralKind::kSize:
        if (def_.type != ValueType::kSize) return Wrong();
        return catalog::BytesValue(number.value());
      default:
        return Wrong();
    }
  }

  SettingValue Bounded(SettingValue value) {
    if (!ok_ || !known_) return value;
    bool numeric =
        value.kind == SettingKind::kInt || value.kind == SettingKind::kDuration || value.kind == SettingKind::kSize;
    if (numeric && (value.number < def_.min || value.number > def_.max)) {
      SettingValue bound = value;
      bound.number = value.number < def_.min ? def_.min : def_.max;
      return Bad("`" + def_.name + "` is at " + (value.number < def_.min ? "least " : "most ") +
                 catalog::ToText(bound) + ", not " + catalog::ToText(value));
    }
    if (value.kind != SettingKind::kString) return value;
    if (value.text.empty() && def_.type != ValueType::kScalar) return Bad("`" + def_.name + "` is empty");
    if (!def_.choices.empty() &&
        std::find(def_.choices.begin(), def_.choices.end(), value.text) == def_.choices.end()) {
      std::string choices;
      for (const std::string& choice : def_.choices) choices += (choices.empty() ? "'" : ", '") + choice + "'";
      return Bad("`" + def_.name + "` is one of " + choices);
    }
    if (def_.type == ValueType::kAddress || def_.type == ValueType::kNetworkAddress) {
      const std::optional<Address> address = ReadAddress(value.text);
      if (!address || (!address->socket.empty() && def_.type == ValueType::kNetworkAddress)) {
        return Bad("`" + value.text + "` is no address for `" + def_.name + "`",
                   def_.type == ValueType::kAddress ? "host, host:port, [v6]:port or the path of a socket"
                                                    : "host:port or [v6]:port");
      }
    }
    if (def_.type == ValueType::kInstant && !ParseInstant(value.text).has_value()) {
      return Bad("`" + value.text + "` is no moment for `" + def_.name + "`",
                 "a date, a time and a zone (RFC 3339): '2026-11-20T08:00:00Z'");
    }
    if (def_.type == ValueType::kZone && !IsFixedZone(value.text)) {
      if (value.text.find('/') == std::string::npos) {
        return Bad("`" + def_.name + "` is 'UTC', an offset such as '+08:00', or a zone's name");
      }
      ReportLater(span_, "a zone by name", expander_.diagnostics());
      ok_ = false;
    }
    return value;
  }

  const SettingDef& def_;
  Expander& expander_;
  bool& known_;
  bool& ok_;
  Span span_;
};

}  // namespace

SettingValue ReadSettingValue(const SettingDef& def, const Expr& value, Expander* expander, bool* known, bool* ok) {
  return ValueReader(def, expander, known, ok).Read(value);
}

}  // namespace cdc::sema
