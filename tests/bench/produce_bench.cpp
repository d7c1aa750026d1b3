// librdkafka alone: records from memory into one topic, in transactions, as fast as it takes them. The floor under
// every pipe with a Kafka sink; so it uses what is quickest there: many records a call, one partition a call, no
// copies, reports served in a second thread.
//
//   produce_bench create|delete BROKER TOPIC PARTITIONS
//   produce_bench send BROKER TOPIC PARTITIONS RECORDS COUNT CODEC
//
// RECORDS has a record a line, key, tab, value; they are sent again from the first until COUNT are sent.

#include <librdkafka/rdkafka.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Properties = std::vector<std::pair<std::string, std::string>>;

constexpr size_t kWindow = 2048;  // records that are sorted by partition together
constexpr int kWaitMs = 60'000;
constexpr auto kCommitEvery = std::chrono::seconds(1);

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "produce_bench: %s\n", what.c_str());
  std::exit(1);
}

void Check(rd_kafka_error_t* error, const char* doing) {
  if (error != nullptr) Fail(std::string(doing) + ": " + rd_kafka_error_string(error));
}

rd_kafka_t* MakeProducer(const Properties& properties) {
  char words[512];
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), words, sizeof words) != RD_KAFKA_CONF_OK) Fail(words);
  }
  rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR);
  rd_kafka_t* producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof words);
  if (producer == nullptr) Fail(words);
  return producer;
}

void Administer(const std::string& verb, const std::string& broker, const std::string& topic, int partitions) {
  char words[512];
  rd_kafka_t* client = MakeProducer({{"bootstrap.servers", broker}});
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
  if (verb == "create") {
    rd_kafka_NewTopic_t* wanted = rd_kafka_NewTopic_new(topic.c_str(), partitions, 1, words, sizeof words);
    if (wanted == nullptr) Fail(words);
    rd_kafka_CreateTopics(client, &wanted, 1, nullptr, queue);
  } else {
    rd_kafka_DeleteTopic_t* unwanted = rd_kafka_DeleteTopic_new(topic.c_str());
    rd_kafka_DeleteTopics(client, &unwanted, 1, nullptr, queue);
  }
  rd_kafka_event_t* done = rd_kafka_queue_poll(queue, kWaitMs);
  if (done == nullptr || rd_kafka_event_error(done) != RD_KAFKA_RESP_ERR_NO_ERROR) Fail("the broker does not answer");
}

struct Record {
  std::string_view key;
  std::string_view value;
};

std::vector<Record> Split(std::string_view text) {
  std::vector<Record> records;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const size_t tab = line.find('\t');
    if (end == text.npos || tab == line.npos) Fail("the records are not lines of key, tab and value");
    records.push_back({line.substr(0, tab), line.substr(tab + 1)});
    text.remove_prefix(end + 1);
  }
  if (records.empty()) Fail("there are no records");
  return records;
}

class Reports {
 public:
  explicit Reports(rd_kafka_t* producer) : queue_(rd_kafka_queue_get_main(producer)), thread_([this] { Serve(); }) {}
  ~Reports() {
    stop_ = true;
    thread_.join();
    rd_kafka_queue_destroy(queue_);
  }
  uint64_t delivered() const { return delivered_; }

 private:
  void Serve() {
    while (!stop_) {
      rd_kafka_event_t* event = rd_kafka_queue_poll(queue_, 100);
      if (event == nullptr) continue;
      while (const rd_kafka_message_t* message = rd_kafka_event_message_next(event)) {
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) Fail(rd_kafka_err2str(message->err));
        ++delivered_;
      }
      rd_kafka_event_destroy(event);
    }
  }

  rd_kafka_queue_t* queue_;
  std::atomic<bool> stop_{false};
  std::atomic<uint64_t> delivered_{0};
  std::thread thread_;
};

