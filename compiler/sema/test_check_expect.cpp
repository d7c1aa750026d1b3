#include <algorithm>

#include "compiler/sema/pipes.h"
#include "compiler/sema/rows.h"
#include "compiler/sema/test_check.h"

namespace cdc::sema {
namespace {

using diag::Diagnostics;
using diag::Kind;
using expr::ExprKind;

constexpr size_t kPartitionDigits = 9;
constexpr const char* kErrorKinds[] = {"transform", "encode", "oversize", "decode", "ddl"};

// What the records of one topic look like.
struct TopicShapes {
  bool possible = false;         // some rule can send there
  bool known = true;             // `shapes` is all of it
  std::vector<RowShape> shapes;  // one per table whose rows may go there
};

class ExpectChecker {
 public:
  ExpectChecker(const Pipe& pipe, const TestSurroundings& around, bool known)
      : pipe_(pipe), around_(around), known_(known), diagnostics_(*around.expander.diagnostics()) {}

  void Run(std::vector<ast::Expected>* all) {
    const ast::Expected* nothing = nullptr;
    for (ast::Expected& expected : *all) {
      if (nothing != nullptr) {
        diagnostics_.Report(Kind::kWrongPlace, expected.span, "nothing comes behind `nothing`", "write it above")
            .labels.push_back({nothing->span, "this closes the list"});
        return;
      }
      if (auto* record = std::get_if<ast::ExpectRecord>(&expected.node)) Record(record);
      if (auto* ddl = std::get_if<ast::ExpectDdl>(&expected.node)) Topic(&ddl->topic, &StatementCanReach);
      if (auto* error = std::get_if<ast::ExpectError>(&expected.node)) ErrorKind(error->kind);
      const auto* none = std::get_if<ast::ExpectNothing>(&expected.node);
      if (none == nullptr) continue;
      nothing = &expected;
      if (!none->more && all->size() > 1) {
        diagnostics_.Report(Kind::kImpossibleExpectation, expected.span, "records are expected above",
                            "write `nothing else;`");
      }
    }
  }

 private:
  void ErrorKind(const ast::Ident& kind) {
    std::vector<std::string> kinds(std::begin(kErrorKinds), std::end(kErrorKinds));
    if (std::find(kinds.begin(), kinds.end(), kind.text) != kinds.end()) return;
    ReportUnknown(Kind::kUnknownName, kind.span, "unknown kind of error `" + kind.text + "`", kind.text, kinds,
                  &diagnostics_);
  }

  // The topic's name, as a literal from now on; nothing after an error, or if a parameter without a value decides.
  std::optional<std::string> Topic(Expr* topic, bool (*can_reach)(const Pipe&, const std::string&) = &CanReach) {
    bool unknown = false;
    *topic = around_.expander.Reduce(around_.expander.Expand(*topic), &unknown);
    if (unknown || HasUnknownParam(*topic)) return std::nullopt;
    if (topic->kind != ExprKind::kLiteral || topic->literal.kind != expr::LiteralKind::kString) {
      diagnostics_.Report(Kind::kTypeMismatch, ast::SpanOf(*topic), "a topic is a text");
      return std::nullopt;
    }
    if (can_reach(pipe_, topic->literal.text)) return topic->literal.text;
    diagnostics_.Report(Kind::kImpossibleExpectation, ast::SpanOf(*topic),
                        "no rule of pipe `" + pipe_.name + "` can send to topic `" + topic->literal.text + "`");
    return std::nullopt;
  }

  // The rows of captured tables that may go to a topic. A topic that depends on the row may take any.
  TopicShapes ShapesOf(const std::string& topic) {
    TopicShapes found;
    found.known = known_ && KnowsTables(pipe_);
    if (!found.known) return found;
    for (size_t i = 0; i < pipe_.rules.size(); ++i) {
      const Rule& rule = pipe_.rules[i];
      if (rule.ast->skip || !CanReach(rule, topic)) continue;
      const RuleTables& own = pipe_.tables->rules[i];
      for (size_t j = 0; j < own.shapes.size(); ++j) {
        if (own.cases[j].schema != nullptr && Goes(rule, own.cases[j], topic)) found.shapes.push_back(own.shapes[j]);
      }
    }
    // No table of today: one that is created later.
    found.known = !found.shapes.empty();
    return found;
  }

  // Whether rows of this table may go there, as far as its names alone can tell.
  static bool Goes(const Rule& rule, const TableCase& table, const std::string& topic) {
    auto may = [&](const Template& text) {
      const auto filled = Fill(text, table.target_database, table.target_table, rule, table.groups, table.source);
      return !filled || *filled == topic;
    };
    bool possible = may(rule.topic.otherwise);
    for (const Topic::Arm& arm : rule.topic.arms) possible = possible || may(arm.topic);
    for (const On& on : rule.on) possible = possible || (on.to && may(*on.to));
    return possible;
  }

