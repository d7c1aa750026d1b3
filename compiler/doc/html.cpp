// One page: no script, no font, no picture, nothing from elsewhere. Anchors are made once per pipe, table, field and
// topic.

#include <map>
#include <set>

#include "compiler/diag/report.h"
#include "compiler/doc/page.h"

namespace cdc::doc {
namespace {

constexpr const char* kStyle = R"(
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --quiet: #57606a; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; --quiet: #9198a1; --link: #79c0ff; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
code { font: 0.9em ui-monospace, monospace; background: var(--soft); padding: 0.1em 0.3em; border-radius: 4px; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); }
.quiet { color: var(--quiet); }
section.table { border-top: 1px solid var(--line); margin-top: 1.5rem; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } a { color: inherit; } tr { break-inside: avoid; } nav { display: none; } }
)";

std::string CodeElement(std::string_view text) {
  return text.empty() ? "" : "<code>" + diag::XmlText(text) + "</code>";
}

std::string CodeItems(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + CodeElement(text);
  return list;
}

// Names for `id` and `href="#…"`, no two alike.
class Anchors {
 public:
  // The same for the same thing.
  const std::string& Of(const std::string& thing) {
    auto [at, added] = known_.try_emplace(thing);
    if (!added) return at->second;
    std::string slug;
    for (char c : thing) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || (!slug.empty() && slug.back() != '-')) slug += plain ? c : '-';
    }
    std::string name = slug;
    for (int i = 2; !taken_.insert(name).second; ++i) name = slug + "-" + std::to_string(i);
    return at->second = name;
  }

 private:
  std::map<std::string, std::string> known_;
  std::set<std::string> taken_;
};

