#include "runtime/testing/blocks/compare.h"

#include <algorithm>

#include "runtime/bind/expression.h"
#include "runtime/bind/table_scope.h"
#include "runtime/testing/blocks/value_literal.h"
#include "stdlib/core/names.h"
#include "stdlib/core/utf8.h"

namespace cdc::testing {
namespace {

using plan::ExpectedRecord;

constexpr size_t kSchemaChangeShown = 400;  // bytes
constexpr size_t kOthersShown = 5;          // records in a row that are allowed to be there
// Of laying the two lists side by side: a pair that differs, a pair of different kinds, one without the other.
constexpr int kUnlike = 2;
constexpr int kOtherKind = 5;
constexpr int kAlone = 3;

const char* OpName(ExpectedRecord::Op op) {
  switch (op) {
    case ExpectedRecord::Op::kInsert:
      return "insert";
    case ExpectedRecord::Op::kUpdate:
      return "update";
    case ExpectedRecord::Op::kDelete:
      return "delete";
    case ExpectedRecord::Op::kSnapshot:
      return "snapshot";
    case ExpectedRecord::Op::kTombstone:
      return "tombstone";
    case ExpectedRecord::Op::kDdl:
      return "ddl";
  }
  return "";
}

std::string ActualHead(const KeptRecord& record, bool partition) {
  std::string text = OpName(record.op);
  if (record.key) {
    std::string values;
    for (const int column : record.key->shape->key) {
      const Type& type = record.key->shape->columns[static_cast<size_t>(column)].type;
      values += (values.empty() ? "" : ", ") + LiteralText(type, record.key->values[column]);
    }
    text += " key (" + values + ")";
  }
  return partition ? text + " partition " + std::to_string(record.partition) : text;
}

std::string ExpectedHead(const ExpectedRecord& record) {
  std::string text = OpName(record.op);
  if (record.key) {
    std::string values;
    for (const expr::Expr& value : *record.key) values += (values.empty() ? "" : ", ") + expr::ToText(value);
    text += " key (" + values + ")";
  }
  if (record.partition) text += " partition " + std::to_string(*record.partition);
  return text;
}

std::string ExpectedText(const plan::ExpectedField& field) {
  return field.name + ": " + (field.value ? expr::ToText(*field.value) : "absent");
}

class RecordComparer {
 public:
  RecordComparer(const plan::Plan& plan, const bind::SecretValues& secrets) : plan_(plan), secrets_(secrets) {}

  // The lines of a pair: the head, then the fields in the order of the expectation.
  std::vector<ComparedLine> Lines(const ExpectedRecord& expected, const KeptRecord& actual) {
    std::vector<ComparedLine> lines;
    const bool head = expected.op == actual.op && KeyFits(expected, actual) &&
                      (!expected.partition || *expected.partition == actual.partition);
    ComparedLine first{ExpectedHead(expected), ActualHead(actual, expected.partition.has_value()), head};
    lines.push_back(std::move(first));
    for (const plan::ExpectedField& field : expected.fields) lines.push_back(FieldLine(field, actual));
    return lines;
  }

  bool Fits(const ExpectedRecord& expected, const KeptRecord& actual) {
    const std::vector<ComparedLine> lines = Lines(expected, actual);
    return std::all_of(lines.begin(), lines.end(), [](const ComparedLine& line) { return line.same; });
  }

 private:
  bool KeyFits(const ExpectedRecord& expected, const KeptRecord& actual) {
    if (!expected.key) return true;
    if (!actual.key || actual.key->shape->key.size() != expected.key->size()) return false;
    for (size_t i = 0; i < expected.key->size(); ++i) {
      const auto column = static_cast<size_t>(actual.key->shape->key[i]);
      std::string why;
      if (!Same(*actual.key, column, (*expected.key)[i], &why)) return false;
    }
    return true;
  }

