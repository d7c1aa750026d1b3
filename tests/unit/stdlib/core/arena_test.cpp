#include "stdlib/core/arena.h"

#include <gtest/gtest.h>

#include <string>

#include "stdlib/core/out_buffer.h"

namespace cdc {
namespace {

TEST(Arena, KeepsContentsUntilResetAndReusesItsMemory) {
  Arena arena(1024);
  std::string_view first = arena.Copy("hello");
  std::string_view large = arena.Copy(std::string(5000, 'x'));
  EXPECT_EQ(first, "hello");
  EXPECT_EQ(large, std::string(5000, 'x'));
  size_t reserved = arena.bytes_reserved();
  for (int round = 0; round < 10; ++round) {
    arena.Reset();
    arena.Copy("hello");
    arena.Copy(std::string(5000, 'y'));
  }
  EXPECT_EQ(arena.bytes_reserved(), reserved);
  arena.Reset(0);
  EXPECT_EQ(arena.bytes_reserved(), 0u);
  EXPECT_EQ(arena.Copy("again"), "again");
}

TEST(Arena, AlignsAndGivesBackTails) {
  Arena arena;
  char* first = arena.Allocate(3);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(first) % 16, 0u);
  char* second = arena.Allocate(1000);
  arena.ShrinkLast(second + 5);
  char* third = arena.Allocate(8);
  EXPECT_EQ(third, second + 16);
}

TEST(Arena, MovesWithItsContents) {
  Arena arena;
  std::string_view text = arena.Copy("kept");
  Arena other = std::move(arena);
  EXPECT_EQ(text, "kept");
  EXPECT_EQ(arena.Copy("new"), "new");
  EXPECT_EQ(other.Copy("more"), "more");
}

TEST(OutBuffer, GrowsAndTruncates) {
  OutBuffer out;
  out.Append("");
  EXPECT_EQ(out.size(), 0u);
  for (int i = 0; i < 3000; ++i) out.Append("ab");
  EXPECT_EQ(out.size(), 6000u);
  out.Truncate(3);
  EXPECT_EQ(out.view(), "aba");
}

}  // namespace
}  // namespace cdc
