#include <algorithm>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// What never leaves this machine.
bool IsLoopback(const std::string& address) {
  return address.rfind("localhost", 0) == 0 || address.rfind("127.", 0) == 0 || address.rfind("[::1]", 0) == 0;
}

void RunPasswordInTheClear(const ProgramView& program, Diagnostics* diagnostics) {
  for (const sema::Resource& sink : program.checked.sinks) {
    auto auth = sink.written.find("auth");
    if (auth == sink.written.end() || sink.settings.Is("auth", "none") || !sink.settings.Is("tls", "off")) continue;
    std::vector<std::string> brokers = sink.settings.Texts("brokers");
    if (!brokers.empty() && std::all_of(brokers.begin(), brokers.end(), IsLoopback)) continue;
    diagnostics
        ->Report(Kind::kPasswordInTheClear, auth->second, "`auth` without `tls`",
                 sink.settings.Is("auth", "plain") ? "the password crosses the network as it is"
                                                   : "the exchange and all records can be read on the way")
        .notes = {"add `tls verify_identity { ca = '…'; }`"};
  }
}

}  // namespace

Rule PasswordInTheClear() { return {.kind = Kind::kPasswordInTheClear, .of_program = RunPasswordInTheClear}; }

}  // namespace cdc::lint
