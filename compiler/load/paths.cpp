#include "compiler/load/paths.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

#include "compiler/load/ignore_rules.h"
#include "compiler/load/snapshot.h"

namespace cdc::load {
namespace {

namespace fs = std::filesystem;

// Rules of a `.gitignore` and the folder they are about.
struct Scope {
  fs::path folder;
  IgnoreRules rules;
};

std::string Join(const std::string& folder, const std::string& name) {
  if (folder == ".") return name;
  return folder.back() == '/' ? folder + name : folder + "/" + name;
}

class Finder {
 public:
  explicit Finder(const std::vector<std::string_view>& extensions) : extensions_(extensions) {}

  void Add(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) {
      Refuse(path, errno);
    } else if (S_ISDIR(status.st_mode)) {
      std::error_code error;
      fs::path real = fs::canonical(path, error);
      if (error) return Refuse(path, error.value());
      scopes_.clear();
      ReadScopesAbove(real);
      Walk(path, real);
    } else {
      AddFile(path);
    }
  }

  FoundFiles Take() { return std::move(found_); }

 private:
  void Refuse(const std::string& path, int error) {
    found_.errors.push_back("cannot read `" + path + "`: " + std::strerror(error));
  }

  void AddFile(const std::string& path) {
    struct stat status = {};
    bool is_there = ::stat(path.c_str(), &status) == 0;
    if (!is_there || seen_.insert({status.st_dev, status.st_ino}).second) found_.files.push_back(path);
  }

  void ReadScope(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_regular_file(folder / ".gitignore", error)) return;
    Result<std::string> text = ReadFile(folder / ".gitignore");
    if (text.ok()) scopes_.push_back({folder, IgnoreRules(*text)});
  }

  // From the repository's root down to the folder above `start`; nothing outside a repository.
  void ReadScopesAbove(const fs::path& start) {
    std::vector<fs::path> above;
    std::error_code error;
    for (fs::path folder = start; !fs::exists(folder / ".git", error); folder = folder.parent_path()) {
      if (folder == folder.parent_path()) return;
      above.push_back(folder.parent_path());
    }
    for (auto folder = above.rbegin(); folder != above.rend(); ++folder) ReadScope(*folder);
  }

  bool IsIgnored(const fs::path& real, bool is_directory) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      IgnoreRules::Answer answer = scope->rules.Ask(real.lexically_relative(scope->folder).string(), is_directory);
      if (answer != IgnoreRules::Answer::kSilent) return answer == IgnoreRules::Answer::kIgnored;
    }
    return false;
  }

  bool HasExtension(const std::string& name) const {
    return std::any_of(extensions_.begin(), extensions_.end(), [&](std::string_view extension) {
      return name.size() > extension.size() && name.compare(name.size() - extension.size(), name.npos, extension) == 0;
    });
  }

  // `shown` and `real` name one directory: as people see it, and without links.
  void Walk(const std::string& shown, const fs::path& real) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator at(real, error), end; !error && at != end; at.increment(error)) entries.push_back(*at);
    if (error) return Refuse(shown, error.value());
    std::sort(entries.begin(), entries.end());
    const size_t outer_scopes = scopes_.size();
    ReadScope(real);
    for (const fs::directory_entry& entry : entries) {
      const std::string name = entry.path().filename().string();
      if (name[0] == '.') continue;
      std::error_code unknown;
      const bool is_link = entry.is_symlink(unknown);
      const bool is_directory = !is_link && entry.is_directory(unknown);
      // Not a FIFO, which would be waited for.
      const bool is_file = entry.is_regular_file(unknown) || (is_link && !entry.exists(unknown));
      const bool wanted = is_directory || (is_file && HasExtension(name));
      if (!wanted || IsIgnored(entry.path(), is_directory)) continue;
      if (is_directory) {
        Walk(Join(shown, name), entry.path());
      } else {
        AddFile(Join(shown, name));
      }
    }
    scopes_.erase(scopes_.begin() + static_cast<ptrdiff_t>(outer_scopes), scopes_.end());
  }

  const std::vector<std::string_view>& extensions_;
  std::vector<Scope> scopes_;  // outermost first
  std::set<std::pair<dev_t, ino_t>> seen_;
  FoundFiles found_;
};

}  // namespace

FoundFiles FindPrograms(const std::vector<std::string>& paths, const std::vector<std::string_view>& extensions) {
  Finder finder(extensions);
  for (const std::string& path : paths) finder.Add(path);
  return finder.Take();
}

}  // namespace cdc::load
