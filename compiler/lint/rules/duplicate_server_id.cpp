#include <algorithm>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

// The n-th pipe of a source uses `server_id + n`.
struct Ids {
  const sema::Resource* source = nullptr;
  int64_t first = 0;
  int64_t last = 0;
  std::string address;
};

std::vector<Ids> IdsOf(const ProgramView& program) {
  std::vector<Ids> all;
  for (const sema::Resource& source : program.checked.sources) {
    if (source.written.count("server_id") == 0) continue;
    int64_t pipes = 0;
    for (const PipeView& pipe : program.pipes) {
      for (const SourceView& read : pipe.sources) pipes += read.resource == &source ? 1 : 0;
    }
    int64_t first = source.settings.Number("server_id");
    all.push_back({&source, first, first + std::max<int64_t>(pipes, 1) - 1, source.settings.Text("address")});
  }
  return all;
}

void RunDuplicateServerId(const ProgramView& program, Diagnostics* diagnostics) {
  std::vector<Ids> all = IdsOf(program);
  for (size_t later = 0; later < all.size(); ++later) {
    for (size_t earlier = 0; earlier < later; ++earlier) {
      const Ids& a = all[earlier];
      const Ids& b = all[later];
      if (a.address != b.address || a.last < b.first || b.last < a.first) continue;
      diagnostics
          ->Report(Kind::kDuplicateServerId, b.source->written.at("server_id"),
                   "two sources read one server as the same replica: `" + a.source->name + "` and `" + b.source->name +
                       "` use server_id " + std::to_string(std::max(a.first, b.first)),
                   "the server ends the older connection")
          .labels.push_back({a.source->written.at("server_id"), "the first"});
      break;
    }
  }
}

}  // namespace

Rule DuplicateServerId() { return {.kind = Kind::kDuplicateServerId, .of_program = RunDuplicateServerId}; }

}  // namespace cdc::lint
