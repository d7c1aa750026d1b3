#!/usr/bin/env python3
"""Reads the page that `pipec doc --format html` writes of every program here: links lead somewhere, nothing is loaded, and
nothing of a program or comment becomes a part of the page.

    doc_html.py --pipec PATH
"""

import collections
import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import unit_tests

ROOT = pathlib.Path(__file__).resolve().parents[2]
PIPEC = None
VOID = {"meta", "br", "link", "img"}
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "nav", "ul", "li", "section", "h1", "h2", "h3", "p", "a", "code",
            "table", "tr", "th", "td"}
EVIL = """--- </section><script src="http://evil/x.js"></script>
source db: mysql { address = 'localhost:3306'; user = 'cdc'; }
sink bus: kafka { brokers = ['localhost:9092']; }
--- <img src=x onerror=alert(1)> & "quotes" 'too'
pipe `p"><script>` {
  from db;
  into bus;
  --- --> ]]> <!-- </style>
  table shop.orders {
    where note <> '</code><a href="http://evil">' and id > 1;
    topic case when note = 'a' then "one" else "two" end;
    header '"><b>' = note;
  }
  table shop.`a b` { topic "t"; }
  table shop.`a-b` { topic "t-"; }
}
"""
TABLE = "CREATE TABLE `{}` (\n  `id` int NOT NULL COMMENT '</td><script>x</script>',\n  `note` text,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB COMMENT='</p><iframe src=http://evil>'\n"


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.problems, self.open, self.ids, self.links, self.texts, self.styles = [], [], [], [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.problems.append(f"<{tag}>")
        for name, value in attrs:
            if name in ("id", "href"):
                (self.ids if name == "id" else self.links).append(value)
            elif name not in ("class", "lang", "charset", "name", "content"):
                self.problems.append(f"<{tag} {name}={value}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")

    def handle_comment(self, data):
        self.problems.append(f"a comment: {data}")

    def handle_data(self, data):
        (self.styles if self.open and self.open[-1] == "style" else self.texts).append(data)


class DocHtml(unittest.TestCase):
    def page(self, *words, cwd=ROOT):
        done = subprocess.run([PIPEC, "doc", "--format", "html", *words], capture_output=True, text=True, cwd=cwd)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = Page(done.stdout)
        self.assertEqual(page.problems, [])
        self.assertEqual([i for i, n in collections.Counter(page.ids).items() if n > 1], [])
        self.assertTrue(page.links)
        for link in page.links:
            self.assertTrue(link.startswith("#"), link)
            self.assertIn(link[1:], page.ids)
        for style in page.styles:
            self.assertIsNone(re.search(r"url\(|@import|//", style))
        return page

    def test_examples(self):
        for program in ("examples/hello.pipe", "examples/shop/shop.pipe"):
            with self.subTest(program):
                self.page(program)

    def test_names_and_comments_stay_text(self):
        with tempfile.TemporaryDirectory() as made:
            root = pathlib.Path(made)
            (root / "schema/db/shop").mkdir(parents=True)
            for name in ("orders", "a b", "a-b"):
                (root / f"schema/db/shop/{name}.sql").write_text(TABLE.format(name), encoding="utf-8")
            (root / "evil.pipe").write_text(EVIL, encoding="utf-8")
            text = "".join(self.page("evil.pipe", cwd=root).texts)
            markdown = subprocess.run([PIPEC, "doc", "evil.pipe"], capture_output=True, text=True, cwd=root, check=True).stdout
        for part in ('<script src="http://evil/x.js">', "<img src=x onerror=alert(1)>", 'p"><script>', "--> ]]> <!-- </style>",
                     "</td><script>x</script>", "</p><iframe src=http://evil>", "</code><a href=", '"><b>'):
            self.assertIn(part, text)
        # Outside of code spans nothing of it is HTML.
        prose = re.sub(r"(`+).*?\1", "", markdown)
        self.assertIsNone(re.search(r"(?<!\\)<", prose), prose)


if __name__ == "__main__":
    unit_tests.run(sys.modules["__main__"])
