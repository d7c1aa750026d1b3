// A recorded log through the real parts, from file to file: whatever the size of the batches, whether the
// plan went through JSON or not, and every time again, the same bytes come out (ENGINE G6).

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/engine/shop_pipe.h"

namespace cdc::testing {
namespace {

class TwoWays : public ::testing::Test {
 protected:
  // What a run writes: by file name, its lines.
  std::map<std::string, std::string> Run(const plan::Plan& plan, size_t batch_bytes, size_t* batches) {
    ShopPipe::Parts parts = shop_.Make(plan, batch_bytes);
    EXPECT_TRUE(parts.sink->Open().ok());
    Status done = Pump(parts.source.get(), parts.transform.get(), parts.sink.get(), batches);
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().message());
    parts.sink->Close();
    return ShopPipe::Written(parts);
  }

  static Status Pump(Source* source, operators::Transform* transform, Sink* sink, size_t* batches) {
    RETURN_IF_ERROR(source->Open({}));
    for (*batches = 0;; ++*batches) {
      ChangeBatch in;
      ASSIGN_OR_RETURN(const ReadResult result, source->Read(&in, 0));
      if (result == ReadResult::kEnd) return sink->Commit({});
      auto out = std::make_unique<MessageBatch>();
      RETURN_IF_ERROR(transform->Apply(in, out.get()));
      RETURN_IF_ERROR(sink->Write(std::move(out)));
    }
  }

  ShopPipe shop_;
};

TEST_F(TwoWays, BatchesOfOneRowAndOfManyGiveTheSameBytes) {
  size_t many = 0, single = 0;
  const auto expected = Run(shop_.plan(), 1u << 20, &many);
  EXPECT_EQ(expected.size(), 11u);  // the shop's tables, each a topic
  EXPECT_EQ(Run(shop_.plan(), 1, &single), expected);
  EXPECT_LT(many, 20u);
  EXPECT_GT(single, 200u);
}

TEST_F(TwoWays, TheSameLogTwiceGivesTheSameBytes) {
  size_t batches = 0;
  const auto first = Run(shop_.plan(), 1u << 20, &batches);
  EXPECT_EQ(Run(shop_.plan(), 1u << 20, &batches), first);
}

TEST_F(TwoWays, PlanFromTextAndFromJsonGiveTheSameBytes) {
  auto from_json = plan::FromJson(plan::ToJson(shop_.plan()));
  ASSERT_TRUE(from_json.ok()) << from_json.error().message();
  size_t batches = 0;
  EXPECT_EQ(Run(from_json.value(), 1u << 20, &batches), Run(shop_.plan(), 1u << 20, &batches));
}

}  // namespace
}  // namespace cdc::testing
