#pragma once

// Names, settings, rules and types: the AST of a program for one choice of parameter values becomes a checked
// program, in which presets, imports, functions and parameters are resolved and every table rule is complete
// in itself.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "stdlib/catalog/settings.h"
#include "stdlib/core/schema.h"

namespace cdc::sema {

using ast::Expr;
using source::Span;

struct InputFile {
  const ast::File* ast = nullptr;
  std::map<std::string, size_t> imports;  // local name, or `std.name` -> position in Input::files
  bool standard = false;                  // presets of the language
};

struct KnownSource {
  const std::vector<Schema>* tables = nullptr;  // by database, then table
  std::string binlog_format;                    // empty if unknown
  std::string binlog_row_image;                 // empty if unknown
  std::string gtid_mode = {};                   // empty if unknown, or the server has none
};

// Lifetime: everything it points to outlives the check and the Checked that comes out.
struct Input {
  std::vector<InputFile> files;        // the program first
  const ast::File* project = nullptr;  // project.pipe, if it is not the program
  std::string stem;                    // the program's file name without `.pipe`
  std::map<std::string, KnownSource> snapshots;
};

// A parameter's value in one check; nothing: unknown.
using ParamValues = std::map<std::string, std::optional<expr::Literal>>;

struct TemplatePart {
  enum class Kind : uint8_t { kText, kDatabase, kTable, kOp, kMatch, kSource };
  Kind kind = Kind::kText;  // kSource: of a pipe with several sources; else its name is text
  std::string text;         // kText; kMatch: the group
  bool from_param = false;  // kText: another choice of parameters gives another text
  bool unknown = false;     // kText: `$param.x$` of a parameter without a value
};
struct Template {
  std::vector<TemplatePart> parts;
  Span span;
};

struct Topic {
  struct Arm {
    Expr when;
    Template topic;
  };
  std::vector<Arm> arms;
  Template otherwise;
  Span span;
};

struct Key {
  ast::KeyClause clause;
  Span span;
};
struct Partition {
  ast::PartitionClause clause;
  Span span;
};
struct Format {
  std::string name;
  catalog::Settings settings;
  Span span;
  std::map<std::string, Span> written = {};  // settings that stand in the program: the places of their values
};
struct Header {
  Template name;
  Expr value;
  Span span;
};
struct On {
  ast::OnClause clause;  // `when` expanded
  std::optional<Template> to;
  Span span;
};

// How the tables of a rule that have one name become one (plan::MergeMode).
enum class MergeMode : uint8_t { kNone, kStrict, kWiden };

// A table rule with everything that holds for its tables, whatever place it was written in.
struct Rule {
  const ast::TableRule* ast = nullptr;
  Span span;  // its opening word
  std::optional<Template> target_database;
  std::optional<Template> target_table;
  MergeMode merge = MergeMode::kNone;
  Span merge_span;  // the clause's word; without a clause the rule's
  std::optional<Expr> where;
  std::vector<ast::SelectItem> select;
  std::optional<Key> key;
  std::optional<Partition> partition;
  Topic topic;
  Format format;
  std::vector<Header> headers;
  std::vector<On> on;                   // the table's, then the pipe's
  std::vector<std::string> groups;      // named groups of its pattern
  std::vector<uint32_t> group_lengths;  // their most characters, parallel to `groups`
};

struct PipeTables;  // rows.h

struct Pipe {
  std::string name;
  std::vector<std::string> sources;   // as `from` lists them; none twice
  std::vector<int> index_on_sources;  // parallel to `sources`: the n-th pipe that reads it
  std::string sink;
  std::string store;
  std::vector<Rule> rules;
  std::shared_ptr<const PipeTables> tables;  // what its rules own; never null
  std::vector<On> on;
  Topic topic;
  Format format;
  Span span;
};

struct Resource {
  std::string name;
  std::string kind;
  catalog::Settings settings;
  Span span;                            // its name
  std::map<std::string, Span> written;  // settings that stand in the program: the places of their values
};

// A test block with parameters and functions replaced; a topic whose parameters have values is a literal.
struct Test {
  const ast::TestDecl* ast = nullptr;
  std::vector<ast::Given> given;
  std::vector<ast::Expected> expect;
  std::map<std::string, std::string> secrets;  // that it sets
};

struct Alert {
  const ast::AlertDecl* ast = nullptr;
  Expr when;  // expanded: metrics are calls, `lag(payments)`
  int64_t lasting_ms = 0;
  Span span;
};

struct Checked {
  std::string program;
  catalog::Settings project;
  std::vector<Resource> sources;
  std::vector<Resource> sinks;
  std::vector<Resource> stores;
  std::vector<Resource> registries;  // that formats name
  std::vector<Resource> notifiers;   // that alerts use
  std::vector<Alert> alerts;
  std::vector<Pipe> pipes;
  catalog::Settings secrets;                         // declared ones, by the names that expressions have for them
  std::vector<const ast::SensitiveDecl*> sensitive;  // of all files
  std::map<std::string, int> skipped;                // checks that a source's missing snapshot made impossible
  int tests = 0;                                     // test blocks of the program
  std::vector<Test> cases;                           // those that this choice of parameters is for
};

// The values that parameters take in a check: given ones, defaults, and what their domains say.
struct ParamChoices {
  std::vector<ParamValues> combinations;   // at least one; the first is the program's own
  std::vector<std::string> without_value;  // neither given nor defaulted, in order of declaration
  bool cut = false;                        // there are more combinations than are checked
  std::string usage_error;                 // a given value that its parameter refuses
};
inline constexpr size_t kCombinationsMax = 256;

// Reads the declarations' domains and defaults and `given`, as texts. PIPE115 for a default outside its
// domain.
ParamChoices ChooseParams(const Input& input, const std::map<std::string, std::string>& given,
                          diag::Diagnostics* diagnostics);

// Checks the whole program. The result is complete only if no error was reported.
Checked Check(const Input& input, const ParamValues& params, diag::Diagnostics* diagnostics);

}  // namespace cdc::sema
