#pragma once

// One pipe: its clauses read, its rules completed and checked against the tables they own.

#include <map>
#include <string>

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
std::optional<Pipe> CheckPipe(const ast::PipeDecl& decl, Span span, int index_on_source, PipeSurroundings* around);

// The name of the source a pipe reads, whether or not it exists; empty if it says none.
std::string SourceOf(const ast::PipeDecl& decl);

// PIPE122 of known tables and PIPE121 between them; `cases[i]` are the tables of rule i.
void CheckTopics(const Pipe& pipe, const std::vector<std::vector<TableCase>>& cases, diag::Diagnostics* diagnostics);

// Whether records of a rule, or of some rule of a pipe, can go to a topic. Parameters and names of tables may be
// anything there.
bool CanReach(const Rule& rule, const std::string& topic);
bool CanReach(const Pipe& pipe, const std::string& topic);

}  // namespace cdc::sema
