#pragma once

// From the paths of a command line to the files they mean.

#include <string>
#include <string_view>
#include <vector>

namespace cdc::load {

struct FoundFiles {
  // As people see them: `orders.pipe`, `pipelines/orders.pipe`. In the order of the paths, those of a directory by
  // name. No file twice, also by another name of it.
  std::vector<std::string> files;
  // Paths that are not there and directories that cannot be listed, with the reason: wrong usage, exit 2.
  std::vector<std::string> errors;
};

// Finds the programs that `paths` name. A file counts as it is, whatever it is called and whatever ignores it. A
// directory is walked for files that end in one of `extensions` (with their period). The walk leaves out names that
// start with a period and what `.gitignore` files exclude: those of the walked directories and those above them, up to
// the repository's root. It enters no directory through a symbolic link, so no loop can hold it; a link to a file is
// that file, and a link to nothing is listed, to be reported by who reads it. Of what is no file, such as a FIFO, only
// what a path names is taken. Files are not opened.
FoundFiles FindPrograms(const std::vector<std::string>& paths, const std::vector<std::string_view>& extensions);

}  // namespace cdc::load
