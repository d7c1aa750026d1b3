#include "runtime/sinks/files/topic_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "runtime/state/atomic_file.h"

namespace cdc::sinks {
namespace {

constexpr std::string_view kExtension = ".jsonl";

// Splits `<topic>.<n>.jsonl`; false for other names.
bool Split(std::string_view name, std::string* topic, uint64_t* number) {
  if (name.size() < kExtension.size() || name.substr(name.size() - kExtension.size()) != kExtension) return false;
  name.remove_suffix(kExtension.size());
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view digits = name.substr(dot + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), *number);
  *topic = name.substr(0, dot);
  return error == std::errc() && end == digits.data() + digits.size();
}

}  // namespace

std::string TopicFilePath(const std::string& directory, const std::string& topic, uint64_t number) {
  return directory + "/" + state::FileNameOf(topic) + "." + std::to_string(number) + std::string(kExtension);
}

Result<std::map<std::string, uint64_t>> LargestNumbers(const std::string& directory) {
  std::map<std::string, uint64_t> largest;
  std::error_code error;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::string topic;
    uint64_t number = 0;
    if (!Split(entry->path().filename().string(), &topic, &number)) continue;
    uint64_t& known = largest[topic];
    known = std::max(known, number);
  }
  if (error) return state::FileError("cannot list", directory, error.value());
  return largest;
}

Status OpenTopicFile(const std::string& directory, uint64_t keep_bytes, TopicFile* file) {
  const std::string path = TopicFilePath(directory, file->topic, file->number);
  const int handle = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (handle < 0) return state::FileError("cannot open", path, errno);
  struct stat facts {};
  Status status;
  if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
    status = Error(ErrorCode::kTakenOver, "`" + path + "` is being written by another pipe or process");
  } else if (::fstat(handle, &facts) != 0) {
    status = state::FileError("cannot read", path, errno);
  } else if (static_cast<uint64_t>(facts.st_size) < keep_bytes) {
    status = Error(ErrorCode::kSinkRejected,
                   "`" + path + "` has " + std::to_string(facts.st_size) + " bytes, and " + std::to_string(keep_bytes) +
                       " were written: it was cut, or a power failure took what `sync` had not made durable");
  } else if (::ftruncate(handle, static_cast<off_t>(keep_bytes)) != 0 ||
             ::lseek(handle, static_cast<off_t>(keep_bytes), SEEK_SET) < 0) {
    status = state::FileError("cannot cut", path, errno);
  }
  if (!status.ok()) {
    ::close(handle);
    return status;
  }
  file->handle = handle;
  file->written = keep_bytes;
  return OkStatus();
}

Status FlushTopicFile(const std::string& directory, TopicFile* file) {
  std::string_view bytes = file->buffer.view();
  while (!bytes.empty()) {
    const ssize_t written = ::write(file->handle, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      return state::FileError("cannot write", TopicFilePath(directory, file->topic, file->number), errno);
    bytes.remove_prefix(static_cast<size_t>(written));
    file->written += static_cast<uint64_t>(written);
    file->unsynced = true;
  }
  file->buffer.Clear();
  return OkStatus();
}

Status SyncTopicFile(const std::string& directory, TopicFile* file) {
  if (!file->unsynced) return OkStatus();
  if (::fdatasync(file->handle) != 0) {
    return state::FileError("cannot sync", TopicFilePath(directory, file->topic, file->number), errno);
  }
  file->unsynced = false;
  return OkStatus();
}

void CloseTopicFile(TopicFile* file) {
  if (file->handle >= 0) ::close(file->handle);
  file->handle = -1;
}

std::string ToJson(const TopicFile& file) {
  const nlohmann::ordered_json json = {
      {"file", file.number}, {"bytes", file.length()}, {"opened_at", file.opened_at_s}};
  return json.dump();
}

Status ReadTopicFile(const std::string& topic, const std::string& json, TopicFile* file) {
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  for (const char* member : {"file", "bytes", "opened_at"}) {
    if (!parsed.is_object() || !parsed.contains(member) || !parsed[member].is_number_integer()) {
      return Error(ErrorCode::kSinkRejected, "the saved state of the files of topic `" + topic + "` is damaged");
    }
  }
  file->topic = topic;
  file->number = parsed["file"].get<uint64_t>();
  file->committed = parsed["bytes"].get<uint64_t>();
  file->opened_at_s = parsed["opened_at"].get<int64_t>();
  return OkStatus();
}

}  // namespace cdc::sinks
