#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/compiler/parse/parsed.h"

namespace cdc::parse {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Examples, AllParse) {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PIPEWRIGHT_ROOT) + "/examples")) {
    if (entry.path().extension() != ".pipe") continue;
    Parsed parsed(ReadFile(entry.path().string()));
    EXPECT_TRUE(parsed.diagnostics.empty()) << entry.path() << "\n" << parsed.Errors();
    EXPECT_TRUE(parsed.file.complete);
    EXPECT_FALSE(parsed.file.declarations.empty());
    ++count;
  }
  EXPECT_GE(count, 6);
}

TEST(Examples, PaymentsHasEveryPart) {
  Parsed parsed(ReadFile(std::string(PIPEWRIGHT_ROOT) + "/examples/payments.pipe"));
  EXPECT_EQ(parsed.file.edition, "1");
  ASSERT_EQ(parsed.file.imports.size(), 2u);
  EXPECT_EQ(parsed.file.imports[0].path.text, "lib/masks.pipe");
  EXPECT_EQ(parsed.file.imports[0].name.text, "masks");
  const ast::PipeDecl* pipe = nullptr;
  for (const ast::Declaration& declaration : parsed.file.declarations) {
    if (auto* found = std::get_if<ast::PipeDecl>(&declaration.node)) pipe = found;
  }
  ASSERT_NE(pipe, nullptr);
  EXPECT_EQ(pipe->name.text, "payments");
  const auto& table = std::get<ast::TableRule>(pipe->items.at(5).node);
  EXPECT_EQ(table.pattern.table.text, "payment");
  EXPECT_EQ(pipe->items[5].trivia.doc, "One record per state change of a payment.");
  const auto& select = std::get<ast::SelectClause>(table.items.at(1).node);
  ASSERT_EQ(select.items.size(), 4u);
  EXPECT_TRUE(select.items[0].star);
  EXPECT_EQ(select.items[0].except.at(1).text, "fraud_notes");
  EXPECT_EQ(select.items[0].replace.at(1).second.text, "phone");
  EXPECT_EQ(select.items[2].name->text, "amount");
  EXPECT_EQ(select.items[2].type->type.scale, 2);
  const auto& partition = std::get<ast::PartitionClause>(std::get<ast::Clause>(table.items.at(3).node).node);
  EXPECT_EQ(partition.kind, ast::PartitionClause::Kind::kHash);
  EXPECT_EQ(partition.hash->text, "murmur2");
}

TEST(File, ClausesOfEveryKind) {
  Parsed parsed(R"(
pipe p {
  from a, `b c`;
  into k;
  store s;
  table r'x_(?P<n>\d)'.* as "$match.n$".* {
    where a using b;
    merge widen;
    snapshot none;
    key primary;
    key none;
    partition 3;
    partition by database;
    partition by primary key using java else 7;
    partition by hash (a, b) using crc32 else table;
    on snapshot, update of key, update of (a, b), error (transform, encode), add column, drop database when x publish as update and tombstone to 'y';
    on ddl skip 'why';
    on error quarantine to "q";
    names snake;
    convert datetime(3) to timestamp(3);
    accept x, y 'reason';
    verify full { every = 1h; }
    use lib.preset;
  }
  table a.b skip;
  table a.c;
})");
  ASSERT_TRUE(parsed.diagnostics.empty()) << parsed.Errors();
  const auto& pipe = std::get<ast::PipeDecl>(parsed.file.declarations.at(0).node);
  EXPECT_EQ(std::get<ast::FromClause>(pipe.items[0].node).sources[1].text, "b c");
  EXPECT_EQ(std::get<ast::StoreClause>(pipe.items[2].node).store.text, "s");
  const auto& table = std::get<ast::TableRule>(pipe.items[3].node);
  EXPECT_EQ(table.pattern.database.kind, ast::NamePart::Kind::kRegex);
  EXPECT_EQ(table.pattern.database.text, "x_(?P<n>\\d)");
  EXPECT_EQ(table.as->first.kind, ast::Target::Kind::kTemplate);
  EXPECT_EQ(table.as->second.kind, ast::Target::Kind::kSame);
  ASSERT_EQ(table.items.size(), 17u);
  auto clause = [&](size_t i) -> const ast::Clause& { return std::get<ast::Clause>(table.items[i].node); };
  EXPECT_EQ(std::get<ast::PartitionClause>(clause(5).node).number, "3");
  const auto& primary = std::get<ast::PartitionClause>(clause(7).node);
  EXPECT_EQ(primary.kind, ast::PartitionClause::Kind::kPrimaryKey);
  EXPECT_EQ(primary.else_number, "7");
  EXPECT_TRUE(std::get<ast::PartitionClause>(clause(8).node).else_table);
  const auto& on = std::get<ast::OnClause>(clause(9).node);
  ASSERT_EQ(on.events.size(), 6u);
  EXPECT_TRUE(on.events[1].of_key);
  EXPECT_EQ(on.events[2].of_columns.size(), 2u);
  EXPECT_EQ(on.events[3].error_kinds[1].text, "encode");
  EXPECT_EQ(on.events[4].label, "add column");
  EXPECT_EQ(on.events[5].label, "drop database");
  EXPECT_TRUE(on.when.has_value());
  EXPECT_EQ(on.action.as, ast::Action::As::kUpdate);
  EXPECT_TRUE(on.action.and_tombstone);
  EXPECT_TRUE(on.action.to.has_value());
  EXPECT_EQ(std::get<ast::OnClause>(clause(10).node).action.text->text, "why");
  EXPECT_EQ(std::get<ast::ConvertClause>(clause(13).node).to.type.kind, TypeKind::kTimestamp);
  EXPECT_EQ(std::get<ast::VerifyClause>(clause(15).node).settings->items.size(), 1u);
  EXPECT_EQ(std::get<ast::UseClause>(clause(16).node).member->text, "preset");
  EXPECT_TRUE(std::get<ast::TableRule>(pipe.items[4].node).skip);
  EXPECT_FALSE(std::get<ast::TableRule>(pipe.items[5].node).has_body);
}

