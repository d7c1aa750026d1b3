#include "runtime/sources/binlog_files/log_files.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "runtime/sources/mysql/binlog/event.h"

namespace cdc::sources {
namespace {

constexpr std::string_view kMagic("\xFE\x62\x69\x6E", 4);
constexpr std::string_view kEncryptedMagic("\xFD\x62\x69\x6E", 4);

struct NameOrder {
  std::string base;
  uint64_t number = 0;
  auto operator<=>(const NameOrder&) const = default;
};

NameOrder OrderOf(const LogFile& file) {
  const size_t dot = file.name.rfind('.');
  NameOrder order{file.name, 0};
  if (dot == std::string::npos) return order;
  const char* const end = file.name.data() + file.name.size();
  if (std::from_chars(file.name.data() + dot + 1, end, order.number).ptr != end) return {file.name, 0};
  order.base = file.name.substr(0, dot);
  return order;
}

}  // namespace

Result<std::vector<LogFile>> FindLogFiles(const std::string& pattern) {
  glob_t found{};
  const int status = glob(pattern.c_str(), 0, nullptr, &found);
  std::vector<LogFile> files;
  for (size_t i = 0; status == 0 && i < found.gl_pathc; ++i) {
    const std::string path = found.gl_pathv[i];
    struct stat facts {};
    if (stat(path.c_str(), &facts) != 0 || S_ISDIR(facts.st_mode)) continue;
    files.push_back({path, path.substr(path.rfind('/') + 1)});
  }
  globfree(&found);
  if (files.empty()) return Error(ErrorCode::kConfig, "no log file matches `" + pattern + "`");
  std::sort(files.begin(), files.end(), [](const LogFile& a, const LogFile& b) { return OrderOf(a) < OrderOf(b); });
  for (size_t i = 1; i < files.size(); ++i) {
    if (files[i].name == files[i - 1].name) {
      return Error(ErrorCode::kConfig,
                   "two log files have the same name: `" + files[i - 1].path + "` and `" + files[i].path + "`");
    }
  }
  return files;
}

Result<uint64_t> LogFileSize(const LogFile& file) {
  struct stat facts {};
  if (stat(file.path.c_str(), &facts) != 0) {
    return Error(ErrorCode::kConfig, "cannot open `" + file.path + "`: " + std::strerror(errno));
  }
  return static_cast<uint64_t>(facts.st_size);
}

Result<std::unique_ptr<LogFileReader>> LogFileReader::Open(const LogFile& file) {
  const int descriptor = open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error(ErrorCode::kConfig, "cannot open `" + file.path + "`: " + std::strerror(errno));
  std::unique_ptr<LogFileReader> reader(new LogFileReader(file, descriptor));
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  RETURN_IF_ERROR(reader->Fill(kMagic.size()));
  const std::string_view head(reader->block_.get(), std::min(reader->filled_, kMagic.size()));
  if (head == kEncryptedMagic) {
    return Error(ErrorCode::kConfig, "`" + file.path + "` is encrypted; this release reads plain files only");
  }
  if (head != kMagic) return reader->Problem("the file is no binary log: it does not begin with fe 62 69 6e");
  reader->at_ = kMagic.size();
  return reader;
}

LogFileReader::~LogFileReader() { close(descriptor_); }

Error LogFileReader::Problem(const std::string& what) const {
  return Error(ErrorCode::kCorruptInput, file_.path + " at " + std::to_string(offset()) + ": " + what);
}

// Makes `wanted` bytes available at at_, fewer only at the end of the file.
Status LogFileReader::Fill(size_t wanted) {
  while (filled_ - at_ < wanted) {
    if (capacity_ - at_ < wanted) {
      const size_t kept = filled_ - at_;
      const size_t capacity = std::max(kBlockBytes, wanted);
      std::shared_ptr<char[]> next(new char[capacity]);
      if (kept > 0) std::memcpy(next.get(), block_.get() + at_, kept);
      block_ = std::move(next);
      owner_ = block_;
      capacity_ = capacity;
      file_offset_ += at_;
      at_ = 0;
      filled_ = kept;
    }
    const ssize_t n =
        pread(descriptor_, block_.get() + filled_, capacity_ - filled_, static_cast<off_t>(file_offset_ + filled_));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error(ErrorCode::kResource, "cannot read `" + file_.path + "`: " + std::strerror(errno));
    if (n == 0) return OkStatus();
    filled_ += static_cast<size_t>(n);
  }
  return OkStatus();
}

Result<std::string_view> LogFileReader::Next() {
  using binlog::kHeaderSize;
  if (filled_ - at_ < kHeaderSize) RETURN_IF_ERROR(Fill(kHeaderSize));
  const size_t have = filled_ - at_;
  if (have == 0) return std::string_view();
  if (have < kHeaderSize)
    return Problem("the file ends inside an event: " + std::to_string(have) + " bytes of its header");
  const binlog::EventHeader header = binlog::ReadHeader({block_.get() + at_, kHeaderSize});
  const size_t size = header.size;
  if (size < kHeaderSize)
    return Problem("an event says it has " + std::to_string(size) + " bytes, less than its header");
  if (have < size) {
    struct stat facts {};
    const uint64_t end = offset() + size;
    if (fstat(descriptor_, &facts) == 0 && S_ISREG(facts.st_mode) && static_cast<uint64_t>(facts.st_size) < end) {
      return Problem("the file ends inside an event: " + binlog::EventName(header.type) + " has " +
                     std::to_string(size) + " bytes, " +
                     std::to_string(static_cast<uint64_t>(facts.st_size) - offset()) + " are there");
    }
    RETURN_IF_ERROR(Fill(size));
    if (filled_ - at_ < size) return Problem("the file ends inside an event of " + std::to_string(size) + " bytes");
  }
  const std::string_view event(block_.get() + at_, size);
  at_ += size;
  return event;
}

Status LogFileReader::Seek(uint64_t offset) {
  struct stat facts {};
  if (fstat(descriptor_, &facts) == 0 && static_cast<uint64_t>(facts.st_size) < offset) {
    return Error(ErrorCode::kPositionLost, "`" + file_.path + "` has " + std::to_string(facts.st_size) +
                                               " bytes; the position " + std::to_string(offset) + " is behind its end");
  }
  file_offset_ = offset;
  at_ = filled_ = 0;
  capacity_ = 0;
  return OkStatus();
}

}  // namespace cdc::sources
