#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "compiler/diff/diff.h"

namespace cdc::diff {
namespace {

using Json = nlohmann::ordered_json;
using Of = Section::Of;
using Mark = Section::Mark;

constexpr size_t kWhatWidth = 13;
constexpr size_t kIdColumn = 88;
constexpr size_t kNamesMax = 3;

// Columns on a terminal, one for each code point.
size_t Width(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

constexpr size_t kTextMax = 300;

// On one line, as the terminal takes it; what is very long is cut.
std::string Shown(const std::string& text) {
  if (text.size() > kTextMax) {
    size_t end = kTextMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return Shown(text.substr(0, end)) + "…";
  }
  std::string shown;
  for (char c : text) {
    const unsigned char byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return shown;
}

std::string IdText(const Difference& difference) {
  return "[" + KindId(difference.kind) + " " + std::string(KindName(difference.kind)) + "]";
}

void AppendLine(std::string line, const Difference& difference, const std::string& behind, std::string* out) {
  const size_t width = Width(line);
  line.append(width + 2 <= kIdColumn ? kIdColumn - width : 2, ' ');
  *out += line + IdText(difference) + (behind.empty() ? "" : "   " + behind) + "\n";
}

std::string ChangeText(const Difference& difference) {
  if (difference.before.empty()) return Shown("+ " + difference.after);
  if (difference.after.empty()) return Shown("- " + difference.before);
  return Shown(difference.before + " -> " + difference.after);
}

void Append(const Difference& difference, std::string* out) {
  const Category category = KindCategory(difference.kind);
  std::string what = Shown(difference.what);
  const size_t width = Width(what);
  what.append(width < kWhatWidth ? kWhatWidth - width : 1, ' ');
  const std::string line = "    " + what + ChangeText(difference);
  if (category == Category::kCompatible) return AppendLine(line, difference, "compatible", out);
  *out += line + "\n";
  AppendLine(std::string(4 + kWhatWidth, ' ') + std::string(CategoryName(category)) + ": " +
                 std::string(KindMeaning(difference.kind)),
             difference, "", out);
}

std::string_view OfName(Of of) {
  switch (of) {
    case Of::kProgram:
      return "program";
    case Of::kSource:
      return "source";
    case Of::kSink:
      return "sink";
    case Of::kStore:
      return "store";
    case Of::kPipe:
      return "pipe";
    case Of::kTable:
      return "table";
  }
  return "";
}

// Something that only one side has, on one line or two.
void AppendAlone(const Section& section, const std::string& names, std::string* out) {
  const Difference& difference = section.differences[0];
  const bool added = section.mark == Mark::kAdded;
  const std::string& where = added ? difference.after : difference.before;
  const bool later = difference.kind == Kind::kLaterTables;
  std::string line = (added ? "+ " : "- ") + names;
  if (later) {
    line = (added ? "+ " : "- ") + Shown(where);
  } else if (!where.empty()) {
    line += (section.of == Of::kPipe ? ": " : " -> ") + Shown(where);
  }
  const Category category = KindCategory(difference.kind);
  const std::string meaning = std::string(CategoryName(category)) + ": " + std::string(KindMeaning(difference.kind));
  if (category == Category::kCompatible) return AppendLine(line, difference, meaning, out);
  *out += line + "\n";
  AppendLine(std::string(4 + kWhatWidth, ' ') + meaning, difference, "", out);
}

bool SameChanges(const Section& a, const Section& b) {
  return a.mark == Mark::kChanged && b.mark == Mark::kChanged && a.of == Of::kTable && b.of == Of::kTable &&
         a.pipe == b.pipe && a.differences == b.differences;
}

std::string Names(const std::vector<const Section*>& group) {
  const Section& first = *group[0];
  std::string text = first.of == Of::kTable ? "" : std::string(OfName(first.of)) + " ";
  for (size_t i = 0; i < std::min(group.size(), kNamesMax); ++i) text += (i == 0 ? "" : ", ") + group[i]->name;
  if (group.size() > kNamesMax) text += " and " + std::to_string(group.size() - kNamesMax) + " more";
  return Shown(text);
}

std::string Summary(const Diff& diff) {
  std::string text;
  auto part = [&](Category category, const char* one, const char* many) {
    const int count = diff.Count(category);
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + (count == 1 ? one : many);
  };
  part(Category::kState, " breaking for the saved state", " breaking for the saved state");
  part(Category::kConsumers, " breaking", " breaking");
  part(Category::kResnapshot, " needs a resnapshot", " need a resnapshot");
  part(Category::kCompatible, " compatible", " compatible");
  return text.empty() ? "no differences" : text;
}

bool HasSeveralPipes(const Diff& diff) {
  std::set<std::string> pipes;
  for (const Section& section : diff.sections) {
    if (!section.pipe.empty()) pipes.insert(section.pipe);
  }
  return pipes.size() > 1;
}

Json ToNode(const Section& section, const Difference& difference) {
  Json node = {{"id", KindId(difference.kind)},
               {"name", KindName(difference.kind)},
               {"category", CategoryName(KindCategory(difference.kind))},
               {"of", OfName(section.of)}};
  if (!section.pipe.empty()) node["pipe"] = section.pipe;
  if (section.of != Of::kPipe) node[std::string(OfName(section.of))] = section.name;
  if (!difference.what.empty()) node["what"] = difference.what;
  if (!difference.before.empty()) node["before"] = difference.before;
  if (!difference.after.empty()) node["after"] = difference.after;
  node["meaning"] = KindMeaning(difference.kind);
  return node;
}

}  // namespace

std::string RenderText(const Diff& diff) {
  std::string out;
  const bool several = HasSeveralPipes(diff);
  std::string pipe;
  for (size_t i = 0; i < diff.sections.size();) {
    const Section& section = diff.sections[i];
    // Neighbours that differ alike are told together.
    std::vector<const Section*> group;
    for (; i < diff.sections.size() && (group.empty() || SameChanges(section, diff.sections[i])); ++i) {
      group.push_back(&diff.sections[i]);
    }
    if (several && section.of == Of::kTable && section.pipe != pipe) out += "pipe " + Shown(section.pipe) + "\n";
    if (section.of == Of::kTable) pipe = section.pipe;
    if (section.mark != Mark::kChanged) {
      AppendAlone(section, Names(group), &out);
      continue;
    }
    out += "~ " + Names(group) + "\n";
    for (const Difference& difference : section.differences) Append(difference, &out);
  }
  for (const std::string& note : diff.notes) out += "note: " + note + "\n";
  return out + Summary(diff) + "\n";
}

std::string RenderJson(const Diff& diff, const std::string& before, const std::string& after) {
  Json differences = Json::array();
  for (const Section& section : diff.sections) {
    for (const Difference& difference : section.differences) differences.push_back(ToNode(section, difference));
  }
  Json document = {{"version", 1}, {"before", before}, {"after", after}, {"differences", std::move(differences)}};
  document["notes"] = diff.notes;
  document["summary"] = {{"breaking_for_state", diff.Count(Category::kState)},
                         {"breaking", diff.Count(Category::kConsumers)},
                         {"resnapshot", diff.Count(Category::kResnapshot)},
                         {"compatible", diff.Count(Category::kCompatible)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cdc::diff
