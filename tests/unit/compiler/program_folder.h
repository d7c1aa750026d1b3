#pragma once

// Files of a test's program in a folder of their own, removed with the object.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace cdc::testing {

class ProgramFolder {
 public:
  ProgramFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pipec-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    // The root: nothing above this folder counts.
    Write("project.pipe", "");
  }
  ~ProgramFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  ProgramFolder(const ProgramFolder&) = delete;
  ProgramFolder& operator=(const ProgramFolder&) = delete;

  // Writes a file, making its folders; returns its path.
  std::string Write(const std::string& name, const std::string& text) const {
    std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string Path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace cdc::testing
