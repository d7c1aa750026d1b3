#include "runtime/operators/position_before.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

namespace cdc::operators {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    std::string_view part = text.substr(0, at);
    while (!part.empty() && (part.front() == ' ' || part.front() == '\n')) part.remove_prefix(1);
    while (!part.empty() && (part.back() == ' ' || part.back() == '\n')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

bool ReadNumber(std::string_view text, uint64_t* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

// An interval `3` or `1-9`; false for a tag.
bool ReadInterval(std::string_view text, uint64_t* first, uint64_t* last) {
  const size_t dash = text.find('-');
  if (!ReadNumber(text.substr(0, dash), first)) return false;
  *last = *first;
  return dash == std::string_view::npos || ReadNumber(text.substr(dash + 1), last);
}

std::string IntervalText(uint64_t first, uint64_t last) {
  return first == last ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last);
}

bool HasSnapshotRows(const ChangeBatch& batch) {
  return std::any_of(batch.rows.begin(), batch.rows.end(),
                     [](const RowChange& row) { return row.op == Op::kSnapshot; });
}

// `domain-server-number` of MariaDB into a position with one GTID per domain.
void SetDomain(std::string* set, std::string_view gtid) {
  const std::string_view domain = gtid.substr(0, gtid.find('-') + 1);
  std::string result;
  bool placed = false;
  for (const std::string_view part : Split(*set, ',')) {
    const bool same = part.starts_with(domain);
    placed |= same;
    result += (result.empty() ? "" : ",") + std::string(same ? gtid : part);
  }
  if (!placed) result += (result.empty() ? "" : ",") + std::string(gtid);
  *set = result;
}

}  // namespace

std::string GtidSetWithout(const std::string& set, const std::string& gtid) {
  const size_t colon = gtid.rfind(':');
  uint64_t number = 0;
  if (colon == std::string::npos || !ReadNumber(std::string_view(gtid).substr(colon + 1), &number)) return set;
  const std::string wanted = gtid.substr(0, colon);
  std::string result;
  for (const std::string_view entry : Split(set, ',')) {
    const auto pieces = Split(entry, ':');
    std::string name(pieces[0]);
    std::string kept;  // intervals of `name`
    const auto close = [&] {
      if (!kept.empty()) result += (result.empty() ? "" : ",") + name + kept;
      kept.clear();
    };
    for (size_t i = 1; i < pieces.size(); ++i) {
      uint64_t first = 0;
      uint64_t last = 0;
      if (!ReadInterval(pieces[i], &first, &last)) {
        close();
        name = std::string(pieces[0]) + ":" + std::string(pieces[i]);
      } else if (name != wanted || number < first || number > last) {
        kept += ":" + std::string(pieces[i]);
      } else {
        if (number > first) kept += ":" + IntervalText(first, number - 1);
        if (number < last) kept += ":" + IntervalText(number + 1, last);
      }
    }
    close();
  }
  return result;
}

std::optional<Position> PositionBefore(const ChangeBatch& batch, size_t group, const Position& last) {
  if (group == 0 && !last.empty()) return last;
  if (!batch.state.empty() || last.inside_group() || HasSnapshotRows(batch) || group >= batch.groups.size())
    return std::nullopt;
  const Group& stop = batch.groups[group];
  if (stop.file.empty()) return std::nullopt;
  Position before = batch.end;
  before.file = stop.file;
  before.offset = stop.offset;
  before.row_event = before.row = 0;
  before.commit_time_us = group > 0 ? batch.groups[group - 1].commit_time_us : 0;
  if (before.gtid_set.empty()) return before;
  if (before.flavour == Flavour::kMariaDb) {
    if (last.empty()) return std::nullopt;
    before.gtid_set = last.gtid_set;
    for (size_t i = 0; i < group; ++i) SetDomain(&before.gtid_set, batch.groups[i].gtid);
    return before;
  }
  for (size_t i = group; i < batch.groups.size(); ++i) {
    before.gtid_set = GtidSetWithout(before.gtid_set, batch.groups[i].gtid);
  }
  return before;
}

}  // namespace cdc::operators