// The records of one window, by partition.
std::vector<std::vector<rd_kafka_message_t>> Cut(const std::vector<Record>& records, uint64_t from, uint64_t to,
                                                 size_t partitions) {
  std::vector<std::vector<rd_kafka_message_t>> runs(partitions);
  for (uint64_t i = from; i < to; ++i) {
    const Record& record = records[i % records.size()];
    rd_kafka_message_t message = {};
    message.payload = const_cast<char*>(record.value.data());
    message.len = record.value.size();
    message.key = const_cast<char*>(record.key.data());
    message.key_len = record.key.size();
    runs[std::hash<std::string_view>{}(record.key) % partitions].push_back(message);
  }
  return runs;
}

void Produce(rd_kafka_topic_t* topic, int32_t partition, std::vector<rd_kafka_message_t>* messages) {
  for (size_t done = 0; done < messages->size();) {
    rd_kafka_message_t* const first = messages->data() + done;
    const size_t left = messages->size() - done;
    const auto taken = static_cast<size_t>(rd_kafka_produce_batch(topic, partition, 0, first, static_cast<int>(left)));
    done += taken;
    if (taken == left) continue;
    // A batch is cut where the queue is full; the refused records carry the reason.
    std::stable_partition(first, first + left, [](const rd_kafka_message_t& m) { return m.err == 0; });
    if ((*messages)[done].err != RD_KAFKA_RESP_ERR__QUEUE_FULL) Fail(rd_kafka_err2str((*messages)[done].err));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

double CpuSeconds() {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void Send(const std::string& broker, const std::string& name, size_t partitions, const std::string& file,
          uint64_t count, const std::string& codec) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  const std::string text = bytes.str();
  const std::vector<Record> records = Split(text);
  // The values of a Kafka sink with its defaults (runtime/sinks/kafka/properties.cpp).
  rd_kafka_t* producer = MakeProducer({{"bootstrap.servers", broker},
                                       {"transactional.id", name},
                                       {"acks", "all"},
                                       {"compression.codec", codec},
                                       {"linger.ms", "5"},
                                       {"batch.size", "1048576"},
                                       {"message.max.bytes", "1114112"},
                                       {"queue.buffering.max.kbytes", "16384"},
                                       {"queue.buffering.max.messages", "50000"},
                                       {"enable.metrics.push", "false"}});
  rd_kafka_topic_t* topic = rd_kafka_topic_new(producer, name.c_str(), nullptr);
  Check(rd_kafka_init_transactions(producer, kWaitMs), "init_transactions");
  const double cpu_before = CpuSeconds();
  const auto begin = Clock::now();
  {
    const Reports reports(producer);
    auto committed = begin;
    bool open = false;
    for (uint64_t sent = 0; sent < count;) {
      if (!open) Check(rd_kafka_begin_transaction(producer), "begin_transaction");
      open = true;
      const uint64_t to = std::min<uint64_t>(count, sent + kWindow);
      auto runs = Cut(records, sent, to, partitions);
      for (size_t p = 0; p < runs.size(); ++p) Produce(topic, static_cast<int32_t>(p), &runs[p]);
      sent = to;
      if (sent < count && Clock::now() - committed < kCommitEvery) continue;
      Check(rd_kafka_commit_transaction(producer, kWaitMs), "commit_transaction");
      committed = Clock::now();
      open = false;
    }
    if (reports.delivered() != count) Fail("not every record was reported");
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::printf("{\"records\": %llu, \"seconds\": %.4f, \"cpu_seconds\": %.4f}\n", static_cast<unsigned long long>(count),
              seconds, CpuSeconds() - cpu_before);
  rd_kafka_topic_destroy(topic);
  rd_kafka_destroy(producer);
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 4 && (words[0] == "create" || words[0] == "delete")) {
    Administer(words[0], words[1], words[2], std::atoi(words[3].c_str()));
    return 0;
  }
  if (words.size() == 7 && words[0] == "send") {
    Send(words[1], words[2], std::strtoul(words[3].c_str(), nullptr, 10), words[4],
         std::strtoull(words[5].c_str(), nullptr, 10), words[6]);
    return 0;
  }
  std::fputs(
      "usage: produce_bench create|delete BROKER TOPIC PARTITIONS\n"
      "       produce_bench send BROKER TOPIC PARTITIONS RECORDS COUNT CODEC\n",
      stderr);
  return 2;
}
