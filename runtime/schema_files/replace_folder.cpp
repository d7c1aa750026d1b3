// Beside `schema/db`: `schema/.db.pull` is the new folder while it is made, and the old one after they changed places.
// Where the file system cannot exchange two folders, the old one is `schema/.db.old` for the moment between two
// renames, and the next replacement brings it back if that moment was the last.

#include "runtime/schema_files/replace_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace cdc::schema_files {
namespace {

namespace fs = std::filesystem;

Error Failed(const char* what, const fs::path& path, int error) {
  return Error(ErrorCode::kUsage, std::string("cannot ") + what + " `" + path.string() + "`: " + std::strerror(error));
}

Status MakeFolders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return Failed("make the folder", path, error.value());
  return OkStatus();
}

Status Remove(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) return Failed("remove", path, error.value());
  return OkStatus();
}

Status WriteFile(const fs::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return Failed("write", path, errno);
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      ::close(file);
      return Failed("write", path, error);
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  ::close(file);
  return OkStatus();
}

Status Keep(const fs::path& from, const fs::path& to) {
  if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0) == 0) return OkStatus();
  std::error_code error;
  fs::copy(from, to, fs::copy_options::copy_symlinks, error);
  if (error) return Failed("copy", from, error.value());
  return OkStatus();
}

// The folder that holds the one to replace, locked for as long as this lives.
class LockedParent {
 public:
  explicit LockedParent(const fs::path& path) : file_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
  ~LockedParent() {
    if (file_ >= 0) ::close(file_);
  }
  LockedParent(const LockedParent&) = delete;
  LockedParent& operator=(const LockedParent&) = delete;

  Status Lock(const fs::path& path) const {
    if (file_ < 0) return Failed("open the folder", path, errno);
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return OkStatus();
    if (errno != EWOULDBLOCK) return Failed("lock", path, errno);
    return Error(ErrorCode::kResource, "another process is writing a schema snapshot in `" + path.string() + "`");
  }

  // Everything written so far is on disk.
  void Sync() const { ::syncfs(file_); }

 private:
  int file_;
};

// Links everything that stays into the new folder.
Status KeepOthers(const fs::path& folder, const fs::path& made, const std::map<fs::path, std::string>& written,
                  const std::set<fs::path>& removed) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const fs::path path = at->path().lexically_relative(folder);
    std::error_code ignored;
    if (at->is_directory(ignored) && !at->is_symlink(ignored)) continue;
    if (written.contains(path) || removed.contains(path)) continue;
    RETURN_IF_ERROR(MakeFolders((made / path).parent_path()));
    RETURN_IF_ERROR(Keep(at->path(), made / path));
  }
  if (error && error != std::errc::no_such_file_or_directory) return Failed("read", folder, error.value());
  return OkStatus();
}

// `made` becomes `folder`; what was there is at `made` or nowhere.
Status PutInPlace(const fs::path& folder, const fs::path& made, const fs::path& old) {
  struct stat status = {};
  if (::lstat(folder.c_str(), &status) != 0) {
    if (::rename(made.c_str(), folder.c_str()) == 0) return OkStatus();
    return Failed("write", folder, errno);
  }
  ::chmod(made.c_str(), status.st_mode & 07777);
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0) return OkStatus();
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) return Failed("replace", folder, errno);
  if (::rename(folder.c_str(), old.c_str()) != 0) return Failed("replace", folder, errno);
  if (::rename(made.c_str(), folder.c_str()) != 0) {
    const int error = errno;
    ::rename(old.c_str(), folder.c_str());
    return Failed("replace", folder, error);
  }
  return OkStatus();
}

// After a replacement that was interrupted.
Status CleanUp(const fs::path& folder, const fs::path& made, const fs::path& old) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored) && fs::exists(old, ignored)) fs::rename(old, folder, ignored);
  RETURN_IF_ERROR(Remove(made));
  return Remove(old);
}

Status Make(const fs::path& folder, const fs::path& made, const std::map<fs::path, std::string>& written,
            const std::set<fs::path>& removed) {
  RETURN_IF_ERROR(MakeFolders(made));
  RETURN_IF_ERROR(KeepOthers(folder, made, written, removed));
  for (const auto& [path, text] : written) {
    RETURN_IF_ERROR(MakeFolders((made / path).parent_path()));
    RETURN_IF_ERROR(WriteFile(made / path, text));
  }
  return OkStatus();
}

}  // namespace

Status ReplaceFolder(const fs::path& path, const std::map<fs::path, std::string>& written,
                     const std::set<fs::path>& removed) {
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(path, error);
  if (error) return Failed("write", path, error.value());
  const fs::path parent = folder.parent_path();
  const fs::path made = parent / ("." + folder.filename().string() + ".pull");
  const fs::path old = parent / ("." + folder.filename().string() + ".old");
  RETURN_IF_ERROR(MakeFolders(parent));
  const LockedParent lock(parent);
  RETURN_IF_ERROR(lock.Lock(parent));
  RETURN_IF_ERROR(CleanUp(folder, made, old));
  Status done = Make(folder, made, written, removed);
  if (done.ok()) {
    lock.Sync();
    done = PutInPlace(folder, made, old);
    lock.Sync();
  }
  const Status cleaned = CleanUp(folder, made, old);
  return done.ok() ? cleaned : done;
}

}  // namespace cdc::schema_files