  ComparedLine FieldLine(const plan::ExpectedField& field, const KeptRecord& actual) {
    ComparedLine line{"  " + ExpectedText(field), "  " + field.name + ": absent", !field.value.has_value()};
    if (!actual.row) return {line.expected, "", false};
    const std::vector<Column>& columns = actual.row->shape->columns;
    const int at = bind::FindColumnByName(columns, field.name);
    if (at < 0 || actual.row->values[at].is_absent()) return line;
    const auto column = static_cast<size_t>(at);
    line.actual = "  " + field.name + ": " + LiteralText(columns[column].type, actual.row->values[column]);
    line.same = false;
    if (!field.value) return line;
    std::string why;
    line.same = Same(*actual.row, column, *field.value, &why);
    if (!why.empty()) line.actual += " (" + why + ")";
    return line;
  }

  // `column <=> value`, over the columns of the record.
  bool Same(const SeenRow& row, size_t column, const expr::Expr& value, std::string* why) {
    expr::Expr left;
    left.kind = expr::ExprKind::kColumn;
    left.name = row.shape->columns[column].name;
    left.origin = value.origin;
    expr::Expr equal;
    equal.kind = expr::ExprKind::kCall;
    equal.name = "<=>";
    equal.args = {std::move(left), value};
    equal.arg_names.resize(2);
    equal.origin = value.origin;
    bind::Problems problems(&plan_);
    const bind::TableScope scope(&row.shape->columns, {"", {}, false, {}, &secrets_});
    const auto condition = bind::BindCondition(equal, scope, &problems);
    if (!condition) {
      *why = "`" + TypeText(row.shape->columns[column].type) + "` cannot be compared with it";
      return false;
    }
    bind::RowView view;
    view.after = row.values;
    const auto holds = condition->program.Test(view, &scratch_);
    return holds.ok() && *holds;
  }

  const plan::Plan& plan_;
  const bind::SecretValues& secrets_;
  Arena scratch_;
};

// Every field of a record that nobody expects.
std::vector<ComparedLine> LonelyLines(const KeptRecord& record) {
  std::vector<ComparedLine> lines = {{"", ActualHead(record, true), false}};
  if (!record.text.empty()) lines.push_back({"", "  " + Excerpt(record.text, kSchemaChangeShown), false});
  if (!record.row) return lines;
  for (size_t i = 0; i < record.row->shape->columns.size(); ++i) {
    const Column& column = record.row->shape->columns[i];
    lines.push_back({"", "  " + column.name + ": " + LiteralText(column.type, record.row->values[i]), false});
  }
  return lines;
}

std::vector<ComparedLine> LonelyLines(const ExpectedRecord& record) {
  std::vector<ComparedLine> lines = {{ExpectedHead(record), "", false}};
  for (const plan::ExpectedField& field : record.fields) lines.push_back({"  " + ExpectedText(field), "", false});
  return lines;
}

// The records of one topic beside what is expected there: the cheapest way to lay the lists side by side, by the usual
// table of prefixes.
class Alignment {
 public:
  Alignment(std::vector<const ExpectedRecord*> expected, std::vector<const KeptRecord*> actual, bool nothing_else,
            RecordComparer* comparer)
      : expected_(std::move(expected)),
        actual_(std::move(actual)),
        nothing_else_(nothing_else),
        comparer_(*comparer),
        cost_(expected_.size() + 1, std::vector<int>(actual_.size() + 1, 0)) {}

  bool AsExpected() {
    size_t at = 0;
    for (const ExpectedRecord* expected : expected_) {
      while (at < actual_.size() && !comparer_.Fits(*expected, *actual_[at])) {
        if (nothing_else_) return false;
        ++at;
      }
      if (at++ == actual_.size()) return false;
    }
    return !nothing_else_ || at == actual_.size();
  }

