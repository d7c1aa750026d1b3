#include "runtime/driver/first_program.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <string_view>

#include "compiler/plan/text_names.h"
#include "runtime/operators/topic.h"
#include "stdlib/core/names.h"
#include "stdlib/core/quoted_name.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::driver {
namespace {

using schema_files::TableName;

// Words of the grammar that are no names without backticks; behind a period they are.
constexpr std::string_view kHardWords[] = {
    "add",    "alter", "and",    "as",      "between",  "by",        "case",  "column", "create",
    "delete", "div",   "drop",   "else",    "end",      "except",    "false", "for",    "from",
    "in",     "index", "insert", "into",    "is",       "key",       "like",  "mod",    "not",
    "null",   "on",    "or",     "primary", "regexp",   "rename",    "rlike", "select", "set",
    "table",  "then",  "to",     "true",    "unsigned", "update",    "use",   "using",  "values",
    "when",   "where", "xor",    "replace", "interval", "partition", "alias"};

std::string NameText(const std::string& name) {
  const std::string lower = LowerAscii(name);
  const bool hard = std::find(std::begin(kHardWords), std::end(kHardWords), lower) != std::end(kHardWords);
  return hard ? InBackquotes(name) : plan::QuotedName(name);
}

std::string StringText(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// A text inside a comment: one line.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

std::string Counted(uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string BytesText(uint64_t bytes) {
  const char* const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  size_t unit = 0;
  uint64_t tenths = bytes * 10;
  for (; tenths >= 10240 && unit + 1 < std::size(units); ++unit) tenths /= 1024;
  return std::to_string(tenths / 10) + (unit == 0 ? "" : "." + std::to_string(tenths % 10)) + " " + units[unit];
}

// A name for the pipe: that of its only database, if it can be one.
std::string PipeName(const std::vector<std::string>& databases) {
  const bool plain = databases.size() == 1 && !databases[0].empty() && !std::isdigit(databases[0][0]) &&
                     std::all_of(databases[0].begin(), databases[0].end(),
                                 [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '_'); });
  return plain && NameText(databases[0]) == databases[0] ? databases[0] : "changes";
}

class Writer {
 public:
  explicit Writer(const FirstProgram& program) : program_(program) {}

  FirstText Write() {
    Heading();
    Source();
    Sink();
    Pipe();
    return std::move(out_);
  }

 private:
  void Line(const std::string& text) { out_.text += text + "\n"; }

  void Heading() {
    Line("-- " + program_.file + ": the changes of " + program_.server.server + " at " + program_.address +
         ", as JSON.");
    Line("-- `piperun init` wrote it as a start; it is yours now.");
    Line("--");
    Line("--   pipec lint " + program_.file + "                          finds mistakes, without a server");
    Line("--   pipec plan " + program_.file + "                          shows what goes where");
    Line("--   piperun run " + program_.file + " --until-caught-up       reads everything once and ends");
    Line("--   piperun schema pull " + program_.file + "                 renews schema/ after an ALTER TABLE");
    Line("");
  }

  void Source() {
    Line("source db: mysql {");
    Line("  address = " + StringText(program_.address) + ";");
    Line("  user = " + StringText(program_.user) + ";");
    if (!program_.password_variable.empty()) {
      Line("  -- From the environment; file('/run/secrets/…') reads a file. A password never stands here.");
      Line("  password = env(" + StringText(program_.password_variable) + ");");
    }
    if (!program_.tls.empty() && program_.tls_ca.empty()) Line("  tls " + program_.tls + ";");
    if (!program_.tls.empty() && !program_.tls_ca.empty()) {
      Line("  tls " + program_.tls + " { ca = " + StringText(program_.tls_ca) + "; }");
    }
    Line("  -- The first run reads every table once, while changes go on; `snapshot none;` leaves that out.");
    Line("}");
    Line("");
  }

  void Sink() {
    if (program_.brokers.empty()) {
      Line("-- Standard output, to see what records look like. Into Kafka, exactly once, it is:");
      Line("--   sink out: kafka {");
      Line("--     brokers = ['localhost:9092'];");
      Line("--     topics { auto_create = true; partitions = 6; replication = 3; }");
      Line("--   }");
      Line("sink out: stdout {}");
    } else {
      std::string brokers;
      for (const std::string& broker : program_.brokers) {
        brokers += (brokers.empty() ? "" : ", ") + StringText(broker);
      }
      Line("sink out: kafka {");
      Line("  brokers = [" + brokers + "];");
      Line("  -- Topics that are not there are made so; existing ones stay as they are.");
      Line("  topics { auto_create = true; partitions = 6; replication = 3; }");
      Line("}");
    }
    Line("");
  }

  void Pipe() {
    Line("pipe " + PipeName(program_.databases) + " {");
    Line("  from db;");
    Line("  into out;");
    Line("");
    Line("  -- Every table has a topic of its own, <database>-<table>; `topic '…';` gives another one.");
    Line("  -- `canal_json` writes all values as text; `debezium_json` is the other format.");
    Line("  format canal_json;");
    Line("");
    Line("  -- Tables: the first rule that matches decides. A rule may choose rows and columns:");
    Line("  --   table shop.orders { where status <> 'draft'; select * except (note); }");
    for (const std::string& database : program_.databases) Database(database);
    Line("}");
  }

  void Database(const std::string& database) {
    const std::string name = NameText(database);
    std::vector<TableName> tables;
    TableSize total;
    for (const auto& [table, text] : program_.server.tables) {
      if (table.first != database) continue;
      tables.push_back(table);
      if (const auto size = program_.sizes.find(table); size != program_.sizes.end()) {
        total.rows += size->second.rows;
        total.bytes += size->second.bytes;
      }
    }
    if (tables.empty()) return;
    Line("");
    Line("  -- " + OneLine(database) + ": " + Counted(tables.size(), "table") + ", about " +
         Counted(total.rows, "row") + ", " + BytesText(total.bytes) + ".");
    size_t matched = 0;
    for (const TableName& table : tables) matched += Table(table, name) ? 1 : 0;
    if (matched == 0) return;
    Line("  -- Copies that gh-ost and pt-online-schema-change make while they work.");
    Line("  table " + name + ".r'_.*_(gho|ghc|del|new|old)' skip;");
    Line("  table " + name + ".*;");
  }

  // Writes what one table needs. Whether it is left to the pattern.
  bool Table(const TableName& table, const std::string& database) {
    const std::string rule = "  table " + database + "." + plan::QuotedName(table.second);
    ddl::Dialect dialect = program_.server.dialect;
    dialect.default_database = table.first;
    const auto schema = ddl::ParseCreateTable(program_.server.tables.at(table), dialect);
    const std::string why = schema.ok() ? WhySkipped(table, *schema) : OneLine(schema.error().message());
    if (!why.empty()) {
      out_.skipped.push_back(table.first + "." + table.second + ": " + why);
      Line("  -- " + OneLine(table.second) + ": " + why + ".");
      Line(rule + " skip;");
      return false;
    }
    ++out_.captured;
    const std::string select = SelectOf(*schema);
    if (select.empty()) return true;
    Line("  -- " + OneLine(table.second) + ": columns that `SELECT *` hides or the server computes are left out.");
    Line(rule + " { select " + select + "; }");
    return false;
  }

  std::string WhySkipped(const TableName& table, const Schema& schema) {
    const std::string topic = table.first + "-" + table.second;
    if (!operators::TopicProblem(topic).empty()) {
      return "its name cannot be a topic's; `table … { topic 'another-name'; }` captures it";
    }
    if (!topics_.insert(topic).second) return "its topic `" + topic + "` is another table's; give it one of its own";
    if (schema.DefaultKey().empty()) {
      return "no primary key and no unique key without NULLs; `table … { key none; }` captures it all the same";
    }
    return "";
  }

  // Empty: everything. Hidden columns that are the key stay; then all columns are named.
  static std::string SelectOf(const Schema& schema) {
    const std::vector<int> key = schema.DefaultKey();
    std::string except, named;
    bool key_is_hidden = false;
    for (size_t i = 0; i < schema.columns.size(); ++i) {
      const Column& column = schema.columns[i];
      const bool in_key = std::count(key.begin(), key.end(), static_cast<int>(i)) > 0;
      const bool hidden = column.invisible || column.generated;
      key_is_hidden = key_is_hidden || (hidden && in_key);
      if (hidden && !in_key) except += (except.empty() ? "" : ", ") + NameText(column.name);
      if (!hidden || in_key) named += (named.empty() ? "" : ", ") + NameText(column.name);
    }
    if (key_is_hidden) return named;
    return except.empty() ? "" : "* except (" + except + ")";
  }

  const FirstProgram& program_;
  std::set<std::string> topics_;
  FirstText out_;
};

}  // namespace

FirstText WriteFirstProgram(const FirstProgram& program) { return Writer(program).Write(); }

}  // namespace cdc::driver
