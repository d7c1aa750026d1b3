// A plan through its JSON form: nothing is lost. Every struct is taken apart by structured bindings, so a
// member that is added to a plan and not to its JSON form either breaks this test's build or fails it.

#include <gtest/gtest.h>

#include "compiler/plan/plan.h"
#include "stdlib/catalog/catalog.h"

namespace cdc::plan {
namespace {

using expr::Expr;
using expr::ExprKind;
using expr::Literal;
using expr::LiteralKind;
using expr::Origin;

// ---- equality, member by member
// -----------------------------------------------------------------------------------

template <class T>
bool Same(const T& a, const T& b);

template <class T>
bool Same(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a.has_value() || Same(*a, *b));
}
template <class A, class B>
bool Same(const std::pair<A, B>& a, const std::pair<A, B>& b) {
  return Same(a.first, b.first) && Same(a.second, b.second);
}
template <class T>
bool Same(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!Same(a[i], b[i])) return false;
  }
  return true;
}
template <class... T>
bool AllSame(std::tuple<T...> a, std::tuple<T...> b) {
  return std::apply(
      [&](const auto&... x) { return std::apply([&](const auto&... y) { return (Same(x, y) && ...); }, b); }, a);
}
auto Members(const Origin& v) {
  const auto& [a, b, c] = v;
  return std::tie(a, b, c);
}
auto Members(const Literal& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const Expr& v) {
  const auto& [a, b, c, d, e, f, g, h, i, j] = v;
  return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto Members(const TemplatePart& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const Template& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const NamePattern& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const TopicRule::Arm& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const TopicRule& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const SelectItem& v) {
  const auto& [a, b, c, d, e, f, g, h] = v;
  return std::tie(a, b, c, d, e, f, g, h);
}
auto Members(const KeyRule& v) {
  const auto& [a, b, c] = v;
  return std::tie(a, b, c);
}
auto Members(const PartitionRule& v) {
  const auto& [a, b, c, d, e, f, g] = v;
  return std::tie(a, b, c, d, e, f, g);
}
auto Members(const FormatRule& v) {
  const auto& [a, b, c] = v;
  return std::tie(a, b, c);
}
auto Members(const HeaderRule& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const OnRule& v) {
  const auto& [a, b, c, d, e, f, g, h, i, j] = v;
  return std::tie(a, b, c, d, e, f, g, h, i, j);
}
auto Members(const TableRule& v) {
  const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = v;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
}
auto Members(const Resource& v) {
  const auto& [a, b, c] = v;
  return std::tie(a, b, c);
}
auto Members(const UsedColumn& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const UsedTable& v) {
  const auto& [a, b, c, d] = v;
  return std::tie(a, b, c, d);
}
auto Members(const Pipe& v) {
  const auto& [a, b, c, d, e, f, g, h, i, j, k, l] = v;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
}
auto Members(const SourceFile& v) {
  const auto& [a, b] = v;
  return std::tie(a, b);
}
auto Members(const SensitiveColumns& v) {
  const auto& [a, b, c, d] = v;
  return std::tie(a, b, c, d);
}
auto Members(const Notification& v) {
  const auto& [a, b, c] = v;
  return std::tie(a, b, c);
}
auto Members(const Alert& v) {
  const auto& [a, b, c, d, e] = v;
  return std::tie(a, b, c, d, e);
}
auto Members(const Plan& v) {
  const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = v;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
}

template <class T>
bool Same(const T& a, const T& b) {
  if constexpr (requires { Members(a); }) {
    return AllSame(Members(a), Members(b));
  } else {
    return a == b;
  }
}

// ---- a plan with everything
// ---------------------------------------------------------------------------------------

Origin At(uint32_t n) { return {1, n, n + 3}; }

Expr Lit(LiteralKind kind, std::string text) {
  Expr e;
  e.literal = {kind, std::move(text)};
  e.origin = At(7);
  return e;
}

Expr Column(std::string name, expr::Image image) {
  Expr e;
  e.kind = ExprKind::kColumn;
  e.name = std::move(name);
  e.image = image;
  return e;
}

Expr Call(std::string name, std::vector<Expr> args) {
  Expr e;
  e.kind = ExprKind::kCall;
  e.name = std::move(name);
  e.arg_names.resize(args.size());
  e.args = std::move(args);
  return e;
}

Type FullType() {
  Type t;
  t.kind = TypeKind::kEnum;
  t.is_unsigned = true;
  t.nullable = false;
  t.sensitive = true;
  t.length = 40;
  t.precision = 12;
  t.scale = 2;
  t.charset = "latin1";
  t.collation = "latin1_bin";
  t.geometry = "point";
  t.labels = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"neu", "bezahlt ✓"});
  return t;
}

