"""Expressions of the language against MySQL itself: every one as an output column of a pipe and as a SELECT, over rows of all
types. Where the language decides otherwise (LANGUAGE, "Types"), the expression is not in the list, or in DECIDED with the reason."""

import unittest

import expressions
import lab

# java.sql.Types codes of a record's columns whose text is a Java number.
FLOAT, DOUBLE = 7, 8
# FLOAT's text on the server has six digits.
FLOAT_DIGITS = 6


def same(code, ours, servers):
    if ours is None or servers is None:
        return ours is servers
    if code == DOUBLE:
        return float(ours) == float(servers)
    if code == FLOAT:
        return f"{float(ours):.{FLOAT_DIGITS - 1}e}" == f"{float(servers):.{FLOAT_DIGITS - 1}e}"
    return ours == servers


OURS = [pair[0] for pair in expressions.PAIRS + expressions.DECIDED]
SERVERS = [pair[1] for pair in expressions.PAIRS + expressions.DECIDED]


class Expressions(unittest.TestCase):
    def test_values_are_those_of_mysql(self):
        database = lab.Database("mysql")
        self.addCleanup(database.drop)
        database.execute(expressions.TABLE)
        columns = ",\n".join(f"      {ours} as e{i}" for i, ours in enumerate(OURS))
        run = lab.Program(lab.source(database) + lab.kafka_sink() + f"""
pipe p {{
  from db;
  into bus;
  format canal_json {{ enum = label; }}
  table {database.name}.x {{
    select id,
{columns};
    key (id);
  }}
}}
""")
        self.addCleanup(run.close)
        run.catch_up()
        found = {int(record.value["data"][0]["id"]): record.value for record in lab.records(f"{database.name}-x")}
        for row in database.rows(f"SET time_zone = '+00:00'; SELECT id, {', '.join(SERVERS)} FROM x ORDER BY id"):
            self.check_row(row, found.pop(int(row[0])))
        self.assertEqual(found, {})

    def check_row(self, row, record):
        values = record["data"][0]
        for i, (ours, servers) in enumerate(expressions.PAIRS):
            if not same(record["sqlType"][f"e{i}"], values[f"e{i}"], row[i + 1]):
                with self.subTest(row=row[0], expression=ours):
                    self.fail(f"{values[f'e{i}']} ({record['mysqlType'][f'e{i}']}); MySQL: {row[i + 1]} ({servers})")
        if row[0] == "1":
            for i, (ours, servers, decided) in enumerate(expressions.DECIDED, len(expressions.PAIRS)):
                with self.subTest(decided=ours):
                    self.assertEqual(values[f"e{i}"], decided)
                    self.assertNotEqual(row[i + 1], decided, f"MySQL agrees: {servers}")


if __name__ == "__main__":
    unittest.main()
