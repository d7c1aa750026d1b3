#include "compiler/load/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cdc::load {
namespace {

Error CannotWrite(const std::string& path, int error) {
  return Error(ErrorCode::kUsage, "cannot write `" + path + "`: " + std::strerror(error));
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace

Status ReplaceFile(const std::string& path, std::string_view text) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return CannotWrite(path, errno);
  const std::string target = resolved;
  std::free(resolved);
  struct stat status = {};
  // A rename would replace a file that is read-only.
  if (::stat(target.c_str(), &status) != 0 || ::access(target.c_str(), W_OK) != 0) return CannotWrite(path, errno);
  const size_t slash = target.rfind('/');
  std::string temporary = target.substr(0, slash + 1) + "." + target.substr(slash + 1) + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0) return CannotWrite(path, errno);
  // Only root may give a file away; the mode comes after, since a change of owner clears its special bits.
  const bool owner_kept = ::fchown(file, status.st_uid, status.st_gid) == 0;
  const mode_t mode = status.st_mode & (owner_kept ? 07777 : 0777);
  bool done = WriteAll(file, text) && ::fchmod(file, mode) == 0 && ::fsync(file) == 0;
  int error = errno;
  ::close(file);
  if (done && ::rename(temporary.c_str(), target.c_str()) == 0) return OkStatus();
  if (done) error = errno;
  ::unlink(temporary.c_str());
  return CannotWrite(path, error);
}

}  // namespace cdc::load
