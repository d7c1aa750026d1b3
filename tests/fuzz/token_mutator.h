#pragma once

// Changes to programs that keep most of them readable: whole tokens, and whole clauses of another program. Bytes alone
// seldom get past the parser.

#include <cstddef>
#include <cstdint>

namespace cdc::fuzz {

// What LLVMFuzzerCustomMutator and LLVMFuzzerCustomCrossOver return; texts that are not UTF-8 are left to libFuzzer.
size_t MutateTokens(uint8_t* data, size_t size, size_t size_max, unsigned seed);
size_t CrossTokens(const uint8_t* a, size_t a_size, const uint8_t* b, size_t b_size, uint8_t* out, size_t size_max,
                   unsigned seed);

}  // namespace cdc::fuzz