class Writer {
 public:
  std::string Run(const std::vector<Page>& pages) {
    std::string title;
    for (const Page& page : pages) title += (title.empty() ? "" : ", ") + page.title;
    out_ =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        diag::XmlText(title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n";
    for (const Page& page : pages) OnePage(page);
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  std::string Link(const std::string& thing, const std::string& text) {
    return "<a href=\"#" + anchors_.Of(thing) + "\">" + CodeElement(text) + "</a>";
  }
  static std::string ThingOf(const Page& page, const Pipe& pipe) { return page.path + " pipe " + pipe.name; }
  static std::string ThingOf(const Page& page, const Pipe& pipe, const Table& table) {
    return ThingOf(page, pipe) + " table " + table.name;
  }
  static std::string TopicOf(const Page& page, const Pipe& pipe, const std::string& topic) {
    return page.path + " " + pipe.sink + " topic " + topic;
  }

  std::string TopicLinks(const Page& page, const Pipe& pipe, const Table& table) {
    std::string list;
    for (const std::string& topic : table.topics) {
      list += (list.empty() ? "" : ", ") + Link(TopicOf(page, pipe, topic), topic);
    }
    return list;
  }

  void Paragraphs(const std::string& text, const char* css = "") {
    if (!text.empty()) out_ += std::string("<p") + css + ">" + diag::XmlText(text) + "</p>\n";
  }
  void Row(const char* what, const std::string& html) {
    if (!html.empty()) out_ += "<tr><th>" + std::string(what) + "</th><td>" + html + "</td></tr>\n";
  }

  void OnePage(const Page& page) {
    out_ += "<h1>" + diag::XmlText(page.title) + "</h1>\n<p class=\"quiet\">" + CodeElement(page.path) +
            "</p>\n<nav><ul>\n";
    for (const Pipe& pipe : page.pipes) {
      out_ += "<li>" + Link(ThingOf(page, pipe), "pipe " + pipe.name) + "</li>\n";
    }
    out_ += "</ul></nav>\n";
    if (!page.declared.empty()) out_ += "<table>\n";
    for (const Declared& one : page.declared) {
      out_ += "<tr><th>" + diag::XmlText(one.word) + "</th><td>" + CodeElement(one.name) + "</td><td>" +
              CodeElement(one.detail) + "</td><td>" + diag::XmlText(one.doc) + "</td></tr>\n";
    }
    if (!page.declared.empty()) out_ += "</table>\n";
    for (const Pipe& pipe : page.pipes) OnePipe(page, pipe);
    Topics(page);
  }

  void OnePipe(const Page& page, const Pipe& pipe) {
    out_ += "<section>\n<h2 id=\"" + anchors_.Of(ThingOf(page, pipe)) + "\">Pipe " + CodeElement(pipe.name) + "</h2>\n";
    Paragraphs(pipe.doc);
    out_ += "<p>From " + CodeItems(pipe.sources) + " into " + CodeElement(pipe.sink) + "; " + CodeElement(pipe.place) +
            ".</p>\n";
    out_ += "<table>\n<tr><th>table</th><th>topic</th></tr>\n";
    for (const Table& table : pipe.tables) {
      out_ += "<tr><td>" + Link(ThingOf(page, pipe, table), table.name) + "</td><td>" + TopicLinks(page, pipe, table) +
              "</td></tr>\n";
    }
    out_ += "</table>\n";
    if (!pipe.skipped.empty()) out_ += "<p>Skipped: " + CodeItems(pipe.skipped) + ".</p>\n";
    if (!pipe.not_captured.empty()) out_ += "<p>Not captured: " + CodeItems(pipe.not_captured) + ".</p>\n";
    for (const Table& table : pipe.tables) OneTable(page, pipe, table);
    out_ += "</section>\n";
  }

  void OneTable(const Page& page, const Pipe& pipe, const Table& table) {
    const std::string thing = ThingOf(page, pipe, table);
    out_ +=
        "<section class=\"table\">\n<h3 id=\"" + anchors_.Of(thing) + "\">Table " + CodeElement(table.name) + "</h3>\n";
    Paragraphs(table.doc);
    Paragraphs(table.comment, " class=\"quiet\"");
    out_ += "<table>\n";
    Row("topic", TopicLinks(page, pipe, table));
    Row("which one", CodeElement(table.topic));
    Row("name in records", CodeElement(table.records));
    Row("merged", CodeElement(table.merge));
    Row("rows", table.filter.empty() ? "all" : "where " + CodeElement(table.filter));
    Row("columns", CodeElement(table.select));
    Row("key", CodeElement(table.key));
    Row("partition by", CodeElement(table.partition));
    Row("format", CodeElement(table.format));
    for (const auto& [name, value] : table.headers) Row("header", CodeElement(name) + " = " + CodeElement(value));
    for (const std::string& on : table.on) Row("rule", CodeElement(on));
    Row("owner", CodeElement(table.rule));
    out_ += "</table>\n";
    if (!table.columns.empty()) {
      out_ += "<table>\n<tr><th>field</th><th>type</th><th>from</th><th></th></tr>\n";
      for (const Column& column : table.columns) {
        out_ += "<tr><td id=\"" + anchors_.Of(thing + " field " + column.name) + "\">" + CodeElement(column.name) +
                "</td><td>" + CodeElement(column.type) + "</td><td>" +
                (column.value.empty() ? CodeItems(column.from) : CodeElement(column.value)) + "</td><td>" +
                diag::XmlText(column.comment) + "</td></tr>\n";
      }
      out_ += "</table>\n";
    }
    if (!table.not_published.empty()) out_ += "<p>Not published: " + CodeItems(table.not_published) + ".</p>\n";
    out_ += "</section>\n";
  }

  // The other way round: what a topic's fields are made of.
  void Topics(const Page& page) {
    struct Topic {
      std::string name;
      std::string rows;
    };
    std::map<std::string, Topic> topics;  // by thing
    for (const Pipe& pipe : page.pipes) {
      for (const Table& table : pipe.tables) {
        for (const std::string& name : table.topics) {
          Topic& topic = topics[TopicOf(page, pipe, name)];
          topic.name = name;
          topic.rows += Lineage(page, pipe, table);
        }
      }
    }
    if (topics.empty()) return;
    out_ += "<section>\n<h2>Topics</h2>\n";
    for (const auto& [thing, topic] : topics) {
      out_ += "<section class=\"table\">\n<h3 id=\"" + anchors_.Of(thing) + "\">Topic " + CodeElement(topic.name) +
              "</h3>\n<table>\n<tr><th>field</th><th>from table</th><th>column</th></tr>\n" + topic.rows +
              "</table>\n</section>\n";
    }
    out_ += "</section>\n";
  }

  std::string Lineage(const Page& page, const Pipe& pipe, const Table& table) {
    const std::string thing = ThingOf(page, pipe, table);
    if (table.columns.empty()) return "<tr><td></td><td>" + Link(thing, table.name) + "</td><td></td></tr>\n";
    std::string rows;
    for (const Column& column : table.columns) {
      rows += "<tr><td>" + Link(thing + " field " + column.name, column.name) + "</td><td>" + Link(thing, table.name) +
              "</td><td>" + CodeItems(column.from) + "</td></tr>\n";
    }
    return rows;
  }

  Anchors anchors_;
  std::string out_;
};

}  // namespace

std::string RenderHtml(const std::vector<Page>& pages) { return Writer().Run(pages); }

}  // namespace cdc::doc
