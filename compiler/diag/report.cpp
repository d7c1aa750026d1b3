#include "compiler/diag/report.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace cdc::diag {
namespace {

// FNV-1a: equal on every machine and in every release.
uint64_t Hash(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

std::string WithoutSpace(std::string_view line) {
  std::string text;
  for (char c : line) {
    if (c != ' ' && c != '\t') text += c;
  }
  return text;
}

}  // namespace

std::vector<const Diagnostic*> BySeverity(const Diagnostics& diagnostics) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& diagnostic : diagnostics.all()) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return a->severity < b->severity; });
  return sorted;
}

std::vector<std::string> Fingerprints(const Diagnostics& diagnostics, const source::SourceFiles& files,
                                      const std::vector<std::string>& paths) {
  std::vector<std::string> made;
  std::map<uint64_t, int> times;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    std::string text = KindId(diagnostic.kind) + '\n';
    if (diagnostic.has_span) {
      const source::SourceText& file = files.Get(diagnostic.span.file);
      text += paths[diagnostic.span.file] + '\n' + WithoutSpace(file.Line(file.At(diagnostic.span.begin).line));
    } else {
      text += diagnostic.message;
    }
    uint64_t hash = Hash(text);
    char shown[40];
    std::snprintf(shown, sizeof shown, "%016llx:%d", static_cast<unsigned long long>(hash), ++times[hash]);
    made.emplace_back(shown);
  }
  return made;
}

std::string RulePageUri(Kind kind) { return "urn:pipewright:rule:" + KindId(kind); }

std::string PrintableUtf8(std::string_view text) {
  std::string made;
  for (size_t at = 0; at < text.size();) {
    uint32_t code_point = 0;
    int length = source::DecodeUtf8(text.substr(at), &code_point);
    bool control = code_point < 0x20 && code_point != '\t' && code_point != '\n';
    bool odd = length == 0 || control || code_point == 0x7F || code_point == 0xFFFE || code_point == 0xFFFF;
    made += odd ? "\xEF\xBF\xBD" : text.substr(at, static_cast<size_t>(length));
    at += static_cast<size_t>(std::max(length, 1));
  }
  return made;
}

std::string XmlText(std::string_view text) {
  std::string escaped;
  for (char c : PrintableUtf8(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace cdc::diag
