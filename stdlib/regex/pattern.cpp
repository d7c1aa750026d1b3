#include "stdlib/regex/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "stdlib/regex/length_bound.h"

namespace cdc::regex {

struct Pattern::Compiled {
  Compiled(std::string_view text, const re2::RE2::Options& options)
      : program(re2::StringPiece(text.data(), text.size()), options) {}

  re2::RE2 program;
  std::vector<std::string> names;
  std::vector<int> numbers;  // group numbers, parallel to names
};

Result<Pattern> Pattern::Compile(std::string_view text, Options options) {
  re2::RE2::Options settings;
  settings.set_log_errors(false);
  settings.set_case_sensitive(!options.ignore_case);
  auto compiled = std::make_shared<Compiled>(text, settings);
  if (!compiled->program.ok()) return Error(ErrorCode::kConfig, compiled->program.error());
  for (const auto& [number, name] : compiled->program.CapturingGroupNames()) {
    compiled->names.push_back(name);
    compiled->numbers.push_back(number);
  }
  return Pattern(std::shared_ptr<const Compiled>(std::move(compiled)));
}

bool Pattern::Search(std::string_view text) const {
  re2::StringPiece piece(text.data(), text.size());
  return compiled_->program.Match(piece, 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

bool Pattern::Find(std::string_view text, size_t from, std::string_view* groups, size_t count) const {
  std::array<re2::StringPiece, kGroupsMax> pieces;
  re2::StringPiece piece(text.data(), text.size());
  size_t known = static_cast<size_t>(compiled_->program.NumberOfCapturingGroups()) + 1;
  int asked = static_cast<int>(std::min(count, known));
  if (!compiled_->program.Match(piece, from, text.size(), re2::RE2::UNANCHORED, pieces.data(), asked)) return false;
  for (size_t i = 0; i < count; ++i) {
    bool part = pieces[i].data() != nullptr;
    groups[i] = part ? std::string_view(pieces[i].data(), pieces[i].size()) : std::string_view();
  }
  return true;
}

bool Pattern::Matches(std::string_view text) const {
  re2::StringPiece piece(text.data(), text.size());
  return compiled_->program.Match(piece, 0, text.size(), re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Pattern::Matches(std::string_view text, std::vector<std::string_view>* groups) const {
  std::vector<re2::StringPiece> pieces(static_cast<size_t>(compiled_->program.NumberOfCapturingGroups()) + 1);
  re2::StringPiece piece(text.data(), text.size());
  bool matches = compiled_->program.Match(piece, 0, text.size(), re2::RE2::ANCHOR_BOTH, pieces.data(),
                                          static_cast<int>(pieces.size()));
  if (!matches) return false;
  groups->clear();
  for (int number : compiled_->numbers) {
    const re2::StringPiece& group = pieces[static_cast<size_t>(number)];
    groups->emplace_back(group.data() == nullptr ? "" : group.data(), group.size());
  }
  return true;
}

const std::vector<std::string>& Pattern::group_names() const { return compiled_->names; }

uint32_t Pattern::GroupLengthMax(std::string_view name) const { return LengthBoundOfGroup(text(), name); }

const std::string& Pattern::text() const { return compiled_->program.pattern(); }

}  // namespace cdc::regex
