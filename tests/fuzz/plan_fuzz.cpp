// Any bytes are a plan or an error with a text. What loads prints itself, and loads again to the very same document;
// people's form of it can be printed too.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/plan/plan.h"
#include "compiler/plan/text.h"
#include "stdlib/core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto plan = cdc::plan::FromJson(std::string(reinterpret_cast<const char*>(data), size));
  if (!plan.ok()) {
    CHECK(!plan.error().message().empty());
    return 0;
  }
  const std::string json = cdc::plan::ToJson(*plan);
  const auto again = cdc::plan::FromJson(json);
  CHECK(again.ok());
  CHECK(cdc::plan::ToJson(*again) == json);
  cdc::plan::RenderText(*plan, {});
  return 0;
}
