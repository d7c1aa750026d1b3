#include "runtime/state/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace cdc::state {
namespace {

Status WriteAll(int file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError("cannot write", path, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return OkStatus();
}

std::string ParentOf(const std::string& path) {
  std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

}  // namespace

Error FileError(std::string_view doing, const std::string& path, int error_number) {
  const bool resource = error_number == ENOSPC || error_number == EDQUOT || error_number == ENOMEM ||
                        error_number == EMFILE || error_number == ENFILE || error_number == EIO;
  return Error(resource ? ErrorCode::kResource : ErrorCode::kSinkRejected,
               std::string(doing) + " `" + path + "`: " + std::generic_category().message(error_number));
}

Status MakeDirectories(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return FileError("cannot make the directory", directory, error.value());
  return OkStatus();
}

Status SyncDirectory(const std::string& directory) {
  const int handle = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return FileError("cannot open the directory", directory, errno);
  const int result = ::fsync(handle);
  const int error = errno;
  ::close(handle);
  if (result != 0) return FileError("cannot sync the directory", directory, error);
  return OkStatus();
}

Status ReplaceFile(const std::string& path, std::string_view contents, bool durable) {
  const std::string temporary = path + ".new";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return FileError("cannot write", temporary, errno);
  Status status = WriteAll(file, temporary, contents);
  if (status.ok() && durable && ::fsync(file) != 0) status = FileError("cannot sync", temporary, errno);
  ::close(file);
  RETURN_IF_ERROR(status);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return FileError("cannot replace", path, errno);
  return durable ? SyncDirectory(ParentOf(path)) : OkStatus();
}

Result<std::optional<std::string>> ReadFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::optional<std::string>();
  if (file < 0) return FileError("cannot read", path, errno);
  std::string contents;
  char buffer[64 * 1024];
  while (true) {
    const ssize_t got = ::read(file, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      const int error = errno;
      ::close(file);
      if (got < 0) return FileError("cannot read", path, error);
      return std::optional<std::string>(std::move(contents));
    }
    contents.append(buffer, static_cast<size_t>(got));
  }
}

std::string FileNameOf(std::string_view name) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || (c == '.' && !result.empty());
    if (plain) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return result;
}

}  // namespace cdc::state
