#include "compiler/fix/apply.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace cdc::fix {
namespace {

using diag::Edit;

// Edits that have been chosen, by their beginning; none overlaps another.
class Chosen {
 public:
  // Whether an edit has its place to itself. Two that touch do: but two insertions at one place, or one at the edge of
  // what another replaces, are two opinions about one thing.
  bool HasRoom(const Edit& edit) const {
    auto next = edits_.lower_bound(edit.span.begin);
    if (next != edits_.end() && (next->first == edit.span.begin || next->first < edit.span.end)) return false;
    if (next == edits_.begin()) return true;
    const Edit& before = *std::prev(next)->second;
    return before.span.end < edit.span.begin || (before.span.end == edit.span.begin && edit.span.begin < edit.span.end);
  }
  void Add(const Edit& edit) { edits_.emplace(edit.span.begin, &edit); }
  const std::map<uint32_t, const Edit*>& edits() const { return edits_; }

 private:
  std::map<uint32_t, const Edit*> edits_;
};

uint32_t BeginOf(const diag::Fix& fix) {
  uint32_t begin = UINT32_MAX;
  for (const Edit& edit : fix.edits) begin = std::min(begin, edit.span.begin);
  return begin;
}

}  // namespace

std::string Apply(const std::string& text, const std::vector<diag::Fix>& fixes, std::vector<size_t>* applied) {
  std::vector<size_t> order(fixes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return BeginOf(fixes[a]) < BeginOf(fixes[b]); });
  applied->clear();
  Chosen chosen;
  for (size_t i : order) {
    const std::vector<Edit>& edits = fixes[i].edits;
    const bool fits = std::all_of(edits.begin(), edits.end(), [&](const Edit& edit) {
      return edit.span.begin <= edit.span.end && edit.span.end <= text.size() && chosen.HasRoom(edit);
    });
    if (!fits || edits.empty()) continue;
    for (const Edit& edit : edits) chosen.Add(edit);
    applied->push_back(i);
  }
  std::sort(applied->begin(), applied->end());
  std::string made;
  uint32_t at = 0;
  for (const auto& [begin, edit] : chosen.edits()) {
    made.append(text, at, begin - at);
    made += edit->replacement;
    at = edit->span.end;
  }
  return made.append(text, at);
}

}  // namespace cdc::fix
