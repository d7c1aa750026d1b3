#include <malloc.h>

#include "runtime/driver/subcommand.h"
#include "stdlib/core/crash_report.h"

namespace {

// Blocks of about 1 MiB come and go with every batch and every request to a broker: they stay in the heap instead of
// going back to the kernel, which would clear their pages again and again (a tenth of the CPU time of a stream).
void KeepFreedBlocks() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  cdc::SetUpCrashReports("piperun", PIPEWRIGHT_VERSION);
  KeepFreedBlocks();
  return cdc::driver::RunPiperun({argv + 1, argv + argc});
}
