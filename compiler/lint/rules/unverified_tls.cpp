#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

void RunUnverifiedTls(const ProgramView& program, Diagnostics* diagnostics) {
  for (const std::vector<sema::Resource>* resources : {&program.checked.sources, &program.checked.sinks}) {
    for (const sema::Resource& resource : *resources) {
      auto tls = resource.written.find("tls");
      if (tls == resource.written.end() || !resource.settings.Is("tls", "trust_any")) continue;
      diagnostics
          ->Report(Kind::kUnverifiedTls, tls->second, "`tls trust_any` encrypts and does not check who answers",
                   "anyone on the way can read and change everything")
          .notes = {
          "`tls verify_identity` checks the certificate and the name; `ca = '…'` for a certificate of your own"};
    }
  }
}

}  // namespace

Rule UnverifiedTls() { return {.kind = Kind::kUnverifiedTls, .of_program = RunUnverifiedTls}; }

}  // namespace cdc::lint
