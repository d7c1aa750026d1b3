// From the grammar's tree to Statement.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "stdlib/ddl/charsets.h"
#include "stdlib/ddl/columns.h"
#include "stdlib/ddl/ddl.h"
#include "stdlib/ddl/tree.h"

namespace cdc::ddl {
namespace {

using Labels = std::vector<std::string>;

struct Kind {
  StatementKind kind;
  Rule rule;
};

// The statement's kind by its first words; nothing for those that change no table.
std::optional<Kind> Classify(const std::vector<Token>& tokens) {
  static constexpr std::array<std::string_view, 12> kBetween = {"OR",      "REPLACE", "TEMPORARY", "ONLINE",
                                                                "OFFLINE", "IGNORE",  "UNIQUE",    "FULLTEXT",
                                                                "SPATIAL", "VECTOR",  "UNDO",      ""};
  const std::string& verb = tokens[0].word;
  size_t at = 1;
  auto skip = [&] {
    for (std::string_view word : kBetween) {
      if (!word.empty() && tokens[at].word == word) return true;
    }
    return false;
  };
  bool has_object = verb == "CREATE" || verb == "ALTER" || verb == "DROP" || verb == "RENAME";
  while (has_object && at + 1 < tokens.size() && skip()) ++at;
  const std::string& object = tokens[at < tokens.size() ? at : 0].word;
  bool table = object == "TABLE" || object == "TABLES";
  bool database = object == "DATABASE" || object == "SCHEMA";
  if (verb == "TRUNCATE") return Kind{StatementKind::kTruncateTable, Rule::kTruncateTable};
  if (verb == "CREATE" && table) return Kind{StatementKind::kCreateTable, Rule::kCreateTable};
  if (verb == "CREATE" && object == "INDEX") return Kind{StatementKind::kCreateIndex, Rule::kCreateIndex};
  if (verb == "CREATE" && database) return Kind{StatementKind::kCreateDatabase, Rule::kCreateDatabase};
  if (verb == "ALTER" && table) return Kind{StatementKind::kAlterTable, Rule::kAlterTable};
  if (verb == "ALTER" && database) return Kind{StatementKind::kAlterDatabase, Rule::kAlterDatabase};
  if (verb == "DROP" && table) return Kind{StatementKind::kDropTable, Rule::kDropTable};
  if (verb == "DROP" && object == "INDEX") return Kind{StatementKind::kDropIndex, Rule::kDropIndex};
  if (verb == "DROP" && database) return Kind{StatementKind::kDropDatabase, Rule::kDropDatabase};
  if (verb == "RENAME" && table) return Kind{StatementKind::kRenameTable, Rule::kRenameTable};
  return std::nullopt;
}

// `CREATE SEQUENCE a.b START 5` as `CREATE TABLE a.b`; DROP likewise. False: it is no such statement.
bool ReadSequenceAsTable(std::vector<Token>* tokens) {
  if (tokens->empty() || ((*tokens)[0].word != "CREATE" && (*tokens)[0].word != "DROP")) return false;
  const auto is = [&](size_t at, std::string_view word) { return at < tokens->size() && (*tokens)[at].word == word; };
  size_t at = 1;
  while (is(at, "OR") || is(at, "REPLACE") || is(at, "TEMPORARY")) ++at;
  if (!is(at, "SEQUENCE")) return false;
  (*tokens)[at].text = (*tokens)[at].word = "TABLE";
  if ((*tokens)[0].word == "DROP") return true;
  ++at;
  while (is(at, "IF") || is(at, "NOT") || is(at, "EXISTS")) ++at;
  ++at;
  if (at + 1 < tokens->size() && (*tokens)[at].kind == TokenKind::kDot) at += 2;
  if (at + 1 < tokens->size()) tokens->erase(tokens->begin() + static_cast<std::ptrdiff_t>(at), tokens->end() - 1);
  return true;
}

// What SHOW CREATE TABLE prints for every sequence.
Schema SequenceSchema() {
  Schema schema;
  for (const char* name : {"next_not_cached_value", "minimum_value", "maximum_value", "start_value", "increment",
                           "cache_size", "cycle_option", "cycle_count"}) {
    Column column;
    column.name = name;
    column.type.kind = TypeKind::kBigInt;
    column.type.is_unsigned = column.name == "cache_size" || column.name == "cycle_option";
    if (column.name == "cycle_option") column.type.kind = TypeKind::kTinyInt;
    column.type.nullable = false;
    schema.columns.push_back(std::move(column));
  }
  return schema;
}

class StatementReader {
 public:
  StatementReader(std::string_view sql, const std::vector<Token>& tokens, const Dialect& dialect)
      : read_(sql, tokens, dialect), sql_(sql), tokens_(tokens) {}

