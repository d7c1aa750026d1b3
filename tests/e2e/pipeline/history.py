"""What a consumer must have found of rows whose every change raises their version by one (ENGINE G1 to G4)."""

import collections

LOADED, INSERTED, UPDATED, DELETED = "INIT", "INSERT", "UPDATE", "DELETE"

SHOWN_MAX = 12  # records of a key in a message
# One record. Of a deletion, `version` and `step` are those of the row that went. Steps number the transactions of a single
# writer in the order of their commits; 0 where nobody counts.
Change = collections.namedtuple("Change", "partition offset kind key version step", defaults=[0])


class Violation(AssertionError):
    """A promise that a history breaks, with all that was found of the key."""


class _Row:
    """One key, record by record, at least one; `began` is as in check()."""

    def __init__(self, began, repeats):
        self.began, self.repeats = began, repeats
        self.newest = None  # the highest version so far
        self.loaded = self.deleted = False
        self.last = collections.deque(maxlen=SHOWN_MAX)

    def add(self, change):
        self.last.append(change)
        if change.partition != self.last[0].partition:
            self.refuse("is in two partitions")
        if change.kind == LOADED:
            self._load(change)
        else:
            self._stream(change)
        self.newest = change.version if self.newest is None else max(self.newest, change.version)

    def end(self, version):
        """`version` of the table's row, None if there is none."""
        if self.began is not None and not self.loaded and not self.deleted:
            self.refuse("was not loaded")
        found = None if self.last[-1].kind == DELETED else self.last[-1].version
        if found != version or found not in (None, self.newest):
            self.refuse(f"ends with version {found}, the table has {version}")

    def refuse(self, reason):
        found = ", ".join(f"{c.kind} v{c.version} at {c.partition}:{c.offset}" for c in self.last)
        raise Violation(f"key {self.last[-1].key} {reason}; it began as {self.began}; found, last: {found}")

    def _load(self, change):
        if not self.repeats:
            if self.loaded:
                self.refuse("was loaded twice")
            if self.deleted:
                self.refuse("was loaded behind its deletion")
            if self.newest is not None and change.version < self.newest:
                self.refuse("was loaded older than it had been streamed")
        self.loaded = True
        # What a read saw was streamed before its row goes out: a row that nothing was streamed of is as it began.
        newest = self.began[1] if self.newest is None and self.began is not None else self.newest
        if newest is None:
            self.refuse("was loaded and its insert is missing")
        if change.version > newest:
            self.refuse("was loaded with versions before that missing")
        if self.newest is None and change.version < self.began[0]:
            self.refuse("was loaded older than it began")

    def _stream(self, change):
        if self.deleted and not self.repeats:
            self.refuse("was changed behind its deletion")
        first, last = self._next(change)
        if change.version > last:
            self.refuse(f"lacks versions before {change.version}")
        if change.version < first and not self.repeats:
            self.refuse(f"has version {change.version} twice or out of order")
        self.deleted = change.kind == DELETED

    def _next(self, change):
        """The versions that may come next in the stream, from and to."""
        # A deletion tells the version that was there before.
        raised = 0 if change.kind == DELETED else 1
        if change.kind == INSERTED:
            if self.began is not None or (self.newest is not None and not self.repeats):
                self.refuse("was inserted although it was there")
            return 0, 0
        if self.newest is not None:
            return self.newest + raised, self.newest + raised
        if self.began is None:
            self.refuse("was changed and its insert is missing")
        return self.began[0] + raised, self.began[1] + raised


def check(changes, table, began, repeats=False):
    """Raises Violation unless `changes`, every partition's in its order, are all that happened to a table, once and in order.

    `table` is what it holds in the end, key -> version. `began` has every key that was there where the log is read from, with
    the lowest and the highest version that its row can have had there; these are equal if nobody wrote at that time. With
    `repeats`, records may come again, older ones too, as long as nothing is missing and the last one of a key is its newest."""
    rows, steps = {}, collections.Counter()
    for change in changes:
        rows.setdefault(change.key, _Row(began.get(change.key), repeats)).add(change)
        if change.kind in (INSERTED, UPDATED) and not repeats:
            if change.step < steps[change.partition]:
                raise Violation(f"partition {change.partition}: step {change.step} at offset {change.offset} follows {steps[change.partition]}")
            steps[change.partition] = change.step
    for key in table.keys() | began.keys():
        if key not in rows:
            raise Violation(f"key {key} is missing")
    for key, row in rows.items():
        row.end(table.get(key))