Expr EveryExpression() {
  Expr cast;
  cast.kind = ExprKind::kCast;
  cast.name = "try_cast";
  cast.cast_type = FullType();
  cast.args = {Column("a", expr::Image::kOld)};
  Expr choice;
  choice.kind = ExprKind::kCase;
  choice.has_operand = true;
  choice.has_else = true;
  choice.args = {Column("b", expr::Image::kNew), Lit(LiteralKind::kInteger, "18446744073709551615"),
                 Lit(LiteralKind::kBytes, std::string("\x00\xff\x80", 3)), Lit(LiteralKind::kNull, "")};
  Expr meta;
  meta.kind = ExprKind::kMeta;
  meta.name = "committed_at";
  Expr match;
  match.kind = ExprKind::kMatch;
  match.name = "shard";
  Expr named = Call("mask", {Column("c", expr::Image::kCurrent), Lit(LiteralKind::kDuration, "1500")});
  named.arg_names = {"", "keep_first"};
  return Call("and",
              {cast, choice, meta, match, named, Lit(LiteralKind::kRegex, "a'\\d\""), Lit(LiteralKind::kBool, "true"),
               Lit(LiteralKind::kDecimal, "1.50"), Lit(LiteralKind::kDouble, "1e9"), Lit(LiteralKind::kSize, "1024"),
               Lit(LiteralKind::kString, "it's \"quoted\"\n\u20ac")});
}

Template EveryTemplate() {
  return {{{TemplatePart::Kind::kText, "a-"},
           {TemplatePart::Kind::kDatabase, ""},
           {TemplatePart::Kind::kTable, ""},
           {TemplatePart::Kind::kOp, ""},
           {TemplatePart::Kind::kMatch, "shard"},
           {TemplatePart::Kind::kSource, ""}},
          At(40)};
}

