#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "stdlib/core/out_buffer.h"
#include "stdlib/core/result.h"

namespace cdc::sinks {

// The open file of a topic, `<topic>.<n>.jsonl`: bytes are buffered, and its length is what the state
// remembers.
struct TopicFile {
  std::string topic;
  uint64_t number = 0;      // n; 0: none yet
  uint64_t committed = 0;   // bytes that a commit made part of the output
  uint64_t written = 0;     // bytes in the file, without `buffer`
  int64_t opened_at_s = 0;  // seconds since 1970 UTC, for rotation by time
  int handle = -1;
  bool dirty = false;     // written to since the last commit
  bool unsynced = false;  // written to since the last fsync
  OutBuffer buffer;

  uint64_t length() const { return written + buffer.size(); }
};

std::string TopicFilePath(const std::string& directory, const std::string& topic, uint64_t number);

// The largest n of every topic with files in `directory`.
// Shape: by the name that the topic has in file names.
Result<std::map<std::string, uint64_t>> LargestNumbers(const std::string& directory);

// Opens the file for writing behind its first `keep_bytes`, making it if it is missing, and locks it. Whatever else it
// holds is cut off. Errors: kTakenOver (another pipe or process writes to it), kSinkRejected (it is shorter).
Status OpenTopicFile(const std::string& directory, uint64_t keep_bytes, TopicFile* file);

// Writes the buffer out. Errors: kResource, kSinkRejected.
Status FlushTopicFile(const std::string& directory, TopicFile* file);
Status SyncTopicFile(const std::string& directory, TopicFile* file);
void CloseTopicFile(TopicFile* file);

// The state record of a file, and back. Errors: kSinkRejected.
std::string ToJson(const TopicFile& file);
Status ReadTopicFile(const std::string& topic, const std::string& json, TopicFile* file);

}  // namespace cdc::sinks
