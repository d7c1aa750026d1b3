// make_binlog --rows N [--shape narrow|wide] [--changes insert|mixed] [--rows-per-transaction N] OUT
// Writes a binary log for benchmarks and memory tests; always the same bytes for the same arguments.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/bench/generator/workload.h"

namespace {

using cdc::generator::ChangeMix;
using cdc::generator::RowShape;

int Usage() {
  std::fputs(
      "usage: make_binlog --rows N [--shape narrow|wide] [--changes insert|mixed] [--rows-per-transaction N] OUT\n",
      stderr);
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  cdc::generator::Workload workload;
  std::string out;
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    if (!name.starts_with("--")) {
      out = name;
      continue;
    }
    if (i + 1 == count) return Usage();
    const std::string value = arguments[++i];
    if (name == "--rows")
      workload.rows = std::strtoull(value.c_str(), nullptr, 10);
    else if (name == "--rows-per-transaction")
      workload.rows_per_transaction = std::strtoull(value.c_str(), nullptr, 10);
    else if (name == "--shape" && value == "narrow")
      workload.shape = RowShape::kNarrow;
    else if (name == "--shape" && value == "wide")
      workload.shape = RowShape::kWide;
    else if (name == "--changes" && value == "insert")
      workload.changes = ChangeMix::kInsert;
    else if (name == "--changes" && value == "mixed")
      workload.changes = ChangeMix::kMixed;
    else
      return Usage();
  }
  if (out.empty() || workload.rows == 0 || workload.rows_per_transaction == 0) return Usage();
  if (!cdc::generator::WriteLog(workload, out)) {
    std::fprintf(stderr, "make_binlog: cannot write %s\n", out.c_str());
    return 1;
  }
  return 0;
}
