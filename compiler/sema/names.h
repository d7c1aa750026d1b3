#pragma once

// What the files of a program declare, by name. A name is looked up in the file that the expression stands
// in, which its span tells; resources of imported files are seen everywhere.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/sema/check.h"

namespace cdc::sema {

struct FileNames {
  const InputFile* input = nullptr;
  std::map<std::string, const ast::SecretDecl*> secrets;
  std::map<std::string, const ast::FunctionDecl*> functions;
  std::map<std::pair<ast::PresetDecl::Kind, std::string>, const ast::PresetDecl*> presets;
};

struct Names {
  std::vector<FileNames> files;               // as Input::files
  std::map<uint32_t, size_t> file_of_source;  // Span::file -> position in `files`
  std::map<std::string, const ast::ParamDecl*> params;
  std::map<std::string, const ast::ResourceDecl*> resources;
  std::vector<std::pair<const ast::PipeDecl*, Span>> pipes;
  std::vector<const ast::TestDecl*> tests;
  std::vector<std::pair<const ast::AlertDecl*, Span>> alerts;
  std::vector<const ast::SensitiveDecl*> sensitive;  // of all files: they hold for the whole program
  const ast::ProjectDecl* project = nullptr;

  const FileNames* FileOf(Span span) const;
  // `name` or `alias.name` as seen from `from`; null if there is none.
  const ast::FunctionDecl* FindFunction(const std::string& name, Span from) const;
  // The name in the plan of a file's secret: its own, unless a file before has one of that name.
  std::string SecretName(const FileNames& file, const std::string& name) const;
  // The preset that `use` means, in a place that takes one of `kinds`; null after reporting PIPE103 or
  // PIPE010.
  const ast::PresetDecl* FindPreset(const ast::UseClause& use, const std::vector<ast::PresetDecl::Kind>& kinds,
                                    diag::Diagnostics* diagnostics) const;
};

// Collects all declarations; PIPE006 for names declared twice, PIPE010 for declarations that are not built.
Names CollectNames(const Input& input, diag::Diagnostics* diagnostics);

// "did you mean `x`?", or nothing.
std::string DidYouMean(const std::string& name, const std::vector<std::string>& candidates);
// What stands around a name at its place: the dollars of a placeholder, the quotes of a text, `secret.`.
struct Around {
  std::string before = "";
  std::string behind = "";
};
// Reports with that label, and a fix if there is a candidate. `span` is the name with what stands around it.
void ReportUnknown(diag::Kind kind, Span span, std::string message, const std::string& name,
                   const std::vector<std::string>& candidates, diag::Diagnostics* diagnostics,
                   const Around& around = {});
// PIPE102: no snapshot has the table; `why`, behind its name, says so.
void ReportUnknownTable(const std::vector<const std::vector<Schema>*>& snapshots, const ast::Ident& database,
                        const ast::Ident& table, const std::string& why, diag::Diagnostics* diagnostics);
// "`what` is not available in this release" as PIPE010.
void ReportLater(Span span, const std::string& what, diag::Diagnostics* diagnostics);

template <class Map>
std::vector<std::string> KeysOf(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

}  // namespace cdc::sema
