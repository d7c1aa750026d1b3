#pragma once

// Regular expressions of a .pipe file: RE2's syntax, compiled once, linear time, UTF-8.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::regex {

class Pattern {
 public:
  struct Options {
    bool ignore_case = false;
  };

  // Errors: kConfig; the message is RE2's own reason: "missing ): a(b".
  static Result<Pattern> Compile(std::string_view text, Options options);
  static Result<Pattern> Compile(std::string_view text) { return Compile(text, Options()); }

  // Copies share the compiled program.
  Pattern(const Pattern&) = default;
  Pattern(Pattern&&) noexcept = default;
  Pattern& operator=(const Pattern&) = default;
  Pattern& operator=(Pattern&&) noexcept = default;

  // Whether some part of `text` matches, as REGEXP does. Threads: any.
  bool Search(std::string_view text) const;
  // The first match at or behind byte `from`: groups[0] is the whole of it, then its groups by number, empty where they
  // took no part. False: there is none. Requires: from <= text.size(); count <= kGroupsMax.
  static constexpr size_t kGroupsMax = 10;
  bool Find(std::string_view text, size_t from, std::string_view* groups, size_t count) const;
  // Whether all of `text` matches, as table and column patterns do.
  bool Matches(std::string_view text) const;
  // The same; fills `groups` with the texts of the named groups, parallel to group_names(); a group that took
  // no part is empty. Lifetime: the groups point into `text`.
  bool Matches(std::string_view text, std::vector<std::string_view>* groups) const;

  // Named groups, `(?P<x>…)`, from left to right.
  const std::vector<std::string>& group_names() const;
  // The most characters that a named group can match; 0 if it has no such group or no bound can be told.
  uint32_t GroupLengthMax(std::string_view name) const;
  const std::string& text() const;

 private:
  struct Compiled;
  explicit Pattern(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace cdc::regex