  void Record(ast::ExpectRecord* record) {
    const std::optional<std::string> topic = Topic(&record->topic);
    if (record->key) {
      for (Expr& value : *record->key) value = Expanded(value);
    }
    if (record->fields) {
      for (auto& [name, value] : *record->fields) {
        if (!IsAbsent(value)) value = Expanded(value);
      }
    }
    if (record->op == ast::ExpectRecord::Op::kTombstone && record->fields) {
      diagnostics_.Report(Kind::kImpossibleExpectation, ast::SpanOf(record->topic), "a tombstone has no fields",
                          "it has a key only");
      return;
    }
    if (record->partition && record->partition->size() > kPartitionDigits) {
      diagnostics_.Report(Kind::kImpossibleExpectation, ast::SpanOf(record->topic),
                          "no topic has a partition " + *record->partition);
      return;
    }
    if (!topic) return;
    const TopicShapes shapes = ShapesOf(*topic);
    if (!shapes.known) return;
    if (record->key) Key(*record, shapes);
    if (!record->fields) return;
    for (const auto& [name, value] : *record->fields) Field(name, value, shapes);
  }

  static bool IsAbsent(const Expr& value) {
    return value.kind == ExprKind::kColumn && value.image == expr::Image::kCurrent && value.name == "absent";
  }

  Expr Expanded(const Expr& value) {
    Expr expanded = around_.expander.Expand(value);
    RefuseMeta(expanded, &diagnostics_);
    ProgramScope scope = ProgramScope::Nothing({});
    scope.ReadSecrets();
    if (!HasUnknownParam(expanded)) ReportAlone(expanded, scope, &diagnostics_);
    return expanded;
  }

  void Key(const ast::ExpectRecord& record, const TopicShapes& shapes) {
    const std::vector<Expr>& values = *record.key;
    if (values.empty()) return;
    const Span span = Cover(ast::SpanOf(values.front()), ast::SpanOf(values.back()));
    const RowShape* fits = nullptr;
    for (const RowShape& shape : shapes.shapes) {
      if (!shape.key_known || shape.key.size() == values.size()) fits = &shape;
    }
    if (fits == nullptr) {
      const size_t has = shapes.shapes.front().key.size();
      diagnostics_.Report(Kind::kImpossibleExpectation, span,
                          has == 0
                              ? "records of this topic have no key"
                              : "the key of this topic's records has " + std::to_string(has) +
                                    (has == 1 ? " column" : " columns") + ", not " + std::to_string(values.size()));
      return;
    }
    if (shapes.shapes.size() > 1 || !fits->key_known) return;
    for (size_t i = 0; i < values.size(); ++i) Compare(fits->key[i], values[i], *fits);
  }

  void Field(const ast::Ident& name, const Expr& value, const TopicShapes& shapes) {
    const bool absent = IsAbsent(value);
    const RowShape* having = nullptr;
    bool lacking = false;
    std::vector<std::string> candidates;
    for (const RowShape& shape : shapes.shapes) {
      if (!shape.output.complete) return;
      if (shape.output.Find(name.text) != nullptr) {
        having = &shape;
      } else {
        lacking = true;
      }
      for (const OutputColumn& column : shape.output.columns) candidates.push_back(column.name);
    }
    if (absent && !lacking) {
      diagnostics_.Report(Kind::kImpossibleExpectation, name.span,
                          "every record of this topic has `" + name.text + "`");
    } else if (!absent && having == nullptr) {
      ReportUnknown(Kind::kImpossibleExpectation, name.span, "no record of this topic has a field `" + name.text + "`",
                    name.text, candidates, &diagnostics_);
    } else if (!absent && shapes.shapes.size() == 1) {
      Compare(name.text, value, *having);
    }
  }

  // Whether a column can be compared with the value at all.
  void Compare(const std::string& name, const Expr& value, const RowShape& shape) {
    bool names_column = false;
    ast::ForEach(value, [&](const Expr& node) { names_column = names_column || node.kind == ExprKind::kColumn; });
    if (names_column || HasMeta(value)) return;
    Expr column;
    column.kind = ExprKind::kColumn;
    column.name = name;
    column.origin = value.origin;
    const Expr equal = MakeCall("<=>", {std::move(column), value}, value.origin);
    ReportProblems(expr::Resolve(equal, ProgramScope::Output(shape.output, "", {})).problems, &diagnostics_);
  }

  const Pipe& pipe_;
  const TestSurroundings& around_;
  const bool known_;
  Diagnostics& diagnostics_;
};

}  // namespace

void CheckExpected(const Pipe& pipe, const TestSurroundings& around, bool known, Test* test) {
  test->expect = test->ast->expect;
  ExpectChecker(pipe, around, known).Run(&test->expect);
}

}  // namespace cdc::sema