  Result<Statement> Run(const Node& root, StatementKind kind) {
    out_.kind = kind;
    out_.temporary = read_.Has(root, "TEMPORARY");
    if_exists_ = root.Find(Rule::kIfExists) != nullptr;
    if_not_exists_ = root.Find(Rule::kIfNotExists) != nullptr;
    RETURN_IF_ERROR(Read(root));
    if (out_.database.empty() && !out_.changes.empty()) out_.database = out_.changes[0].table.database;
    return std::move(out_);
  }

 private:
  SchemaChange& Add(ChangeKind kind, TableName table) {
    SchemaChange change;
    change.kind = kind;
    change.table = std::move(table);
    change.if_exists = if_exists_;
    change.if_not_exists = if_not_exists_;
    out_.changes.push_back(std::move(change));
    return out_.changes.back();
  }

  Status Read(const Node& root) {
    switch (out_.kind) {
      case StatementKind::kCreateTable:
        return CreateTable(root);
      case StatementKind::kAlterTable:
        return AlterTable(root);
      case StatementKind::kDropTable:
        for (const Node& child : root.children) {
          if (child.is_token || child.rule != Rule::kTableName) continue;
          Add(ChangeKind::kDropTable, read_.Table(child)).labels = {{"drop table", "ddl"}};
        }
        return OkStatus();
      case StatementKind::kTruncateTable:
        Add(ChangeKind::kTruncateTable, read_.Table(*root.Find(Rule::kTableName))).labels = {{"truncate table", "ddl"}};
        return OkStatus();
      case StatementKind::kRenameTable:
        return RenameTable(root);
      case StatementKind::kCreateIndex:
        return CreateIndex(root);
      case StatementKind::kDropIndex:
        return DropIndex(root);
      default:
        return Database(root);
    }
  }

  Status Database(const Node& root) {
    out_.database = read_.Ident(root, 0);
    if (out_.database.empty()) out_.database = read_.dialect().default_database;
    for (const Node& option : root.children) {
      if (option.is_token || option.rule != Rule::kDatabaseOption) continue;
      if (const Node* charset = option.Find(Rule::kCharset)) out_.charset = read_.CharsetName(*charset);
      if (const Node* collation = option.Find(Rule::kCollation)) out_.collation = read_.CharsetName(*collation);
    }
    out_.if_not_exists = if_not_exists_;
    if (out_.charset.empty()) out_.charset = CharsetOfCollation(out_.collation);
    const char* label = out_.kind == StatementKind::kCreateDatabase ? "create database"
                        : out_.kind == StatementKind::kDropDatabase ? "drop database"
                                                                    : "alter database";
    out_.labels = {label, "ddl"};
    return OkStatus();
  }

  Status RenameTable(const Node& root) {
    for (const Node& renaming : root.children) {
      if (renaming.is_token || renaming.rule != Rule::kTableRenaming) continue;
      const Node* from = renaming.Find(Rule::kTableName);
      Part part;
      part.kind = PartKind::kRenameTable;
      part.labels = {"rename table", "ddl"};
      part.new_table = read_.Table(renaming.children.back());
      SchemaChange& change = Add(ChangeKind::kRenameTable, read_.Table(*from));
      change.labels = {part.labels};
      change.parts.push_back(std::move(part));
    }
    return OkStatus();
  }

