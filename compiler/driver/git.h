#pragma once

// The program `git`, the only one that pipec runs: for `lint --changed-since` and `diff git:REV`.

#include <filesystem>
#include <string>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::driver {

// Files that git is to work with, apart from the repository's own.
struct GitFiles {
  std::string index;  // instead of the repository's; empty: that
  std::string input;  // read as standard input; empty: nothing
};

// Runs git in `folder`, without a shell; returns what it wrote to standard output.
// Errors: kUsage, git cannot be run or failed, in the first line of git's own words.
Result<std::string> RunGit(const std::string& folder, std::vector<std::string> arguments, const GitFiles& files = {});

// Whether git can take the text as a revision and as nothing else.
bool IsRevision(const std::string& text);

// A folder of ours alone, deleted with all that is in it at the end.
class PrivateFolder {
 public:
  // Errors: kResource.
  static Result<PrivateFolder> Make();
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit PrivateFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// What a program of a revision consists of, in a folder of its own: every `.pipe` file, schema snapshot and, by its
// path, the program itself.
struct Checkout {
  PrivateFolder folder;
  std::string program;         // the file inside the folder
  std::filesystem::path root;  // the revision's files; a path below it is one of the repository
};

// `file`: a path of the working tree, whose repository is meant. `path`: of the program in the revision, from the
// repository's root; empty: that of `file`. Errors: kUsage, no repository, no such revision or file.
Result<Checkout> CheckOut(const std::string& file, const std::string& revision, const std::string& path);

}  // namespace cdc::driver
