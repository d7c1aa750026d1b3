#include "compiler/driver/git.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>

extern char** environ;

namespace cdc::driver {
namespace {

namespace fs = std::filesystem;

Error Failed(const std::string& what) { return Error(ErrorCode::kUsage, what); }

// Everything that can be read.
std::string ReadAll(int file) {
  std::string text;
  char buffer[4096];
  while (true) {
    ssize_t got = read(file, buffer, sizeof buffer);
    if (got > 0) text.append(buffer, static_cast<size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
  }
}

// Null-terminated pointers into `words`.
std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Our own environment, in the language that messages are told in, with another index if one is named.
std::vector<std::string> Environment(const GitFiles& files) {
  std::vector<std::string> variables;
  for (char** at = environ; *at != nullptr; ++at) {
    const bool replaced = !files.index.empty() && std::strncmp(*at, "GIT_INDEX_FILE=", 15) == 0;
    if (!replaced) variables.emplace_back(*at);
  }
  if (!files.index.empty()) variables.push_back("GIT_INDEX_FILE=" + files.index);
  return variables;
}

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// The last step of a path that is there; `file` may not exist any more.
fs::path FolderOf(const std::string& file) {
  std::error_code error;
  fs::path folder = fs::absolute(file, error).lexically_normal().parent_path();
  while (!fs::is_directory(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

bool EndsIn(const std::string& path, std::string_view end) {
  return path.size() >= end.size() && path.compare(path.size() - end.size(), path.npos, end) == 0;
}

bool IsPartOfPrograms(const std::string& path) {
  return EndsIn(path, ".pipe") || EndsIn(path, ".sql") || EndsIn(path, "_server.json");
}

// Of the listed paths, with a zero byte behind each, those of programs.
std::string PathsOfPrograms(const std::string& listed, const std::string& program, bool* found) {
  std::string kept;
  for (size_t at = 0; at < listed.size();) {
    const size_t end = std::min(listed.find('\0', at), listed.size());
    const std::string path = listed.substr(at, end - at);
    at = end + 1;
    *found = *found || path == program;
    if (path == program || IsPartOfPrograms(path)) kept += path + '\0';
  }
  return kept;
}

std::string WithoutLineEnd(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

Result<std::string> RunGit(const std::string& folder, std::vector<std::string> arguments, const GitFiles& files) {
  arguments.insert(arguments.begin(),
                   {"git", "-c", "core.quotePath=false", "-c", "core.hooksPath=/dev/null", "-C", folder});
  std::vector<char*> words = Pointers(arguments);
  std::vector<std::string> variables = Environment(files);
  std::vector<char*> environment = Pointers(variables);
  std::unique_ptr<std::FILE, Closer> errors(std::tmpfile());
  int ends[2];
  if (errors == nullptr || pipe2(ends, O_CLOEXEC) != 0) return Failed(std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(errors.get()), STDERR_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, files.input.empty() ? "/dev/null" : files.input.c_str(),
                                   O_RDONLY, 0);
  pid_t child = 0;
  int failed = posix_spawnp(&child, "git", &actions, nullptr, words.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string text = failed == 0 ? ReadAll(ends[0]) : "";
  close(ends[0]);
  if (failed != 0) return Failed(std::string("git cannot be run: ") + std::strerror(failed));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
  std::rewind(errors.get());
  std::string words_of_git = ReadAll(fileno(errors.get()));
  return Failed(words_of_git.substr(0, words_of_git.find('\n')));
}

bool IsRevision(const std::string& text) {
  return !text.empty() && text[0] != '-' && text.find(':') == text.npos && text.find('\0') == text.npos;
}

Result<PrivateFolder> PrivateFolder::Make() {
  std::error_code error;
  fs::path where = fs::temp_directory_path(error);
  std::string pattern = ((error ? fs::path("/tmp") : where) / "pipec-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    return Error(ErrorCode::kResource, "no folder `" + pattern + "`: " + std::strerror(errno));
  }
  return PrivateFolder(pattern);
}

PrivateFolder::~PrivateFolder() {
  std::error_code error;
  if (!path_.empty()) fs::remove_all(path_, error);
}

Result<Checkout> CheckOut(const std::string& file, const std::string& revision, const std::string& path) {
  if (!IsRevision(revision)) return Failed("`" + revision + "` is no revision");
  const std::string folder = FolderOf(file).string();
  ASSIGN_OR_RETURN(std::string top, RunGit(folder, {"rev-parse", "--show-toplevel"}));
  top = WithoutLineEnd(top);
  ASSIGN_OR_RETURN(std::string prefix, RunGit(folder, {"rev-parse", "--show-prefix"}));
  std::string program = path;
  if (program.empty()) program = WithoutLineEnd(prefix) + fs::path(file).filename().string();
  const Result<std::string> commit =
      RunGit(top, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (!commit.ok()) return Failed("`" + revision + "` is no revision of the repository `" + top + "`");
  ASSIGN_OR_RETURN(PrivateFolder made, PrivateFolder::Make());
  GitFiles files{(made.path() / "index").string(), ""};
  RETURN_IF_ERROR(RunGit(top, {"read-tree", WithoutLineEnd(*commit)}, files));
  ASSIGN_OR_RETURN(std::string listed, RunGit(top, {"ls-files", "-z"}, files));
  bool found = false;
  const std::string kept = PathsOfPrograms(listed, program, &found);
  if (!found) return Failed("`" + program + "` is not in `" + revision + "`");
  const fs::path root = made.path() / "tree";
  std::error_code error;
  // What a program may import ends here, as at the repository's root.
  fs::create_directories(root / ".git", error);
  files.input = (made.path() / "paths").string();
  std::ofstream(files.input, std::ios::binary) << kept;
  RETURN_IF_ERROR(
      RunGit(top, {"checkout-index", "--stdin", "-z", "--force", "--prefix=" + root.string() + "/"}, files));
  return Checkout{std::move(made), (root / program).string(), root};
}

}  // namespace cdc::driver
