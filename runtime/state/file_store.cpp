// Two files hold the state: `base`, everything at one moment, and `head`, what changed since. A commit
// rewrites the small head; when the head has grown, a new base takes it in. A base carries a number and a
// head the number of the base it belongs to, so the head of an older base is void at the instant the new base
// appears: every commit is one rename.

#include "runtime/state/file_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "runtime/state/atomic_file.h"

namespace cdc::state {
namespace {

using Json = nlohmann::ordered_json;
using Values = std::map<std::pair<std::string, std::string>, std::string>;  // by kind and item; empty: deleted

constexpr size_t kHeadBytesMax = 32 * 1024;

std::string Dump(uint64_t number, const Values& values) {
  Json records = Json::array();
  for (const auto& [key, value] : values) {
    records.push_back({{"kind", key.first}, {"item", key.second}, {"value", value}});
  }
  const Json document = {{"base", number}, {"records", std::move(records)}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct Loaded {
  bool exists = false;
  uint64_t number = 0;
  Values values;
};

Result<Loaded> Load(const std::string& path) {
  ASSIGN_OR_RETURN(const std::optional<std::string> text, ReadFile(path));
  Loaded loaded;
  if (!text) return loaded;
  const Json document = Json::parse(*text, nullptr, false);
  const auto broken = [&] {
    return Error(ErrorCode::kSinkRejected,
                 "the state file `" + path + "` is damaged; restore it, or delete it to start over");
  };
  if (!document.is_object() || !document.contains("base") || !document["base"].is_number_unsigned() ||
      !document.contains("records") || !document["records"].is_array()) {
    return broken();
  }
  loaded.exists = true;
  loaded.number = document["base"].get<uint64_t>();
  for (const Json& record : document["records"]) {
    for (const char* member : {"kind", "item", "value"}) {
      if (!record.is_object() || !record.contains(member) || !record[member].is_string()) return broken();
    }
    loaded.values[{record["kind"].get<std::string>(), record["item"].get<std::string>()}] =
        record["value"].get<std::string>();
  }
  return loaded;
}

void Apply(const Values& changes, Values* values) {
  for (const auto& [key, value] : changes) {
    if (value.empty()) {
      values->erase(key);
    } else {
      (*values)[key] = value;
    }
  }
}

class FileStore : public Store {
 public:
  FileStore(std::string directory, const StateOwner& owner, bool durable)
      : directory_(std::move(directory)), durable_(durable) {
    pipe_ = owner.program + "." + owner.pipe;
    stem_ =
        directory_ + "/" + FileNameOf(owner.program) + "." + FileNameOf(owner.pipe) + "." + FileNameOf(owner.source);
  }
  ~FileStore() override { Close(); }

  Result<std::vector<StateRecord>> Open() override {
    if (lock_ < 0) {
      RETURN_IF_ERROR(MakeDirectories(directory_));
      RETURN_IF_ERROR(Lock());
    }
    ASSIGN_OR_RETURN(Loaded base, Load(stem_ + ".base.json"));
    ASSIGN_OR_RETURN(Loaded head, Load(stem_ + ".head.json"));
    number_ = base.number;
    base_ = std::move(base.values);
    changes_ = head.exists && head.number == number_ ? std::move(head.values) : Values();
    Values all = base_;
    Apply(changes_, &all);
    std::vector<StateRecord> records;
    for (const auto& [key, value] : all) records.push_back({key.first, key.second, value});
    return records;
  }

  Status Save(const std::vector<StateRecord>& records) override {
    CHECK(lock_ >= 0);
    Values changes = changes_;
    for (const StateRecord& record : records) changes[{record.kind, record.item}] = record.value;
    size_t bytes = 0;
    for (const auto& [key, value] : changes) bytes += key.first.size() + key.second.size() + value.size();
    if (bytes > kHeadBytesMax) {
      Values all = base_;
      Apply(changes, &all);
      return ReplaceBase(std::move(all));
    }
    RETURN_IF_ERROR(ReplaceFile(stem_ + ".head.json", Dump(number_, changes), durable_));
    changes_ = std::move(changes);
    return OkStatus();
  }

  Status Clear() override {
    CHECK(lock_ >= 0);
    return ReplaceBase({});
  }

  void Close() override {
    if (lock_ >= 0) ::close(lock_);
    lock_ = -1;
  }

 private:
  Status ReplaceBase(Values all) {
    RETURN_IF_ERROR(ReplaceFile(stem_ + ".base.json", Dump(number_ + 1, all), durable_));
    ++number_;
    base_ = std::move(all);
    changes_.clear();
    return OkStatus();
  }

  Status Lock() {
    const std::string path = stem_ + ".lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return FileError("cannot open", path, errno);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      char holder[32] = {};
      const ssize_t got = ::pread(file, holder, sizeof(holder) - 1, 0);
      ::close(file);
      if (error != EWOULDBLOCK) return FileError("cannot lock", path, error);
      std::string who(holder, got > 0 ? static_cast<size_t>(got) : 0);
      while (!who.empty() && who.back() == '\n') who.pop_back();
      return Error(ErrorCode::kTakenOver, "the state of pipe `" + pipe_ + "` in `" + directory_ +
                                              "` is in use by process " + (who.empty() ? "?" : who) +
                                              "; one process at a time runs a pipe");
    }
    const std::string mine = std::to_string(::getpid()) + "\n";
    const bool written = ::ftruncate(file, 0) == 0 && ::pwrite(file, mine.data(), mine.size(), 0) > 0;
    if (!written) {
      const int error = errno;
      ::close(file);
      return FileError("cannot write", path, error);
    }
    lock_ = file;
    return OkStatus();
  }

  const std::string directory_;
  const bool durable_;
  std::string pipe_;
  std::string stem_;
  int lock_ = -1;
  uint64_t number_ = 0;
  Values base_;
  Values changes_;
};

}  // namespace

std::unique_ptr<Store> MakeFileStore(std::string directory, StateOwner owner, bool durable) {
  return std::make_unique<FileStore>(std::move(directory), owner, durable);
}

}  // namespace cdc::state
