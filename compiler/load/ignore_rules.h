#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdc::load {

// The rules of one `.gitignore`, as gitignore(5) has them: `*` `?` `[…]` `**` and backslashes, `!` takes back, a
// slash at the end means directories, one elsewhere ties the rule to the file's own folder; the last rule that matches
// decides. Threads: any number at a time.
class IgnoreRules {
 public:
  explicit IgnoreRules(std::string_view text);

  enum class Answer { kSilent, kIgnored, kKept };
  // What the rules say of `path`: relative to the file's folder, parts joined by `/`. A path below an ignored directory
  // is not looked up here: the walk does not enter one.
  Answer Ask(std::string_view path, bool is_directory) const;

 private:
  struct Rule {
    std::vector<std::string> parts;  // `**` is a part of its own
    bool keeps = false;
    bool only_directories = false;
  };
  std::vector<Rule> rules_;
};

// Whether a file name matches a pattern of `*`, `?`, `[a-z]`, `[!a-z]` and backslashes. Time: length times length.
bool MatchesGlob(std::string_view pattern, std::string_view name);

}  // namespace cdc::load
