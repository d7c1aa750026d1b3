#pragma once

#include <string>
#include <vector>

namespace cdc::load {

// Whether the file's name says that it is Markdown: `.md`.
bool IsMarkdown(const std::string& path);

// The programs in a Markdown text: its fenced blocks that are marked `pipe` and nothing else. A further word, such as
// `pipe ignore`, says that a block is no whole program. Shape: each as long as the text, with spaces for all that is
// not in the block, so that places in it are places in the Markdown.
std::vector<std::string> ProgramsInMarkdown(const std::string& text);

}  // namespace cdc::load
