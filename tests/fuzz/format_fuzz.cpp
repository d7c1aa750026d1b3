// Whatever parses has a layout with the same tokens and comments (Format() checks that itself), which is its own.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/format/format.h"
#include "stdlib/core/check.h"
#include "tests/fuzz/token_mutator.h"

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t size_max, unsigned seed) {
  return cdc::fuzz::MutateTokens(data, size, size_max, seed);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* a, size_t a_size, const uint8_t* b, size_t b_size,
                                            uint8_t* out, size_t size_max, unsigned seed) {
  return cdc::fuzz::CrossTokens(a, a_size, b, b_size, out, size_max, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cdc::source::SourceFiles files;
  cdc::diag::Diagnostics diagnostics;
  uint32_t file = files.Add("fuzz.pipe", std::string(reinterpret_cast<const char*>(data), size));
  std::optional<std::string> once = cdc::format::Format(files, file, &diagnostics);
  CHECK(once || diagnostics.has_errors());
  if (!once) return 0;
  std::optional<std::string> twice = cdc::format::Format(files, files.Add("again.pipe", *once), &diagnostics);
  CHECK(twice && *twice == *once);
  return 0;
}