  Status CreateIndex(const Node& root) {
    Part part;
    part.kind = PartKind::kAddIndex;
    part.labels = {"create index", "ddl"};
    part.if_not_exists = if_not_exists_;
    Index index = read_.ReadKeyParts(*root.Find(Rule::kKeyParts));
    index.name = read_.Ident(root, 0);
    index.unique = read_.Has(root, "UNIQUE");
    part.indexes.push_back(std::move(index));
    SchemaChange& change = Add(ChangeKind::kCreateIndex, read_.Table(*root.Find(Rule::kTableName)));
    change.or_replace = read_.Has(root, "REPLACE");
    change.labels = {part.labels};
    change.parts.push_back(std::move(part));
    return OkStatus();
  }

  Status DropIndex(const Node& root) {
    Part part;
    part.kind = PartKind::kDropIndex;
    part.labels = {"drop index", "ddl"};
    part.name = read_.Ident(root, 0);
    part.if_exists = if_exists_;
    SchemaChange& change = Add(ChangeKind::kDropIndex, read_.Table(*root.Find(Rule::kTableName)));
    change.labels = {part.labels};
    change.parts.push_back(std::move(part));
    return OkStatus();
  }

  Status CreateTable(const Node& root) {
    const Node* name = root.Find(Rule::kTableName);
    SchemaChange& change = Add(ChangeKind::kCreateTable, read_.Table(*name));
    change.labels = {{"create table", "ddl"}};
    change.or_replace = read_.Has(root, "REPLACE");
    if (read_.Has(root, "LIKE")) {
      for (const Node& child : root.children) {
        if (!child.is_token && child.rule == Rule::kTableName) change.like = read_.Table(child);
      }
      return OkStatus();
    }
    change.from_select = root.Find(Rule::kQuery) != nullptr;
    Schema schema;
    schema.database = change.table.database;
    schema.table = change.table.table;
    TableCharset(root, &schema);
    if (const Node* elements = root.Find(Rule::kElements)) {
      std::vector<Part> parts;
      RETURN_IF_ERROR(Elements(*elements, &parts));
      for (Part& part : parts) {
        if (part.definition) schema.columns.push_back(std::move(*part.definition));
        for (Index& index : part.indexes) schema.indexes.push_back(std::move(index));
        for (std::string& action : part.foreign_key_actions) schema.foreign_key_actions.push_back(std::move(action));
      }
    } else if (!change.from_select) {
      change.from_select = true;  // `AS TABLE t`, `AS VALUES …`, `(SELECT …)`
    }
    for (Column& column : schema.columns) FinishColumn(schema.charset, schema.collation, read_.dialect(), &column);
    FinishIndexes(&schema);
    change.created = std::move(schema);
    return OkStatus();
  }

  void TableCharset(const Node& root, Schema* schema) const {
    for (const Node& option : root.children) {
      if (option.is_token || (option.rule != Rule::kTableOption && option.rule != Rule::kBareOption)) continue;
      if (const Node* charset = option.Find(Rule::kCharset)) schema->charset = read_.CharsetName(*charset);
      if (const Node* collation = option.Find(Rule::kCollation)) schema->collation = read_.CharsetName(*collation);
    }
    const Dialect& dialect = read_.dialect();
    if (schema->charset.empty()) schema->charset = CharsetOfCollation(schema->collation);
    if (schema->charset.empty()) {
      schema->charset = CanonicalCharset(dialect.default_charset);
      schema->collation = dialect.default_collation;
    }
    if (schema->collation.empty()) schema->collation = DefaultCollation(schema->charset, dialect);
  }

