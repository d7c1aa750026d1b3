#include <gtest/gtest.h>

#include "tests/unit/compiler/parse/parsed.h"

namespace cdc::parse {
namespace {

// What is said about `where TEXT;`, without the place.
std::string Where(const std::string& text) {
  std::string all = ParsedWhere(text).Errors();
  std::string result;
  for (size_t at = 0; at < all.size();) {
    size_t end = all.find('\n', at);
    size_t message = all.find("error: ", at) + 7;
    result += (result.empty() ? "" : "; ") + all.substr(message, end - message);
    at = end + 1;
  }
  return result;
}

TEST(Mistakes, RefusedByName) {
  EXPECT_EQ(Where("a collate utf8mb4_bin = 'x'"), "`collate` is not part of this language [PIPE001]");
  EXPECT_EQ(Where("a like 'x' escape '!'"), "`like … escape` is not part of this language [PIPE001]");
  EXPECT_EQ(Where("(a, b) = (1, 2)"), "rows of values are not part of this language [PIPE001]");
  EXPECT_EQ(Where("a is unknown"), "`is unknown` is not part of this language [PIPE001]");
  EXPECT_EQ(Where("a is not unknown"), "`is unknown` is not part of this language [PIPE001]");
  EXPECT_EQ(Where("a > date '2024-01-01'"), "`date '…'` literals are not part of this language [PIPE001]");
  EXPECT_EQ(Where("a > timestamp'2024-01-01'"), "`timestamp '…'` literals are not part of this language [PIPE001]");
  EXPECT_EQ(Where("a in (select b from c)"), "a pipe sees one row: there are no subqueries [PIPE001]");
  EXPECT_EQ(Where("a && b"), "`&&` is not an operator of this language [PIPE008]");
  EXPECT_EQ(Where("a || b"), "`||` is not an operator of this language [PIPE008]");
  EXPECT_EQ(Parsed("pipe p { table a.b { select a from t join u on a = b; } }").Errors(),
            "t.pipe:1:31: error: a pipe sees one row: there are no joins [PIPE001]\n");
}

TEST(Mistakes, OneErrorInWordsOfTheLanguage) {
  EXPECT_EQ(Where("status ="), "expected an expression, found `;` [PIPE001]");
  EXPECT_EQ(Where("a == b"), "expected an expression, found `=` [PIPE001]");
  EXPECT_EQ(Where("a in (1, 2"), "expected `)`, found `;` [PIPE001]");
  EXPECT_EQ(Where("f(a"), "expected `)`, found `;` [PIPE001]");
  EXPECT_EQ(Where("a ! b"), "expected `;`, found `!` [PIPE001]");
  EXPECT_EQ(Where("case when a then 1"), "expected `end`, found `;` [PIPE001]");
  EXPECT_EQ(Where("a ->> \"$.x$\""), "expected a text in single quotes, found `\"$.x$\"` [PIPE001]");
}

TEST(Mistakes, PartsAreNamed) {
  auto in_table = [](const std::string& text) { return Parsed("pipe p { table a.b { " + text + " } }").Errors(); };
  EXPECT_EQ(in_table("wher a;"), "t.pipe:1:22: error: expected a clause or `}`, found `wher` [PIPE001]\n");
  EXPECT_EQ(in_table("key (1);"), "t.pipe:1:27: error: expected a column, found `1` [PIPE001]\n");
  EXPECT_EQ(in_table("key (from);"), "t.pipe:1:27: error: expected a column, found `from` [PIPE001]\n");
  EXPECT_EQ(in_table("on insert 'x';"),
            "t.pipe:1:32: error: expected an action, such as `publish` or `skip`, found `'x'` [PIPE001]\n");
  EXPECT_EQ(in_table("on foo skip;"),
            "t.pipe:1:25: error: expected an event, such as `update` or `drop table`, found `foo` [PIPE001]\n");
  EXPECT_EQ(in_table("select a as b decimal(;"), "t.pipe:1:44: error: expected a literal, found `;` [PIPE001]\n");
  EXPECT_EQ(Parsed("source a: { }").Errors(),
            "t.pipe:1:11: error: expected a kind, such as `mysql` or `kafka`, found `{` [PIPE001]\n");
  EXPECT_EQ(Parsed("foo bar;").Errors(), "t.pipe:1:1: error: expected a declaration, found `foo` [PIPE001]\n");
  EXPECT_EQ(Parsed("pipe p { table a; }").Errors(), "t.pipe:1:17: error: expected `.`, found `;` [PIPE001]\n");
}

TEST(Mistakes, AHoleIsReportedWhereItIs) {
  EXPECT_EQ(Parsed("pipe p {\n  table a.b {\n    where a = 1 and\n    select *;\n  }\n}\n").Errors(),
            "t.pipe:3:20: error: expected an expression after `and` [PIPE001]\n");
  EXPECT_EQ(Parsed("source a: mysql {\n  x = 1\n  y = 2;\n}\n").Errors(),
            "t.pipe:2:8: error: expected `;` after `1` [PIPE001]\n");
}

TEST(Mistakes, LostBracesStayLocal) {
  Parsed lost("source a: mysql {\n  x = 1;\n\nsink b: kafka { y = 2; }\n\npipe p {\n  from a;\n  into b;\n}\n");
  EXPECT_EQ(lost.Errors(), "t.pipe:1:17: error: this `{` is not closed [PIPE001]\n");
  EXPECT_EQ(lost.file.declarations.size(), 3u);
  Parsed inner("pipe p {\n  table a.b {\n    where x;\n  table a.c { where y; }\n}\nsink b: kafka { }\n");
  EXPECT_EQ(inner.diagnostics.all().size(), 1u) << inner.Errors();
  EXPECT_EQ(inner.file.declarations.size(), 2u);
  Parsed extra("pipe p {\n  table a.b { where x; } }\n  table a.c { where y; }\n}\nsink b: kafka { }\n");
  EXPECT_EQ(extra.Errors(), "t.pipe:2:26: error: this `}` ends the pipe, but more of it follows [PIPE001]\n");
  EXPECT_EQ(std::get<ast::PipeDecl>(extra.file.declarations.at(0).node).items.size(), 2u);
}

TEST(Mistakes, OtherClausesAreKept) {
  Parsed parsed("pipe p {\n  from a;\n  into b;\n  table x.y {\n    where ;\n    key (id);\n  }\n  topic 't';\n}\n");
  EXPECT_EQ(parsed.diagnostics.all().size(), 1u) << parsed.Errors();
  EXPECT_FALSE(parsed.file.complete);
  const auto& pipe = std::get<ast::PipeDecl>(parsed.file.declarations.at(0).node);
  ASSERT_EQ(pipe.items.size(), 4u);
  EXPECT_EQ(std::get<ast::TableRule>(pipe.items[2].node).items.size(), 1u);
}

TEST(Mistakes, UnclosedThings) {
  EXPECT_EQ(Parsed("source a: mysql {\n  user = 'cdc;\n  x = 1;\n}\n").Errors(),
            "t.pipe:2:10: error: this string is not closed [PIPE002]\n");
  EXPECT_EQ(Parsed("sink a: kafka {\n  x = [\"a, 'b'];\n}\n").Errors(),
            "t.pipe:2:8: error: this template is not closed [PIPE002]\n");
  EXPECT_EQ(Parsed("pipe p { }\n/* never\nclosed\n").Errors(),
            "t.pipe:2:1: error: this comment is not closed [PIPE001]\n");
  EXPECT_EQ(Where("`a = 1"), "this name is not closed [PIPE002]");
}

TEST(Mistakes, Templates) {
  EXPECT_EQ(Where("\"$database-$tablename$\""), "placeholder `$database` is not closed [PIPE009]");
  EXPECT_EQ(Where("\"5 $ only\""), "a dollar stands alone in this template [PIPE009]");
}

TEST(Mistakes, CharactersAreNamed) {
  EXPECT_EQ(Where("a\u00A0= 1"), "this is a non-breaking space (U+00A0) [PIPE001]");
  EXPECT_EQ(Where("name = \u2018x\u2019"), "this is a curly quote (U+2018) [PIPE001]");
  EXPECT_EQ(Where("a\u20AC = 1"), "this is `\u20AC` (U+20AC) [PIPE001]");
  EXPECT_EQ(Where("a = \U0001F600"), "this is `\U0001F600` (U+1F600) [PIPE001]");
  EXPECT_EQ(Where("a = \xFF\xFE"), "this is not UTF-8 [PIPE001]");
  EXPECT_EQ(Where(std::string("a = 1\0", 6)), "this is a control character (U+0000) [PIPE001]");
  EXPECT_EQ(Where("größe = 1 and 数量 > 2"), "");
}

TEST(Mistakes, TypesAndCasts) {
  EXPECT_EQ(Where("cast(a as strnig)"), "unknown type `strnig` [PIPE103]");
  EXPECT_EQ(Where("cast(a as decimal(99, 2))"),
            "`decimal` takes a precision of 1 to 65 and a scale of 0 to 30 [PIPE105]");
  EXPECT_EQ(Where("cast(a)"), "`cast` takes one value and its type [PIPE105]");
  EXPECT_EQ(Where("f(a as int)"), "`f` takes no `as` [PIPE105]");
  EXPECT_EQ(Where("cast(a as text unsigned)"), "`text` cannot be unsigned [PIPE105]");
}

TEST(Mistakes, AreCapped) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "source a: {\n}\n";
  Parsed parsed(text);
  EXPECT_EQ(parsed.diagnostics.all().size(), static_cast<size_t>(kMistakesMax) + 1);
  EXPECT_EQ(Parsed(std::string(100000, '\xFF')).diagnostics.all().size(), 1u);
}

TEST(Mistakes, AnOpenParenthesisDoesNotSwallowTheNextSecret) {
  Parsed parsed("secret a = env('A';\nsecret b = file('/b');\nparam n: int in (1, 2 = 1;\nsecret c = env('C');\n");
  EXPECT_EQ(parsed.file.declarations.size(), 4u) << parsed.Errors();
  EXPECT_EQ(parsed.Errors(),
            "t.pipe:1:19: error: expected `)`, found `;` [PIPE001]\n"
            "t.pipe:3:23: error: expected `)`, found `=` [PIPE001]\n");
}

}  // namespace
}  // namespace cdc::parse
