// Any bytes parse without a crash, an exception or a diagnostic outside the file; what parses without errors
// is complete.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "stdlib/core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cdc::source::SourceFiles files;
  uint32_t file = files.Add("fuzz.pipe", std::string(reinterpret_cast<const char*>(data), size));
  cdc::diag::Diagnostics diagnostics;
  cdc::ast::File parsed = cdc::parse::Parse(files, file, &diagnostics);
  CHECK(parsed.complete || diagnostics.has_errors());
  for (const cdc::diag::Diagnostic& one : diagnostics.all()) {
    CHECK(one.span.begin <= one.span.end && one.span.end <= size);
    CHECK(!one.message.empty());
  }
  CHECK(cdc::diag::RenderText(diagnostics, files).empty() == diagnostics.empty());
  CHECK(!cdc::diag::RenderJson(diagnostics, files).empty());
  return 0;
}
