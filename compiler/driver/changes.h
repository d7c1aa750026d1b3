#pragma once

// Which lines of a project differ from a revision in git: for findings of what somebody is about to hand in.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::driver {

class Changes {
 public:
  // Reads what `git diff` says of a unified diff without context, paths relative to the root.
  void ReadDiff(const std::string& text);
  // Adds those of another folder.
  void Add(const Changes& other);
  // A file that git does not know yet: every line is new.
  void AddNewFile(const std::string& path) { lines_[path] = {{1, UINT32_MAX}}; }

  // Whether the line of a file, by its path relative to the root, is new or another one. `line` from 1.
  bool Has(const std::string& path, uint32_t line) const;

 private:
  std::map<std::string, std::vector<std::pair<uint32_t, uint32_t>>> lines_;  // first and last
};

// Asks git in the folder `root`. Errors: kUsage, git cannot be run or does not know the revision, in git's words.
Result<Changes> ChangesSince(const std::string& revision, const std::string& root);

}  // namespace cdc::driver
