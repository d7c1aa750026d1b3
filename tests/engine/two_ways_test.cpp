// Recorded logs through the real parts, from file to file: whatever the size of the batches, whether the plan went
// through JSON or not, and every time again, the same bytes come out (ENGINE G6).

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "tests/engine/file_pipe.h"
#include "tests/engine/mixed_log.h"

namespace cdc::testing {
namespace {

constexpr size_t kWhole = 1u << 20;  // the engine's own size

// What the source handed out.
struct Handed {
  size_t batches = 0;
  size_t rows = 0;
  size_t rows_min = SIZE_MAX;  // of the batches that have rows
  size_t rows_max = 0;
};

Status Pump(Source* source, operators::Transform* transform, Sink* sink, Handed* handed) {
  RETURN_IF_ERROR(source->Open({}));
  while (true) {
    ChangeBatch in;
    ASSIGN_OR_RETURN(const ReadResult result, source->Read(&in, 0));
    if (result == ReadResult::kEnd) return sink->Commit({});
    if (!in.rows.empty()) {
      ++handed->batches;
      handed->rows += in.rows.size();
      handed->rows_min = std::min(handed->rows_min, in.rows.size());
      handed->rows_max = std::max(handed->rows_max, in.rows.size());
    }
    auto out = std::make_unique<MessageBatch>();
    RETURN_IF_ERROR(transform->Apply(in, out.get()));
    RETURN_IF_ERROR(sink->Write(std::move(out)));
  }
}

// What a run writes: by file name, its lines.
std::map<std::string, std::string> OutputOf(FilePipe* pipe, const plan::Plan& plan, size_t batch_bytes,
                                            Handed* handed) {
  FilePipe::Parts parts = pipe->Make(plan, batch_bytes);
  EXPECT_TRUE(parts.sink->Open().ok());
  const Status done = Pump(parts.source.get(), parts.transform.get(), parts.sink.get(), handed);
  EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().message());
  parts.sink->Close();
  return FilePipe::Written(parts);
}

TEST(TwoWays, BatchesOfOneRowAndOfAThousandGiveTheSameBytes) {
  FilePipe pipe(R"(source log: binlog_files { path = '$LOG_FOLDER$/binlog.0*'; }
sink out: files { directory = 'out'; partitions = 3; sync = never; }
pipe mixed {
  from log;
  into out;
  topic "$tablename$";
  format debezium_json;
  table bench.sbtest1 { where k % 7 <> 0; select *, upper(pad) as loud; key (id); }
  table bench.orders { select * except (token); key primary; on update when not changed(price) skip; }
  table bench.* { key primary; }
}
)",
                MixedLog());
  Handed many, single;
  const auto expected = OutputOf(&pipe, pipe.plan(), kWhole, &many);
  EXPECT_EQ(many.rows, kMixedLogRows);
  EXPECT_GE(many.rows_max, 1'000u);
  EXPECT_TRUE(OutputOf(&pipe, pipe.plan(), 1, &single) == expected);
  EXPECT_EQ(single.batches, kMixedLogRows);
  EXPECT_EQ(single.rows_min, 1u);
  EXPECT_EQ(single.rows_max, 1u);
  EXPECT_EQ(expected.size(), 3u);
  for (const auto& [topic, lines] : expected) EXPECT_GT(std::count(lines.begin(), lines.end(), '\n'), 300) << topic;
}

TEST(TwoWays, BatchesOfOneRowAndOfManyGiveTheSameBytesOfTheShop) {
  ShopPipe shop;
  Handed many, single;
  const auto expected = OutputOf(&shop, shop.plan(), kWhole, &many);
  EXPECT_EQ(expected.size(), 11u);  // the shop's tables, each a topic
  EXPECT_EQ(OutputOf(&shop, shop.plan(), 1, &single), expected);
  EXPECT_LT(many.batches, 20u);
  EXPECT_EQ(single.rows, many.rows);
  EXPECT_EQ(single.rows_max, 1u);
}

TEST(TwoWays, TheSameLogTwiceGivesTheSameBytes) {
  ShopPipe shop;
  Handed handed;
  const auto first = OutputOf(&shop, shop.plan(), kWhole, &handed);
  EXPECT_EQ(OutputOf(&shop, shop.plan(), kWhole, &handed), first);
}

TEST(TwoWays, PlanFromTextAndFromJsonGiveTheSameBytes) {
  ShopPipe shop;
  auto from_json = plan::FromJson(plan::ToJson(shop.plan()));
  ASSERT_TRUE(from_json.ok()) << from_json.error().message();
  Handed handed;
  EXPECT_EQ(OutputOf(&shop, from_json.value(), kWhole, &handed), OutputOf(&shop, shop.plan(), kWhole, &handed));
}

}  // namespace
}  // namespace cdc::testing
