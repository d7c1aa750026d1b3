// What holds between the settings of one resource.

#include <string_view>

#include "compiler/sema/settings.h"

namespace cdc::sema {
namespace {

using catalog::Holder;
using catalog::KindDef;
using diag::Diagnostics;
using diag::Kind;

class Rules {
 public:
  Rules(const CheckedSettings& settings, Span owner, Diagnostics* diagnostics)
      : settings_(settings), owner_(owner), diagnostics_(*diagnostics) {}

  void Retry() {
    if (!Known("retry.first") || !Known("retry.max") || !Known("retry.give_up")) return;
    if (settings_.values.Number("retry.first") > settings_.values.Number("retry.max")) {
      Bad("retry.first", "`retry.first` is longer than `retry.max`");
    }
    bool never = settings_.values.Is("retry.give_up", "never");
    if (!never && settings_.values.Number("retry.max") > settings_.values.Number("retry.give_up")) {
      Bad(settings_.IsWritten("retry.max") ? "retry.max" : "retry.give_up",
          "`retry.max` is longer than `retry.give_up`");
    }
  }

  void Tls() {
    for (auto [one, other] :
         {std::pair("tls.certificate", "tls.private_key"), {"tls.private_key", "tls.certificate"}}) {
      if (settings_.IsWritten(one) && !settings_.IsWritten(other)) Missing(one, other);
    }
  }

  void Start() {
    if (!Known("start") || !Known("snapshot")) return;
    std::string start = settings_.values.Text("start");
    if (start != "now" && !settings_.values.Is("snapshot", "none")) {
      Bad("start", "`start " + start + "` needs `snapshot none`: a first load decides itself where the stream begins");
    }
  }

  void Login() {
    if (settings_.IsWritten("user") != settings_.IsWritten("password")) {
      Missing(settings_.IsWritten("user") ? "user" : "password", settings_.IsWritten("user") ? "password" : "user");
    } else if (settings_.IsWritten("token") && settings_.IsWritten("user")) {
      Bad("token", "`token` stands instead of `user` and `password`, not beside them");
    }
  }

  void Client() {
    for (const auto& [name, written] : settings_.written) {
      if (name.rfind("client.", 0) == 0) {
        std::string property = name.substr(7);
        if (catalog::IsDecidedClientProperty(property)) {
          diagnostics_.Report(Kind::kBadSettingValue, written.name,
                              "`client` may not set `" + property + "`: it follows from the sink's other settings");
        }
      }
      bool covered = name == "topics.config.retention.ms" || name == "topics.config.cleanup.policy";
      if (covered) {
        diagnostics_.Report(Kind::kDuplicateClause, written.name,
                            "`" + name.substr(14) + "` is a setting of `topics`: write `" +
                                (name == "topics.config.retention.ms" ? "retention" : "cleanup") + "`");
      }
    }
  }

 private:
  void Missing(const std::string& one, const std::string& other) {
    diagnostics_.Report(Kind::kMissingClause, settings_.written.at(one).name, "`" + one + "` needs `" + other + "`");
  }
  bool Known(const std::string& name) const {
    auto found = settings_.written.find(name);
    return found == settings_.written.end() || found->second.known;
  }
  void Bad(const std::string& name, std::string message) {
    diagnostics_.Report(Kind::kBadSettingValue, settings_.PlaceOf(name, owner_), std::move(message));
  }

  const CheckedSettings& settings_;
  Span owner_;
  Diagnostics& diagnostics_;
};

}  // namespace

void CheckSettingRules(const KindDef& kind, const CheckedSettings& settings, Span owner, Diagnostics* diagnostics) {
  Rules rules(settings, owner, diagnostics);
  if (catalog::FindSetting(kind.settings, "retry") != nullptr) rules.Retry();
  if (catalog::FindSetting(kind.settings, "tls") != nullptr) rules.Tls();
  if (catalog::FindSetting(kind.settings, "snapshot") != nullptr) rules.Start();
  if (kind.holder == Holder::kRegistry) rules.Login();
  if (catalog::FindSetting(kind.settings, "client") != nullptr) rules.Client();
}

}  // namespace cdc::sema
