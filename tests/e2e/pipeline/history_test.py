"""The proof of the proof: every way to break a promise is noticed in a history that is otherwise right."""

import unittest

import history
from history import DELETED, INSERTED, LOADED, UPDATED

STILL = {"a": (0, 0), "b": (0, 0)}  # nobody wrote where the log began
# Key a is changed before it is loaded and then on; b is loaded as it began and deleted later; c is inserted while loading.
RIGHT = [(UPDATED, "a", 1), (UPDATED, "a", 2), (LOADED, "a", 2), (UPDATED, "a", 3), (UPDATED, "a", 4),
         (LOADED, "b", 0), (UPDATED, "b", 1), (DELETED, "b", 1),
         (INSERTED, "c", 0), (UPDATED, "c", 1), (LOADED, "c", 1), (UPDATED, "c", 2)]
TABLE = {"a": 4, "c": 2}


def changes(records, partition=0):
    return [history.Change(partition, offset, kind, key, version) for offset, (kind, key, version) in enumerate(records)]


def without(*left_out):
    return [record for record in RIGHT if record not in left_out]


class History(unittest.TestCase):
    def accepted(self, records, table, began=None, **options):
        history.check(changes(records), table, STILL if began is None else began, **options)

    def refused(self, reason, records, table=None, began=None, **options):
        with self.assertRaisesRegex(history.Violation, reason):
            self.accepted(records, TABLE if table is None else table, began, **options)

    def test_right(self):
        self.accepted(RIGHT, TABLE)
        self.accepted([(LOADED, "a", 5), (UPDATED, "a", 6)], {"a": 6}, {"a": (3, 5)})
        self.accepted([(UPDATED, "a", 5), (LOADED, "a", 5), (UPDATED, "a", 6)], {"a": 6}, {"a": (3, 5)})
        self.accepted([(DELETED, "a", 0), (LOADED, "b", 0)], {"b": 0})

    def test_missing_right_behind_the_load(self):
        self.refused("key a lacks versions before 8", [(LOADED, "a", 5), (UPDATED, "a", 8), (UPDATED, "a", 9)], {"a": 9}, {"a": (5, 5)})
        self.refused("key a lacks versions before 7", [(LOADED, "a", 5), (UPDATED, "a", 7)], {"a": 7}, {"a": (3, 9)})
        self.refused("key a lacks versions before 4", without((UPDATED, "a", 3)))
        self.refused("key b lacks versions before 1", without((UPDATED, "b", 1)))

    def test_missing_before_the_load(self):
        self.refused("key a lacks versions before 2", without((UPDATED, "a", 1)))
        self.refused("key a was loaded with versions before that missing", without((UPDATED, "a", 2)))
        self.refused("key a was loaded with versions before that missing", without((UPDATED, "a", 1), (UPDATED, "a", 2)))
        self.refused("key a lacks versions before 7", [(UPDATED, "a", 7), (LOADED, "a", 7)], {"a": 7}, {"a": (3, 5)})

    def test_missing_insert(self):
        self.refused("key c was changed and its insert is missing", without((INSERTED, "c", 0)))
        self.refused("key c was loaded and its insert is missing", without((INSERTED, "c", 0), (UPDATED, "c", 1)))

    def test_missing_last(self):
        self.refused("key a ends with version 3, the table has 4", without((UPDATED, "a", 4)))
        self.refused("key b ends with version 1, the table has None", without((DELETED, "b", 1)))
        self.refused("key a ends with version 4, the table has None", RIGHT, {"c": 2})

    def test_missing_whole(self):
        self.refused("key b is missing", [r for r in RIGHT if r[1] != "b"])
        self.refused("key c is missing", [r for r in RIGHT if r[1] != "c"])
        self.refused("key a was not loaded", without((LOADED, "a", 2)))

    def test_twice(self):
        for record in RIGHT:
            at = RIGHT.index(record)
            with self.subTest(record=record):
                self.refused("twice|although it was there|behind its deletion", RIGHT[:at + 1] + [record] + RIGHT[at + 1:])

    def test_reordered(self):
        """Neighbours of one key, changed for each other."""
        for at in range(len(RIGHT) - 1):
            if RIGHT[at][1] == RIGHT[at + 1][1]:
                with self.subTest(at=RIGHT[at]):
                    self.refused("", RIGHT[:at] + [RIGHT[at + 1], RIGHT[at]] + RIGHT[at + 2:])

    def test_loaded_older_than_streamed(self):
        self.refused("key a was loaded older than it had been streamed", [r if r != (LOADED, "a", 2) else (LOADED, "a", 1) for r in RIGHT])
        self.refused("key a was loaded older than it began", [(LOADED, "a", 2), (UPDATED, "a", 3)], {"a": 3}, {"a": (3, 5)})

    def test_loaded_behind_its_deletion(self):
        self.refused("key b was loaded behind its deletion", without((LOADED, "b", 0)) + [(LOADED, "b", 1)])

    def test_streamed_from_before_the_start(self):
        self.refused("key a has version 3 twice or out of order", [(UPDATED, "a", 3), (LOADED, "a", 3)], {"a": 3}, {"a": (3, 5)})

    def test_a_key_in_two_partitions(self):
        with self.assertRaisesRegex(history.Violation, "key a is in two partitions"):
            history.check(changes(RIGHT[:3]) + changes(RIGHT[3:], partition=1), TABLE, STILL)

    def test_partitions_are_in_the_order_of_the_log(self):
        def found(*steps):
            return [history.Change(0, offset, UPDATED, key, 1, step) for offset, (key, step) in enumerate(zip("ab", steps))] + [
                history.Change(0, 2, LOADED, "a", 1, 1), history.Change(0, 3, LOADED, "b", 1, 1)]
        history.check(found(1, 2), {"a": 1, "b": 1}, STILL)
        with self.assertRaisesRegex(history.Violation, "partition 0: step 1 at offset 1 follows 2"):
            history.check(found(2, 1), {"a": 1, "b": 1}, STILL)

    def test_repeats(self):
        """At least once: records may come again; what is missing is noticed as before."""
        again = RIGHT[:5] + RIGHT[:5] + RIGHT[5:] + RIGHT[6:]
        self.accepted(again, TABLE, repeats=True)
        self.refused("key a lacks versions before 4", without((UPDATED, "a", 3)), repeats=True)
        self.refused("key a ends with version 2", RIGHT + [(LOADED, "a", 2)], repeats=True)
        self.refused("key c was changed and its insert is missing", without((INSERTED, "c", 0)), repeats=True)
        self.refused("key a was not loaded", without((LOADED, "a", 2)), repeats=True)


if __name__ == "__main__":
    unittest.main()