  std::vector<ComparedLine> Lines() {
    const size_t rows = expected_.size();
    const size_t columns = actual_.size();
    for (size_t i = rows + 1; i-- > 0;) {
      for (size_t j = columns + 1; j-- > 0;) cost_[i][j] = CostFrom(i, j);
    }
    std::vector<ComparedLine> lines;
    size_t others = 0;
    for (size_t i = 0, j = 0; i < rows || j < columns;) {
      std::vector<ComparedLine> next;
      const bool lonely = !Pairs(i, j) && !(i < rows && cost_[i][j] == kAlone + cost_[i + 1][j]);
      if (!lonely || nothing_else_) EndOthers(&others, &lines);
      if (lonely && !nothing_else_ && ++others > kOthersShown) {
        ++j;
        continue;
      }
      if (Pairs(i, j)) {
        next = comparer_.Lines(*expected_[i++], *actual_[j++]);
      } else if (!lonely) {
        next = LonelyLines(*expected_[i++]);
      } else {
        // Without `nothing else` a record that nobody expects is only where others are looked for.
        next = LonelyLines(*actual_[j++]);
        if (!nothing_else_) next.resize(1);
      }
      lines.insert(lines.end(), next.begin(), next.end());
    }
    EndOthers(&others, &lines);
    return lines;
  }

 private:
  bool Pairs(size_t i, size_t j) {
    return i < expected_.size() && j < actual_.size() && cost_[i][j] == PairCost(i, j) + cost_[i + 1][j + 1];
  }

  static void EndOthers(size_t* others, std::vector<ComparedLine>* lines) {
    if (*others > kOthersShown) lines->push_back({"", "… " + std::to_string(*others - kOthersShown) + " more", false});
    *others = 0;
  }

  int PairCost(size_t i, size_t j) {
    if (comparer_.Fits(*expected_[i], *actual_[j])) return 0;
    return expected_[i]->op == actual_[j]->op ? kUnlike : kOtherKind;
  }

  int CostFrom(size_t i, size_t j) {
    if (i == expected_.size()) return kAlone * static_cast<int>(actual_.size() - j);
    if (j == actual_.size()) return kAlone * static_cast<int>(expected_.size() - i);
    return std::min({PairCost(i, j) + cost_[i + 1][j + 1], kAlone + cost_[i + 1][j], kAlone + cost_[i][j + 1]});
  }

  const std::vector<const ExpectedRecord*> expected_;
  const std::vector<const KeptRecord*> actual_;
  const bool nothing_else_;
  RecordComparer& comparer_;
  std::vector<std::vector<int>> cost_;
};

}  // namespace

std::vector<ComparedTopic> CompareRecords(const plan::Plan& plan, const plan::TestCase& test,
                                          const std::vector<KeptRecord>& records, const bind::SecretValues& secrets) {
  std::vector<std::string> topics;
  const auto mention = [&](const std::string& topic) {
    if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(topic);
  };
  for (const ExpectedRecord& expected : test.records) mention(expected.topic);
  for (const KeptRecord& record : records) {
    if (test.nothing_else) mention(record.topic);
  }
  RecordComparer comparer(plan, secrets);
  std::vector<ComparedTopic> compared;
  for (const std::string& topic : topics) {
    std::vector<const ExpectedRecord*> expected;
    for (const ExpectedRecord& each : test.records) {
      if (each.topic == topic) expected.push_back(&each);
    }
    std::vector<const KeptRecord*> actual;
    for (const KeptRecord& each : records) {
      if (each.topic == topic) actual.push_back(&each);
    }
    Alignment alignment(std::move(expected), std::move(actual), test.nothing_else, &comparer);
    ComparedTopic& done = compared.emplace_back();
    done.topic = topic;
    done.as_expected = alignment.AsExpected();
    if (!done.as_expected) done.lines = alignment.Lines();
  }
  return compared;
}

std::vector<std::string> CompareFailures(const plan::Plan& plan, const plan::TestCase& test,
                                         const std::vector<SeenFailure>& failures) {
  std::vector<std::string> problems;
  std::vector<bool> met(test.errors.size(), false);
  for (const SeenFailure& failure : failures) {
    bool expected = false;
    for (size_t i = 0; i < test.errors.size() && !expected; ++i) {
      expected = !met[i] && test.errors[i].kind == failure.kind;
      if (expected) met[i] = true;
    }
    if (!expected) problems.push_back("error " + failure.kind + " that is not expected: " + failure.message);
  }
  for (size_t i = 0; i < test.errors.size(); ++i) {
    if (met[i]) continue;
    problems.push_back(plan::Where(plan, test.errors[i].origin) + ": error " + test.errors[i].kind +
                       " is expected, and nothing failed so");
  }
  return problems;
}

}  // namespace cdc::testing