  // Columns and keys in parentheses, as parts to add.
  Status Elements(const Node& elements, std::vector<Part>* parts) {
    for (const Node& element : elements.children) {
      if (element.is_token) continue;
      if (const Node* key = element.Find(Rule::kKey)) {
        Key(*key, parts);
      } else if (const Node* column = element.Find(Rule::kColumnDef)) {
        Part part;
        part.kind = PartKind::kAddColumn;
        part.labels = {"add column", "alter table", "ddl"};
        RETURN_IF_ERROR(ColumnInto(*column, &part));
        parts->push_back(std::move(part));
      }
    }
    return OkStatus();
  }

  Status ColumnInto(const Node& column_def, Part* part) {
    ASSIGN_OR_RETURN(Reading::WrittenColumn written, read_.ReadColumn(column_def));
    if (part->name.empty()) part->name = written.column.name;
    part->definition = std::move(written.column);
    part->indexes = std::move(written.indexes);
    return OkStatus();
  }

  void Key(const Node& key, std::vector<Part>* parts) {
    Part part;
    std::optional<Index> index = read_.ReadKey(key);
    part.kind = index ? PartKind::kAddIndex : PartKind::kOther;
    part.labels = index ? Labels{"add index", "alter table", "ddl"} : Labels{"alter table", "ddl"};
    part.if_not_exists = key.Find(Rule::kIfNotExists) != nullptr;
    if (index) part.indexes.push_back(std::move(*index));
    part.foreign_key_actions = read_.ForeignKeyActions(key);
    parts->push_back(std::move(part));
  }

  Status AlterTable(const Node& root) {
    SchemaChange change;
    for (const Node& child : root.children) {
      if (child.is_token || child.rule != Rule::kAlteration) continue;
      RETURN_IF_ERROR(Alteration(child.children[0], &change.parts));
    }
    for (const Part& part : change.parts) change.labels.push_back(part.labels);
    if (change.labels.empty()) change.labels = {{"alter table", "ddl"}};
    SchemaChange& added = Add(ChangeKind::kAlterTable, read_.Table(*root.Find(Rule::kTableName)));
    added.parts = std::move(change.parts);
    added.labels = std::move(change.labels);
    AddOtherSides(TableName(added.table), std::vector<Part>(added.parts));
    return OkStatus();
  }

  // What happens to the other table where partitions become tables or are exchanged with them.
  void AddOtherSides(const TableName& partitioned, const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      switch (part.kind) {
        case PartKind::kExchangePartition: {
          SchemaChange& other = Add(ChangeKind::kAlterTable, part.new_table);
          other.labels = {part.labels};
          other.parts.push_back(part);
          break;
        }
        case PartKind::kPartitionToTable: {
          SchemaChange& made = Add(ChangeKind::kCreateTable, part.new_table);
          made.labels = {{"create table", "ddl"}, part.labels};
          made.like = partitioned;
          break;
        }
        case PartKind::kTableToPartition:
          Add(ChangeKind::kDropTable, part.new_table).labels = {{"drop table", "ddl"}};
          break;
        default:
          break;
      }
    }
  }

  void ReadPlace(const Node& node, Part* part) const {
    const Node* place = node.Find(Rule::kPlace);
    if (place == nullptr) return;
    std::string after = read_.Ident(*place, 0);
    part->place = {after.empty() ? Place::Where::kFirst : Place::Where::kAfter, after};
  }

  Status Alteration(const Node& node, std::vector<Part>* parts) {
    if (node.rule == Rule::kAddColumns) {
      size_t first = parts->size();
      RETURN_IF_ERROR(Elements(*node.Find(Rule::kElements), parts));
      for (size_t i = first; i < parts->size(); ++i) {
        (*parts)[i].if_not_exists = node.Find(Rule::kIfNotExists) != nullptr;
      }
      return OkStatus();
    }
    if (node.rule == Rule::kAddKey) {
      Key(*node.Find(Rule::kKey), parts);
      return OkStatus();
    }
    if (node.rule == Rule::kOtherAlteration) return Other(node, parts);
    Part part;
    part.if_exists = node.Find(Rule::kIfExists) != nullptr;
    part.if_not_exists = node.Find(Rule::kIfNotExists) != nullptr;
    part.name = read_.Ident(node, 0);
    part.labels = {"alter table", "ddl"};
    RETURN_IF_ERROR(Simple(node, &part));
    parts->push_back(std::move(part));
    return OkStatus();
  }

