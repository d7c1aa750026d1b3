#pragma once

// What `pipec doc` tells about a program, as data: what a reader of its topics wants to know. markdown.h and html.h
// write it.

#include <string>
#include <vector>

#include "compiler/compile/compile.h"

namespace cdc::doc {

struct Declared {    // a source, sink, store or parameter
  std::string word;  // "source"
  std::string name;
  std::string detail;  // a kind; of a parameter its declaration
  std::string doc;
};

struct Column {  // a field of the records
  std::string name;
  std::string type;               // "decimal(10,2) not null"; empty if it cannot be told
  std::string value;              // the expression it is; empty: the column `from[0]` as it is
  std::vector<std::string> from;  // source columns
  std::string comment;            // COMMENT of the column
};

struct Table {
  std::string name;     // "shop.orders", "db: shop.orders" of several sources; a rule's pattern without a snapshot
  std::string rule;     // "orders.pipe:12"
  std::string doc;      // `---` lines above the rule
  std::string comment;  // COMMENT of the table
  std::string records;  // the name that records have of it, where that is another
  std::string merge;    // how it becomes one with others: "widen, 64 tables: shop_00.orders, …"; empty: it does not
  std::vector<std::string> topics;
  std::string topic;  // the `case` that decides; empty: there is one topic
  std::string key;
  std::string partition;
  std::string format;
  std::string filter;  // empty: every row
  std::string select;  // where the columns are unknown
  std::vector<std::string> on;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<Column> columns;
  std::vector<std::string> not_published;  // source columns that no field is made of
};

struct Pipe {
  std::string name;
  std::string place;
  std::string doc;
  std::vector<std::string> sources;
  std::string sink;
  std::vector<Table> tables;
  std::vector<std::string> skipped;       // tables of the snapshot that a rule skips
  std::vector<std::string> not_captured;  // tables of the snapshot without a rule
};

struct Page {
  std::string title;  // the program's name
  std::string path;
  std::vector<Declared> declared;
  std::vector<Pipe> pipes;
};

// Requires: `compiled` has a plan.
Page MakePage(const compile::Compiled& compiled);

// One document of all pages: Markdown, or a page of HTML that loads nothing.
std::string RenderMarkdown(const std::vector<Page>& pages);
std::string RenderHtml(const std::vector<Page>& pages);

}  // namespace cdc::doc
