#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// The parameter whose value says that this is production; nothing if none does.
std::optional<std::string> ProductionParam(const sema::ParamValues& params) {
  for (const auto& [name, value] : params) {
    if (value && (value->text == "prod" || value->text == "production")) return name;
  }
  return std::nullopt;
}

void RunSingleReplica(const ProgramView& program, Diagnostics* diagnostics) {
  std::optional<std::string> param = ProductionParam(program.params);
  if (!param) return;
  for (const sema::Resource& sink : program.checked.sinks) {
    for (const char* setting : {"topics.replication", "state_replication"}) {
      auto written = sink.written.find(setting);
      if (written == sink.written.end() || sink.settings.Number(setting, 0) != 1) continue;
      // It counts for topics that we create; the topic of positions always is one.
      bool created = std::string_view(setting) == "state_replication" || sink.settings.Flag("topics.auto_create");
      if (!created) continue;
      diagnostics
          ->Report(Kind::kSingleReplica, written->second,
                   "one replica, also where `param." + *param + "` is '" + program.params.at(*param)->text + "'",
                   "a broker that is lost takes the records with it")
          .notes = {"`case param." + *param + " when '" + program.params.at(*param)->text +
                    "' then 3 else 1 end` tells environments apart"};
    }
  }
}

}  // namespace

Rule SingleReplica() { return {.kind = Kind::kSingleReplica, .of_program = RunSingleReplica}; }

}  // namespace cdc::lint
