// ALTER TABLE as the server does it (sql_table.cc, mysql_prepare_alter_table): all names in a statement are
// those of the table before it, but for AFTER, which sees the new ones. So `RENAME COLUMN a TO b, RENAME
// COLUMN b TO a` swaps.

#include <algorithm>
#include <optional>
#include <utility>

#include "stdlib/core/names.h"
#include "stdlib/ddl/charsets.h"
#include "stdlib/ddl/columns.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::ddl {
namespace {

class Alteration {
 public:
  Alteration(const std::vector<Part>& parts, const Dialect& dialect, const Schema& old)
      : parts_(parts), dialect_(dialect), old_(old), new_(old) {}

  Result<Schema> Run() {
    RETURN_IF_ERROR(Check());
    Charsets();
    RETURN_IF_ERROR(Columns());
    RETURN_IF_ERROR(Indexes());
    for (const Part& part : parts_) {
      if (part.kind != PartKind::kRenameTable) continue;
      new_.database = part.new_table.database;
      new_.table = part.new_table.table;
    }
    return std::move(new_);
  }

 private:
  Error Mismatch(const std::string& what) const {
    return Error(ErrorCode::kConfig,
                 "the DDL statement does not fit table `" + old_.database + "." + old_.table + "`: " + what);
  }

  static bool NeedsColumn(const Part& part) {
    return part.kind == PartKind::kDropColumn || part.kind == PartKind::kModifyColumn ||
           part.kind == PartKind::kRenameColumn || part.kind == PartKind::kColumnDefault;
  }

  Status Check() const {
    for (const Part& part : parts_) {
      if (NeedsColumn(part) && !part.if_exists && old_.Find(part.name) < 0) {
        return Mismatch("there is no column `" + part.name + "`");
      }
    }
    return OkStatus();
  }

  void Charsets() {
    for (const Part& part : parts_) {
      if (part.kind != PartKind::kConvertCharset && part.kind != PartKind::kDefaultCharset) continue;
      new_.charset = part.charset;
      new_.collation = part.collation;
      if (part.kind == PartKind::kDefaultCharset) continue;
      for (Column& column : new_.columns) ConvertColumn(part.charset, part.collation, &column);
    }
  }

  const Part* PartOf(const std::string& column, PartKind kind) const {
    for (const Part& part : parts_) {
      if (part.kind == kind && SameName(part.name, column)) return &part;
    }
    return nullptr;
  }

  // The definition that MODIFY or CHANGE gives a column, or null.
  const Part* Redefinition(const std::string& column) const {
    const Part* modify = PartOf(column, PartKind::kModifyColumn);
    if (modify != nullptr) return modify;
    const Part* rename = PartOf(column, PartKind::kRenameColumn);
    return rename != nullptr && rename->definition ? rename : nullptr;
  }

  Column Finished(Column column) const {
    FinishColumn(new_.charset, new_.collation, dialect_, &column);
    return column;
  }

  Status Columns() {
    std::vector<Column> kept;
    for (const Column& column : new_.columns) {
      if (PartOf(column.name, PartKind::kDropColumn) != nullptr) continue;
      Column next = column;
      if (const Part* part = Redefinition(column.name)) {
        if (part->place.where != Place::Where::kSame) continue;
        next = Finished(*part->definition);
      } else if (const Part* rename = PartOf(column.name, PartKind::kRenameColumn)) {
        next.name = rename->new_name;
      }
      if (const Part* change = PartOf(column.name, PartKind::kColumnDefault)) {
        if (change->invisible) {
          next.invisible = *change->invisible;
        } else {
          next.default_text = change->default_text;
        }
      }
      kept.push_back(std::move(next));
    }
    new_.columns = std::move(kept);
    for (const Part& part : parts_) {
      bool moved = part.definition && part.place.where != Place::Where::kSame && part.kind != PartKind::kAddColumn &&
                   old_.Find(part.name) >= 0;
      if (part.kind == PartKind::kAddColumn || moved) RETURN_IF_ERROR(Insert(part));
    }
    if (new_.columns.empty()) return Mismatch("no column would be left");
    return OnlyOnce();
  }

  Status Insert(const Part& part) {
    if (part.kind == PartKind::kAddColumn && new_.Find(part.definition->name) >= 0) {
      if (part.if_not_exists) return OkStatus();
      return Mismatch("column `" + part.definition->name + "` is there already");
    }
    auto at = new_.columns.end();
    if (part.place.where == Place::Where::kFirst) at = new_.columns.begin();
    if (part.place.where == Place::Where::kAfter) {
      int after = new_.Find(part.place.column);
      if (after < 0) return Mismatch("there is no column `" + part.place.column + "` to stand after");
      at = new_.columns.begin() + after + 1;
    }
    new_.columns.insert(at, Finished(*part.definition));
    return OkStatus();
  }

  Status OnlyOnce() const {
    for (size_t i = 0; i < new_.columns.size(); ++i) {
      if (new_.Find(new_.columns[i].name) != static_cast<int>(i)) {
        return Mismatch("column `" + new_.columns[i].name + "` is there already");
      }
    }
    return OkStatus();
  }

  std::string NewColumnName(const std::string& name) const {
    const Part* rename = PartOf(name, PartKind::kRenameColumn);
    return rename == nullptr ? name : rename->new_name;
  }

  Status Indexes() {
    std::vector<Index> kept;
    for (const Index& index : old_.indexes) {
      if (PartOf(index.name, PartKind::kDropIndex) != nullptr) continue;
      Index next = index;
      if (const Part* rename = PartOf(index.name, PartKind::kRenameIndex)) next.name = rename->new_name;
      next.columns.clear();
      for (const std::string& column : index.columns) {
        if (PartOf(column, PartKind::kDropColumn) == nullptr) next.columns.push_back(NewColumnName(column));
      }
      if (!next.columns.empty() || index.columns.empty()) kept.push_back(std::move(next));
    }
    new_.indexes = std::move(kept);
    for (const Part& part : parts_) {
      bool skipped = part.kind == PartKind::kAddColumn && part.if_not_exists && old_.Find(part.name) >= 0;
      if (skipped) continue;
      for (const Index& index : part.indexes) RETURN_IF_ERROR(AddIndex(part, index));
    }
    FinishIndexes(&new_);
    return OkStatus();
  }

  Status AddIndex(const Part& part, const Index& index) {
    for (const std::string& column : index.columns) {
      if (new_.Find(column) < 0) return Mismatch("there is no column `" + column + "` for an index");
    }
    auto same = std::find_if(new_.indexes.begin(), new_.indexes.end(), [&](const Index& other) {
      return !index.name.empty() && SameName(other.name, index.name);
    });
    if (same == new_.indexes.end()) {
      new_.indexes.push_back(index);
    } else if (!part.if_not_exists) {
      *same = index;  // a foreign key's own index gives way to a written one of its name
    }
    return OkStatus();
  }

  const std::vector<Part>& parts_;
  const Dialect& dialect_;
  const Schema& old_;
  Schema new_;
};

}  // namespace

Status Apply(const SchemaChange& change, const Dialect& dialect, Schema* schema) {
  switch (change.kind) {
    case ChangeKind::kAlterTable:
    case ChangeKind::kRenameTable:
    case ChangeKind::kCreateIndex:
    case ChangeKind::kDropIndex:
      break;
    default:
      return OkStatus();
  }
  ASSIGN_OR_RETURN(Schema changed, Alteration(change.parts, dialect, *schema).Run());
  *schema = std::move(changed);
  return OkStatus();
}

}  // namespace cdc::ddl