TEST(File, TestsAndDeclarations) {
  Parsed parsed(R"(
param n: int in (1 .. 256) = 4;
sensitive a.* (x, r'.*_y');
preset q: format canal_json { b = 1; }
alert late { when lag(p) > 60s for 5m; notify ops severity page 'text'; }
test 't' for p {
  param n = 3;
  given {
    snapshot into db.a.b (id) values (1), (2);
    update a.b set x = 1, y = 2 where id = 1;
    delete from a.b where id = 2;
    ddl 'alter table x';
    binlog 'f';
  }
  expect {
    insert in 't' key (1) partition 2 { x: absent };
    ddl in 'd';
    error transform;
    nothing else;
  }
})");
  ASSERT_TRUE(parsed.diagnostics.empty()) << parsed.Errors();
  const auto& declarations = parsed.file.declarations;
  EXPECT_TRUE(std::get<ast::ParamDecl>(declarations[0].node).domain->range);
  EXPECT_EQ(std::get<ast::SensitiveDecl>(declarations[1].node).columns[1].kind, ast::NamePart::Kind::kRegex);
  EXPECT_EQ(std::get<ast::PresetDecl>(declarations[2].node).subject->text, "canal_json");
  EXPECT_EQ(std::get<ast::AlertDecl>(declarations[3].node).lasting->literal.text, "300000");
  const auto& test = std::get<ast::TestDecl>(declarations[4].node);
  ASSERT_EQ(test.given.size(), 5u);
  const auto& insert = std::get<ast::GivenInsert>(test.given[0].node);
  EXPECT_TRUE(insert.snapshot);
  EXPECT_EQ(insert.table.source->text, "db");
  EXPECT_EQ(insert.rows.size(), 2u);
  EXPECT_EQ(std::get<ast::GivenUpdate>(test.given[1].node).assignments.size(), 2u);
  ASSERT_EQ(test.expect.size(), 4u);
  const auto& record = std::get<ast::ExpectRecord>(test.expect[0].node);
  EXPECT_EQ(record.partition, "2");
  EXPECT_EQ(ast::AsWord(record.fields->at(0).second), "absent");
  EXPECT_TRUE(std::get<ast::ExpectNothing>(test.expect[3].node).more);
}

TEST(File, CommentsBelongToWhatTheyStandBeside) {
  Parsed parsed(
      "-- top\n\n--- Doc one.\n--- Doc two.\nsource a: mysql { -- first\n  x = 1;  -- behind\n  -- above\n  "
      "y = 2;\n"
      "  -- last\n}\n-- end\n");
  ASSERT_TRUE(parsed.diagnostics.empty());
  const ast::Declaration& declaration = parsed.file.declarations.at(0);
  EXPECT_EQ(declaration.trivia.before.size(), 3u);
  EXPECT_EQ(declaration.trivia.doc, "Doc one.\nDoc two.");
  const auto& settings = std::get<ast::ResourceDecl>(declaration.node).settings;
  EXPECT_EQ(settings.items[0].trivia.before.at(0).text, "-- first");
  EXPECT_EQ(settings.items[0].trivia.after->text, "-- behind");
  EXPECT_EQ(settings.items[1].trivia.before.at(0).text, "-- above");
  EXPECT_EQ(settings.comments_at_end.at(0).text, "-- last");
  EXPECT_EQ(parsed.file.comments_at_end.at(0).text, "-- end");
  EXPECT_EQ(parsed.file.comments.size(), 8u);
}

TEST(File, LineEndsAndByteOrderMark) {
  Parsed parsed("\xEF\xBB\xBFsource a: mysql {\r\n  x = ;\r\n}\r\n");
  EXPECT_EQ(parsed.Errors(), "t.pipe:2:7: error: expected an expression, found `;` [PIPE001]\n");
  EXPECT_TRUE(Parsed("").diagnostics.empty());
}

TEST(File, HardWordsAreNamesAfterAPeriod) {
  Parsed parsed(
      "pipe p { from a; into b; table shop.order { where old.key = meta.table and `select`; } table "
      "x.select; }");
  EXPECT_TRUE(parsed.diagnostics.empty()) << parsed.Errors();
}

TEST(File, TooLarge) {
  Parsed parsed(std::string(kFileBytesMax + 1, ' '));
  EXPECT_EQ(parsed.Errors(), "t.pipe:1:1: error: this file is larger than 4 MiB [PIPE011]\n");
  EXPECT_FALSE(parsed.file.complete);
}

}  // namespace
}  // namespace cdc::parse
