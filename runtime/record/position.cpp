#include "runtime/record/position.h"

#include <charconv>

#include "stdlib/core/arena.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc {
namespace {

constexpr std::string_view kFlavours[] = {"mysql", "mariadb", "files"};

void AppendText(std::string_view name, std::string_view value, OutBuffer* out) {
  out->Append(name);
  AppendJsonString(value, out);
}

template <typename T>
void AppendNumber(std::string_view name, T value, OutBuffer* out) {
  out->Append(name);
  out->Append(std::to_string(value));
}

// Reads the members of one saved position.
class Reader {
 public:
  explicit Reader(std::string_view object) : object_(object) {}

  void Text(std::string_view name, std::string* out) {
    const auto value = JsonMember(object_, name);
    if (!value.has_value() || KindOfJson(*value) != JsonKind::kString) {
      Miss(name);
      return;
    }
    Arena scratch;
    *out = JsonUnquote(*value, &scratch);
  }

  template <typename T>
  void Number(std::string_view name, T* out) {
    const auto value = JsonMember(object_, name);
    if (!value.has_value() || std::from_chars(value->data(), value->data() + value->size(), *out).ec != std::errc()) {
      Miss(name);
    }
  }

  const std::string& missing() const { return missing_; }

 private:
  void Miss(std::string_view name) {
    if (missing_.empty()) missing_ = name;
  }

  std::string_view object_;
  std::string missing_;
};

uint64_t FileNumber(const std::string& file) {
  uint64_t number = 0;
  const size_t dot = file.rfind('.');
  if (dot != std::string::npos) std::from_chars(file.data() + dot + 1, file.data() + file.size(), number);
  return number;
}

}  // namespace

bool AtOrBehind(const std::string& a_file, uint64_t a_offset, const std::string& b_file, uint64_t b_offset) {
  const uint64_t a = FileNumber(a_file), b = FileNumber(b_file);
  return a != b ? a > b : a_offset >= b_offset;
}

std::string ToText(const Position& position) {
  if (position.file.empty()) return "GTID " + position.gtid_set;
  std::string text = position.file + ":" + std::to_string(position.offset);
  if (position.inside_group()) {
    text += " (row event " + std::to_string(position.row_event) + ", row " + std::to_string(position.row) + ")";
  }
  if (!position.gtid_set.empty()) text += ", GTID " + position.gtid_set;
  return text;
}

std::string ToJson(const Position& position) {
  OutBuffer out;
  AppendText("{\"flavour\":", kFlavours[static_cast<size_t>(position.flavour)], &out);
  AppendText(",\"server\":", position.server, &out);
  AppendText(",\"file\":", position.file, &out);
  AppendNumber(",\"offset\":", position.offset, &out);
  AppendText(",\"gtid_set\":", position.gtid_set, &out);
  AppendNumber(",\"row_event\":", position.row_event, &out);
  AppendNumber(",\"row\":", position.row, &out);
  AppendNumber(",\"commit_time_us\":", position.commit_time_us, &out);
  out.Append('}');
  return std::string(out.view());
}

Result<Position> PositionFromJson(std::string_view text) {
  const auto broken = [&](const std::string& what) {
    return Error(ErrorCode::kCorruptInput,
                 "the saved position is broken (" + what + "): " + std::string(text.substr(0, 200)));
  };
  if (!IsJson(text) || KindOfJson(text) != JsonKind::kObject) return broken("no JSON object");
  Position position;
  std::string flavour;
  Reader reader(text);
  reader.Text("flavour", &flavour);
  reader.Text("server", &position.server);
  reader.Text("file", &position.file);
  reader.Number("offset", &position.offset);
  reader.Text("gtid_set", &position.gtid_set);
  reader.Number("row_event", &position.row_event);
  reader.Number("row", &position.row);
  reader.Number("commit_time_us", &position.commit_time_us);
  if (!reader.missing().empty()) return broken("`" + reader.missing() + "` is missing or of another type");
  for (size_t i = 0; i < std::size(kFlavours); ++i) {
    if (flavour != kFlavours[i]) continue;
    position.flavour = static_cast<Flavour>(i);
    return position;
  }
  return broken("unknown flavour");
}

}  // namespace cdc
