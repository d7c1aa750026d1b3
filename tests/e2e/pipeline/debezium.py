"""Debezium's JSON, read by its published rules alone: what a value means (the oracle is the server's SELECT), whether a value
fits the Connect schema beside it, and the table that records describe."""

import base64
import collections
import datetime
import json
import re
import struct

Column = collections.namedtuple("Column", "name kind unsigned bits scale digits")

INTEGERS = {"tinyint", "smallint", "mediumint", "int", "bigint"}
BINARIES = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"}
SHAPES = {"point", "geometry"}
TEMPORAL = {"date", "time", "datetime", "timestamp"}
INT_BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
EPOCH = datetime.datetime(1970, 1, 1)
WKB_HEAD = "<BIdd"


def columns(database, table):
    found = []
    for name, kind, full, scale, digits in database.rows(
            "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, NUMERIC_SCALE, DATETIME_PRECISION FROM information_schema.COLUMNS"
            f" WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '{table}' ORDER BY ORDINAL_POSITION"):
        bits = int(re.search(r"\d+", full).group()) if kind == "bit" else 0
        found.append(Column(name, kind, "unsigned" in full, bits, int(scale or 0), int(digits or 0)))
    return found


def _selected(column):
    if column.kind in SHAPES:
        return f"CONCAT(HEX(ST_AsWKB({column.name})), ':', ST_SRID({column.name}))"
    if column.kind in BINARIES | {"vector"}:
        return f"HEX({column.name})"
    if column.kind in INTEGERS | TEMPORAL | {"decimal", "double", "year"}:
        return column.name
    if column.kind == "float":
        return f"{column.name} + 0e0"  # all its digits
    return f"{column.name} + 0" if column.kind == "bit" else f"HEX(CONVERT({column.name} USING utf8mb4))"


def _of_server(column, text):
    if text is None:
        return None
    if column.kind in SHAPES:
        wkb, srid = text.split(":")
        return bytes.fromhex(wkb), int(srid)
    if column.kind in BINARIES:
        return bytes.fromhex(text)
    if column.kind == "vector":
        return bytes.fromhex(text)
    if column.kind in INTEGERS | {"bit", "year"}:
        return int(text)
    if column.kind == "float":
        return struct.pack("<f", float(text))
    if column.kind == "double":
        return float(text)
    if column.kind in TEMPORAL | {"decimal"}:
        return text
    text = bytes.fromhex(text).decode()
    return json.loads(text) if column.kind == "json" else text


def server_table(database, table):
    """id -> row, as the server says, instants in UTC."""
    all_columns = columns(database, table)
    rows = database.rows(f"SET time_zone = '+00:00'; SELECT {', '.join(map(_selected, all_columns))} FROM {table}")
    parsed = [{c.name: _of_server(c, text) for c, text in zip(all_columns, row)} for row in rows]
    return {row["id"]: row for row in parsed}


def unscaled(text):
    return int.from_bytes(base64.b64decode(text, validate=True), "big", signed=True)


def _decimal(number, scale):
    digits = str(abs(number)).rjust(scale + 1, "0")
    whole = digits if scale == 0 else f"{digits[:-scale]}.{digits[-scale:]}"
    return ("-" if number < 0 else "") + whole


def _fraction(micros, digits):
    return f".{micros:06d}"[:digits + 1] if digits else ""


def _time(micros, digits):
    seconds, rest = divmod(abs(micros), 1_000_000)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{_fraction(rest, digits)}"
    return "-" + text if micros < 0 else text


def _temporal(column, value):
    if column.kind == "date":
        return (EPOCH + datetime.timedelta(days=value)).date().isoformat()
    if column.kind == "time":
        return _time(value, column.digits)
    if column.kind == "timestamp":
        fraction = rf"\.\d{{{column.digits}}}" if column.digits else ""
        if not re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d{fraction}Z", value):
            raise AssertionError(f"{column.name}: {value}")
        return value.replace("T", " ").removesuffix("Z")
    when = EPOCH + datetime.timedelta(microseconds=value if column.digits > 3 else value * 1000)
    return when.isoformat(" ", "seconds") + _fraction(when.microsecond, column.digits)


def _shape(column, value):
    wkb = base64.b64decode(value["wkb"], validate=True)
    if column.kind == "point" and struct.unpack(WKB_HEAD, wkb)[2:] != (value["x"], value["y"]):
        raise AssertionError(f"{column.name}: {value}")
    return wkb, value["srid"] or 0