  Status Simple(const Node& node, Part* part) {
    auto label = [&](const char* text) { part->labels.insert(part->labels.begin(), text); };
    switch (node.rule) {
      case Rule::kAddColumn:
      case Rule::kModifyColumn:
      case Rule::kChangeColumn:
        return ColumnChange(node, part);
      case Rule::kDropColumn:
        part->kind = PartKind::kDropColumn;
        label("drop column");
        break;
      case Rule::kDropPrimaryKey:
        part->kind = PartKind::kDropIndex;
        part->name = "PRIMARY";
        label("drop index");
        break;
      case Rule::kDropKey:
        part->kind = PartKind::kDropIndex;
        label("drop index");
        break;
      case Rule::kDropConstraint:  // of a key, a check or a foreign key: only the server knows
        part->kind = PartKind::kDropIndex;
        part->if_exists = true;
        break;
      case Rule::kRemoveRows:
        RemoveRows(node, part);
        label("truncate table");
        break;
      case Rule::kRenameColumn:
        part->kind = PartKind::kRenameColumn;
        part->new_name = read_.Ident(node, 1);
        label("rename column");
        break;
      case Rule::kRenameKey:
        part->kind = PartKind::kRenameIndex;
        part->new_name = read_.Ident(node, 1);
        label("rename index");
        break;
      case Rule::kRenameTo:
        part->kind = PartKind::kRenameTable;
        part->new_table = read_.Table(*node.Find(Rule::kTableName));
        label("rename table");
        break;
      case Rule::kColumnDefault:
        part->kind = PartKind::kColumnDefault;
        if (const Node* value = node.Find(Rule::kDefaultValue)) part->default_text = std::string(read_.TextOf(*value));
        if (read_.Has(node, "VISIBLE")) part->invisible = false;
        if (read_.Has(node, "INVISIBLE")) part->invisible = true;
        label("modify column");
        break;
      case Rule::kConvertTo:
        Convert(node, part);
        break;
      default:
        part->kind = PartKind::kOther;
        break;
    }
    return OkStatus();
  }

  void RemoveRows(const Node& node, Part* part) const {
    part->name.clear();
    part->kind = PartKind::kTruncatePartition;
    const Node* other = node.Find(Rule::kTableName);
    if (other == nullptr) return;
    part->new_table = read_.Table(*other);
    part->kind = read_.Has(node, "EXCHANGE")    ? PartKind::kExchangePartition
                 : read_.Has(node, "PARTITION") ? PartKind::kPartitionToTable
                                                : PartKind::kTableToPartition;
  }

  void Convert(const Node& node, Part* part) const {
    part->kind = PartKind::kConvertCharset;
    part->charset = read_.CharsetName(node);
    if (part->charset.empty()) part->charset = CanonicalCharset(read_.dialect().default_charset);
    if (const Node* collation = node.Find(Rule::kCollation)) part->collation = read_.CharsetName(*collation);
    if (part->collation.empty()) part->collation = DefaultCollation(part->charset, read_.dialect());
  }

  Status ColumnChange(const Node& node, Part* part) {
    ReadPlace(node, part);
    RETURN_IF_ERROR(ColumnInto(*node.Find(Rule::kColumnDef), part));
    if (node.rule == Rule::kAddColumn) {
      part->kind = PartKind::kAddColumn;
      part->labels = {"add column", "alter table", "ddl"};
      return OkStatus();
    }
    part->kind = PartKind::kModifyColumn;
    part->labels = {"modify column", "alter table", "ddl"};
    if (node.rule == Rule::kChangeColumn && part->definition->name != part->name) {
      part->kind = PartKind::kRenameColumn;
      part->new_name = part->definition->name;
      part->labels = {"rename column", "modify column", "alter table", "ddl"};
    }
    return OkStatus();
  }

