#pragma once

// Databases and tables as file names, for schema snapshots (LANGUAGE §7): `a/b` is the file `a%2Fb`. What a file system
// forbids, hides or confuses is written as `%` and two hexadecimal digits per byte; all else stands as it is, so that
// ordinary names are ordinary files.

#include <string>
#include <string_view>
#include <vector>

namespace cdc {

// File names of the names that share one folder, parallel to `names`. Names that differ in case only, which some file
// systems take for one, get different file names on those too: the one in lower case stays, others have `%4F` for `O`.
// Requires: names are UTF-8 and differ.
std::vector<std::string> FileNamesOf(const std::vector<std::string>& names);
// Of a name that stands alone.
std::string FileNameOf(std::string_view name);

// The name behind a file name, whichever of the above wrote it. A `%` without two digits behind it is a `%`.
std::string NameOfFile(std::string_view file_name);

}  // namespace cdc