catalog::Settings EverySetting() {
  catalog::Settings s;
  s.Set("none", {});
  s.Set("string", catalog::TextValue("x"));
  s.Set("int", catalog::IntValue(-5));
  s.Set("bool", catalog::BoolValue(true));
  s.Set("duration", catalog::MillisecondsValue(60'000));
  s.Set("size", catalog::BytesValue(int64_t{1} << 40));
  s.Set("word", catalog::WordValue("lz4"));
  s.Set("list", catalog::ListValue({catalog::TextValue("a"), catalog::IntValue(1)}));
  s.Set("secret", {.kind = catalog::SettingKind::kSecret, .text = "/run/x", .provider = "file"});
  return s;
}

OnRule EveryOnRule() {
  OnRule rule;
  rule.events = {"update of columns", "add column"};
  rule.of = {"a", "b"};
  rule.when = EveryExpression();
  rule.action = ActionKind::kQuarantine;
  rule.publish_as = PublishAs::kDelete;
  rule.and_tombstone = true;
  rule.to = EveryTemplate();
  rule.text = "stop";
  rule.origin = At(90);
  rule.built_in = true;
  return rule;
}

TableRule EveryTableRule() {
  TableRule rule;
  rule.database = {NamePattern::Kind::kRegex, "shop_\\d+"};
  rule.table = {NamePattern::Kind::kAny, ""};
  rule.skip = true;
  rule.target_database = EveryTemplate();
  rule.target_table = EveryTemplate();
  rule.merge = MergeMode::kWiden;
  rule.where = EveryExpression();
  SelectItem star;
  star.star = true;
  star.except = {"x"};
  star.rename = {{"a", "b"}};
  star.replace = {{EveryExpression(), "c"}};
  SelectItem item;
  item.value = EveryExpression();
  item.name = "total";
  item.as_type = FullType();
  item.origin = At(11);
  rule.select = {star, item};
  rule.key = {KeyRule::Kind::kColumns, {"id", "n"}, At(12)};
  rule.partition = {PartitionRule::Kind::kHash, PartitionRule::Hash::kJava, 3, {"id"}, 5, true, At(13)};
  rule.topic = {{{EveryExpression(), EveryTemplate()}}, EveryTemplate()};
  rule.format = {"canal_json", EverySetting(), At(14)};
  rule.headers = {{EveryTemplate(), EveryExpression()}};
  rule.on = {EveryOnRule()};
  rule.origin = At(15);
  return rule;
}

Plan EveryPlan() {
  Plan plan;
  plan.program = "shop";
  plan.files = {{"a.pipe", "pipe p {}\n"}, {"lib/ü.pipe", "-- x\n"}};
  plan.sources = {{"db", "mysql", EverySetting()}};
  plan.sinks = {{"bus", "kafka", EverySetting()}};
  plan.stores = {{"state", "files", EverySetting()}};
  plan.registries = {{"schemas", "confluent", EverySetting()}};
  plan.registries = {{"schemas", "confluent", EverySetting()}};
  Pipe pipe;
  pipe.name = "orders";
  pipe.sources = {"db", "other"};
  pipe.sink = "bus";
  pipe.store = "state";
  pipe.index_on_source = 2;
  pipe.index_on_others = {3};
  pipe.tables = {EveryTableRule(), TableRule()};
  Type text;
  text.kind = TypeKind::kVarchar;
  text.length = 64;
  text.nullable = false;
  pipe.used = {{"db", "shop", "orders", {{"id", Type()}, {"note", text}}}};
  pipe.on = {EveryOnRule(), OnRule()};
  pipe.topic = {{{EveryExpression(), EveryTemplate()}}, EveryTemplate()};
  pipe.format = {"debezium_json", EverySetting(), At(1)};
  pipe.origin = At(2);
  plan.pipes = {pipe};
  plan.secrets.Set("salt", {.kind = catalog::SettingKind::kSecret, .text = "X", .provider = "env"});
  catalog::SettingValue command{.kind = catalog::SettingKind::kSecret, .text = "pass", .provider = "command"};
  command.list = {{.kind = catalog::SettingKind::kString, .text = "show"}};
  plan.secrets.Set("salt#2", command);
  plan.sensitive = {{{NamePattern::Kind::kExact, "shop"},
                     {NamePattern::Kind::kAny, ""},
                     {{NamePattern::Kind::kRegex, ".*_pan"}},
                     At(5)}};
  plan.notifiers = {{"oncall", "webhook", EverySetting()}};
  Expr secret;
  secret.kind = ExprKind::kSecret;
  secret.name = "salt";
  plan.alerts = {{"late", secret, 300'000, {{"oncall", "page", "late"}}, At(9)}};
  return plan;
}

std::string ErrorOf(const std::string& text) {
  Result<Plan> plan = FromJson(text);
  return plan.ok() ? "no error" : plan.error().message();
}

TEST(PlanJson, KeepsEveryMember) {
  Plan plan = EveryPlan();
  Result<Plan> again = FromJson(ToJson(plan));
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_TRUE(Same(plan, *again));
  EXPECT_EQ(ToJson(plan), ToJson(*again));
}

TEST(PlanJson, KeepsDefaults) {
  Plan plan;
  plan.pipes.emplace_back().tables.emplace_back();
  Result<Plan> again = FromJson(ToJson(plan));
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_TRUE(Same(plan, *again));
}

TEST(PlanJson, KeepsEveryTypeKind) {
  for (int kind = 0; kind <= static_cast<int>(TypeKind::kSecret); ++kind) {
    Plan plan;
    SelectItem item;
    item.as_type.emplace().kind = static_cast<TypeKind>(kind);
    plan.pipes.emplace_back().tables.emplace_back().select = {item};
    Result<Plan> again = FromJson(ToJson(plan));
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_EQ(static_cast<int>(again->pipes[0].tables[0].select[0].as_type->kind), kind);
  }
}

TEST(PlanJson, RefusesAPatternThatDoesNotCompile) {
  Plan plan;
  TableRule& rule = plan.pipes.emplace_back().tables.emplace_back();
  rule.table = {NamePattern::Kind::kRegex, "orders_("};
  EXPECT_EQ(ErrorOf(ToJson(plan)),
            "plan: $.pipes[0].tables[0].table.text: not a regular expression of RE2: missing ): orders_(");
}

TEST(PlanJson, NamesThePathOfAMistake) {
  EXPECT_EQ(ErrorOf(""), "plan: line 1, column 1: not a JSON document");
  EXPECT_EQ(ErrorOf("{"), "plan: line 1, column 2: not a JSON document");
  EXPECT_EQ(ErrorOf("{\n  \"version\": x\n}"), "plan: line 2, column 14: not a JSON document");
  EXPECT_EQ(ErrorOf("{\"version\": 1e999}"), "plan: a number is out of range");
  EXPECT_EQ(ErrorOf("[]"), "plan: $: not a plan: there is no `version`");
  EXPECT_EQ(ErrorOf(R"({"version": 2})"), "plan: $.version: this release reads version 1, not 2");
  EXPECT_EQ(ErrorOf(R"({"version": 1, "pipes": [{"name": 5}]})"), "plan: $.pipes[0].name: expected a text");
  EXPECT_EQ(ErrorOf(R"({"version": 1, "pipes": [{"merge": true}]})"), "plan: $.pipes[0]: unknown member `merge`");
  EXPECT_EQ(ErrorOf(R"({"version": 1, "pipes": [{"on": [{"action": "explode"}]}]})"),
            "plan: $.pipes[0].on[0].action: unknown word `explode`");
  EXPECT_EQ(ErrorOf(R"({"version": 1, "pipes": [{"index_on_source": 5000000000}]})"),
            "plan: $.pipes[0].index_on_source: number out of range");
  EXPECT_EQ(ErrorOf(R"({"version": 1, "sinks": [{"settings": {"linger": {"duration_ms": "5"}}}]})"),
            "plan: $.sinks[0].settings.linger.duration_ms: expected a whole number");
}

TEST(PlanJson, RefusesBottomlessNesting) {
  std::string open;
  std::string close;
  for (int i = 0; i < 5000; ++i) {
    open += R"({"kind":"call","args":[)";
    close += "]}";
  }
  std::string text = R"({"version":1,"pipes":[{"tables":[{"where":)" + open + close + "}]}]}";
  EXPECT_NE(ErrorOf(text).find("nested too deeply"), std::string::npos) << ErrorOf(text);
}

TEST(PlanWhere, CountsLinesAndCharacters) {
  Plan plan;
  plan.files = {{"a.pipe", "\xEF\xBB\xBFé x\r\n  y\n"}};
  EXPECT_EQ(Where(plan, {0, 3, 5}), "a.pipe:1:1");
  EXPECT_EQ(Where(plan, {0, 6, 7}), "a.pipe:1:3");
  EXPECT_EQ(Where(plan, {0, 11, 12}), "a.pipe:2:3");
  EXPECT_EQ(Where(plan, {7, 0, 0}), "");
}

}  // namespace
}  // namespace cdc::plan