  // Charsets of columns to come, and everything that no row shows.
  Status Other(const Node& node, std::vector<Part>* parts) {
    Part part;
    part.labels = {"alter table", "ddl"};
    for (const Node& child : node.children) {
      if (child.rule == Rule::kCharset) part.charset = read_.CharsetName(child);
      if (child.rule == Rule::kCollation) part.collation = read_.CharsetName(child);
      // Options that stand in front of an action without a comma would hide it.
      const std::string& word = read_.First(child).word;
      bool action = word == "ADD" || word == "DROP" || word == "MODIFY" || word == "CHANGE" || word == "RENAME";
      if (action && child.first != node.first && child.rule == Rule::kAny && !child.children.empty() &&
          child.children[0].is_token) {
        return Error(ErrorCode::kConfig,
                     "cannot read this DDL statement: " + PlaceOf(sql_, tokens_[child.first].begin) + ", `" +
                         tokens_[child.first].text + "` does not fit there");
      }
    }
    if (part.charset.empty() && !part.collation.empty()) part.charset = CharsetOfCollation(part.collation);
    if (!part.charset.empty() && part.collation.empty()) {
      part.collation = DefaultCollation(part.charset, read_.dialect());
    }
    part.kind = part.charset.empty() ? PartKind::kOther : PartKind::kDefaultCharset;
    parts->push_back(std::move(part));
    return OkStatus();
  }

  Reading read_;
  std::string_view sql_;
  const std::vector<Token>& tokens_;
  Statement out_;
  bool if_exists_ = false;
  bool if_not_exists_ = false;
};

}  // namespace

Result<Statement> ParseDdl(std::string_view sql, const Dialect& dialect) {
  ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokenize(sql, dialect));
  const bool sequence = dialect.mariadb && ReadSequenceAsTable(&tokens);
  std::optional<Kind> kind = Classify(tokens);
  if (!kind) {
    Statement other;
    other.labels = {"ddl"};
    return other;
  }
  ASSIGN_OR_RETURN(Node root, RunGrammar(sql, tokens, kind->rule));
  ASSIGN_OR_RETURN(Statement statement, StatementReader(sql, tokens, dialect).Run(root, kind->kind));
  if (sequence && kind->kind == StatementKind::kCreateTable) {
    statement.changes[0].created = SequenceSchema();
    statement.changes[0].from_select = false;
  }
  return statement;
}

Result<Schema> ParseCreateTable(std::string_view sql, const Dialect& dialect) {
  ASSIGN_OR_RETURN(Statement statement, ParseDdl(sql, dialect));
  bool plain = statement.kind == StatementKind::kCreateTable && statement.changes[0].created.has_value() &&
               !statement.changes[0].created->columns.empty();
  if (!plain) return Error(ErrorCode::kConfig, "this is not a CREATE TABLE statement with columns");
  return std::move(*statement.changes[0].created);
}

std::string_view CanalType(StatementKind kind, const std::vector<std::vector<std::string>>& parts) {
  const auto is = [](std::string_view label) {
    return [label](const std::vector<std::string>& part) { return !part.empty() && part.front() == label; };
  };
  switch (kind) {
    case StatementKind::kCreateTable:
      return "CREATE";
    case StatementKind::kAlterTable:
      if (std::any_of(parts.begin(), parts.end(), is("rename table"))) return "RENAME";
      if (!parts.empty() && std::all_of(parts.begin(), parts.end(), is("add index"))) return "CINDEX";
      if (!parts.empty() && std::all_of(parts.begin(), parts.end(), is("drop index"))) return "DINDEX";
      return "ALTER";
    case StatementKind::kDropTable:
      return "ERASE";
    case StatementKind::kTruncateTable:
      return "TRUNCATE";
    case StatementKind::kRenameTable:
      return "RENAME";
    case StatementKind::kCreateIndex:
      return "CINDEX";
    case StatementKind::kDropIndex:
      return "DINDEX";
    default:
      return "QUERY";
  }
}

}  // namespace cdc::ddl
