#pragma once

// One pipe: its clauses read, its rules completed and checked against the tables they own.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/sema/clauses.h"
#include "compiler/sema/sensitive.h"

namespace cdc::sema {

// What a pipe needs to know of the rest of the program.
struct PipeSurroundings {
  const Input& input;
  Expander& expander;
  std::map<std::string, CheckedSettings>& resources;  // of resources without mistakes in their kind
  const std::vector<SensitiveEntry>& sensitive;
  Checked& checked;
};

// Nothing if it cannot be completed; the reasons are reported.
std::optional<Pipe> CheckPipe(const ast::PipeDecl& decl, Span span, PipeSurroundings* around);

// The names of the sources a pipe reads, whether or not they exist.
std::vector<std::string> SourcesOf(const ast::PipeDecl& decl);

// The pipe's source; nothing if it has several.
std::optional<std::string> OnlySource(const Pipe& pipe);

// "the schema snapshot of `db` does not have it", of one or several sources.
std::string NoSnapshotHasIt(const std::vector<std::string>& sources);

// PIPE122 of known tables and PIPE121 between them; `cases[i]` are the tables of rule i.
void CheckTopics(const Pipe& pipe, const std::vector<std::vector<TableCase>>& cases, diag::Diagnostics* diagnostics);

// Whether records of a rule, or of some rule of a pipe, can go to a topic. Parameters and names of tables may be
// anything there.
bool CanReach(const Rule& rule, const std::string& topic);
bool CanReach(const Pipe& pipe, const std::string& topic);
// The same of the record of a statement, which need not be about a table.
bool StatementCanReach(const Pipe& pipe, const std::string& topic);

}  // namespace cdc::sema