def meaning(column, value):
    """Of a value with the format's defaults but `bigint_unsigned = precise`; comparable with what the server says."""
    if value is None:
        return None
    if column.kind == "bigint" and column.unsigned:
        return unscaled(value)
    if column.kind == "decimal":
        return _decimal(unscaled(value), column.scale)
    if column.kind == "bit":
        if column.bits == 1:
            return {False: 0, True: 1}[value]
        raw = base64.b64decode(value, validate=True)
        if len(raw) != (column.bits + 7) // 8:
            raise AssertionError(f"{column.name}: {value}")
        return int.from_bytes(raw, "little")
    if column.kind == "float":
        return struct.pack("<f", value)
    if column.kind == "vector":
        return b"".join(struct.pack("<f", item) for item in value)
    if column.kind in BINARIES:
        return base64.b64decode(value, validate=True)
    if column.kind in SHAPES:
        return _shape(column, value)
    if column.kind in TEMPORAL:
        return _temporal(column, value)
    return json.loads(value) if column.kind == "json" else value


def _fits_name(node, value):
    """Whether a value is one of its semantic type, for those that say more than their Connect type."""
    parameters, name = node.get("parameters", {}), node.get("name", "").rsplit(".", 1)[-1]
    if name == "Decimal":
        return abs(unscaled(value)) < 10 ** int(parameters["connect.decimal.precision"]) and "scale" in parameters
    if name == "Bits":
        return len(base64.b64decode(value)) == (int(parameters["length"]) + 7) // 8
    if name == "Enum":
        return value in parameters["allowed"].split(",")
    if name == "EnumSet":
        return value == "" or set(value.split(",")) <= set(parameters["allowed"].split(","))
    if name == "Json":
        return json.loads(value) is not NotImplemented
    return True


def _fits_type(node, value):
    kind = node["type"]
    if kind in INT_BITS:
        return type(value) is int and -(1 << INT_BITS[kind] - 1) <= value < 1 << INT_BITS[kind] - 1
    if kind in ("float", "double"):
        return type(value) in (int, float)
    if kind == "boolean":
        return type(value) is bool
    if kind == "bytes":
        return type(value) is str and base64.b64encode(base64.b64decode(value, validate=True)).decode() == value
    if kind == "array":
        for item in value:
            check_fit(node["items"], item, "item")
        return True
    if kind == "struct":
        for field in node["fields"]:
            check_fit(field, value[field["field"]], field["field"])
        return [field["field"] for field in node["fields"]] == list(value)
    return kind == "string" and type(value) is str


def check_fit(node, value, path="record"):
    """The value is one of the schema's type, all the way down."""
    if value is None:
        if not node["optional"]:
            raise AssertionError(f"{path} is null, its schema says {node}")
        return
    if not _fits_type(node, value) or not _fits_name(node, value):
        raise AssertionError(f"{path} = {value} does not fit {str(node)[:500]}")
    if node.get("default") is not None:
        check_fit({name: part for name, part in node.items() if name != "default"}, node["default"], f"default of {path}")


def opened(part, with_schema):
    """A key's or value's payload; its schema, if there is one, is checked against it."""
    if part is None or not with_schema:
        return part
    if list(part) != ["schema", "payload"]:
        raise AssertionError(f"{list(part)}")
    check_fit(part["schema"], part["payload"])
    return part["payload"]


class Replay:
    """The table that row records describe. An image before a change must be the row as it was, with the defaults of columns that
    came later; keys must be those of rows."""

    def __init__(self, known_columns, defaults):
        self.defaults = defaults
        self.columns = {column.name: column for column in known_columns}
        self.rows = {}

    def image(self, image):
        return image and {name: meaning(self.columns[name], value) for name, value in image.items()}

    def apply(self, key, value):
        key_of_record = None if key is None else unscaled(key["id"])
        if value is None:
            if key_of_record in self.rows:
                raise AssertionError(f"a tombstone for the living row {key}")
            return
        before, after = self.image(value["before"]), self.image(value["after"])
        if value["op"] == "t":
            self.rows.clear()
            return
        if (before is None) != (value["op"] in "cr") or (after is None) != (value["op"] == "d"):
            raise AssertionError(f"images of {value}")
        if before is not None:
            row = self.rows.pop(before["id"])
            if {**{name: default for name, default in self.defaults.items() if name in before}, **row} != before:
                raise AssertionError(f"not the row before {value}")
        if after is not None:
            if after["id"] in self.rows:
                raise AssertionError(f"a row twice: {value}")
            self.rows[after["id"]] = after
        if key_of_record != (after or before)["id"]:
            raise AssertionError(f"key {key} of {value}")
