"""What Canal JSON records make of a table, and the same table as its server holds it, in the same text.

The text rules are those of the format (enum = label), computed here from the server's SELECT, not by the code under test. As
in Canal, BINARY is without the zeros at its end.
"""

import collections
import decimal
import re
import struct

BYTES = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "point", "linestring", "polygon", "geometry",
         "multipoint", "multilinestring", "multipolygon", "geometrycollection", "geomcollection"}
INTEGERS = {"tinyint", "smallint", "mediumint", "int", "bigint", "bit"}


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def java_text(number, shortest):
    """A Java double or float: plain from 1e-3 to 1e7, else d.dddE<n>. `shortest` gives the shortest digits that read back."""
    if number == 0:
        return "-0.0" if str(number).startswith("-") else "0.0"
    exact = decimal.Decimal(shortest(number)).normalize()
    if len(exact.as_tuple().digits) == 1:
        exact = decimal.Decimal(f"{number:.1e}").normalize()  # Java's two digits are the nearest two
    if 1e-3 <= abs(number) < 1e7:
        text = format(exact, "f")
        return text if "." in text else text + ".0"
    digits = "".join(map(str, exact.as_tuple().digits))
    return f"{'-' if number < 0 else ''}{digits[0]}.{digits[1:] or '0'}E{exact.adjusted()}"


def float32(number):
    try:
        return struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        return float("inf")


def shortest_float32(number):
    return next(text for precision in range(1, 10) for text in [f"{number:.{precision}g}"] if float32(float(text)) == number)


def sql_of(column, kind):
    """What to select to know everything about the column's value: hex digits, for FLOAT and DOUBLE a number."""
    if kind in BYTES:
        return f"HEX({column})"
    if kind in ("float", "double"):
        return f"{column} + 0e0"  # a CAST would have fewer digits
    if kind in INTEGERS:
        column += " + 0"  # also without the zeros of ZEROFILL
    return f"HEX(CONVERT(CAST({column} AS CHAR) USING utf8mb4))"


def canal_text(kind, cell):
    """The format's text of one column, from what sql_of() gave."""
    if cell is None:
        return None
    if kind == "double":
        return java_text(float(cell), repr)
    if kind == "float":
        return java_text(float(cell), shortest_float32)
    raw = bytes.fromhex(cell)
    if kind in BYTES:
        return (raw.rstrip(b"\0") if kind == "binary" else raw).decode("latin1")
    return raw.decode("utf8")


def server_tables(database):
    """Every table of a database: name -> rows as {column: text}."""
    columns = {}
    for table, name, kind in database.rows(
            "SELECT HEX(CONVERT(table_name USING utf8mb4)), HEX(CONVERT(column_name USING utf8mb4)), data_type "
            "FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position"):
        columns.setdefault(bytes.fromhex(table).decode(), []).append((bytes.fromhex(name).decode(), kind))
    selects = [f"SELECT '#'; SELECT {', '.join(sql_of(quoted(name), kind) for name, kind in columns[table])} FROM {quoted(table)}"
               for table in columns]
    found, names = {}, iter(columns)
    for cells in database.rows("; ".join(["SET time_zone = '+00:00'", *selects])):
        if cells == ["#"]:
            table = next(names)
            found[table] = []
        else:
            found[table].append({name: canal_text(kind, cell) for (name, kind), cell in zip(columns[table], cells)})
    return found


class Replay:
    """The tables that records describe, in the order of the records. Rows without primary key are told apart by content."""

    def __init__(self):
        self.tables = collections.defaultdict(dict)  # by name: rows by key
        self.keys = {}  # by table: columns of the key, None without

    def apply(self, record):
        value = record.value
        if value is None:
            return
        if value["isDdl"]:
            self.apply_ddl(value)
            return
        self.key_by(value["table"], value["pkNames"])
        rows = self.tables[value["table"]]
        for i, row in enumerate(value["data"]):
            if value["pkNames"]:
                self.apply_keyed(rows, value["type"], tuple(row[name] for name in value["pkNames"]), row)
            else:
                before = {**row, **value["old"][i]} if value["old"] else row
                self.apply_unkeyed(rows, value["type"], before, row)

    def apply_ddl(self, value):
        renamed = re.fullmatch(r"(?:RENAME TABLE|ALTER TABLE) (\w+) (?:RENAME )?TO (\w+)", value["sql"])
        if value["type"] in ("TRUNCATE", "ERASE"):
            self.tables[value["table"]].clear()
        elif renamed:
            for kept in (self.tables, self.keys):
                kept[renamed[2]] = kept.pop(renamed[1])

    def key_by(self, table, names):
        """A DDL may have given the table another key."""
        if self.keys.setdefault(table, names) != names:
            self.keys[table] = names
            self.tables[table] = {tuple(row[name] for name in names): row for row in self.tables[table].values()}

    @staticmethod
    def apply_keyed(rows, kind, key, row):
        if kind == "DELETE":
            assert rows.pop(key, None) is not None, f"a delete of what is not there: {key}"
            return
        assert (key in rows) == (kind == "UPDATE"), f"{kind} of {key}, which is {'' if key in rows else 'not '}there"
        rows[key] = row

    @staticmethod
    def apply_unkeyed(rows, kind, before, after):
        """Keys of `rows` are the rows' own text and a number; values the rows."""
        if kind in ("UPDATE", "DELETE"):
            gone = next((k for k, row in rows.items() if row == before), None)
            assert gone is not None, f"{kind} of a row that is not there: {before}"
            del rows[gone]
        if kind != "DELETE":
            rows[len(rows), max((k[1] for k in rows), default=0) + 1] = after

    def rows(self, table):
        return list(self.tables[table].values())
