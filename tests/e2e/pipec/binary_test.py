#!/usr/bin/env python3
"""The release's `pipec` is one small file: what it weighs, what it needs, and that its line tables can be read."""

import os
import pathlib
import subprocess
import unittest

PIPEC = pathlib.Path(os.environ["PIPEWRIGHT_PIPEC"])
BYTES_MAX = 15_000_000
# The C library, and the one library that is larger than all of pipec.
MAY_NEED = {"libc.so.6", "libm.so.6", "libcrypto.so.3", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def output(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


class BinaryTest(unittest.TestCase):
    def test_it_is_small(self):
        self.assertLess(PIPEC.stat().st_size, BYTES_MAX)

    def test_it_needs_the_c_library_and_libcrypto(self):
        needed = {line.split("[")[-1].rstrip("]") for line in output("readelf", "-d", PIPEC).splitlines() if "(NEEDED)" in line}
        self.assertIn("libc.so.6", needed)
        self.assertLessEqual(needed, MAY_NEED)

    def test_addresses_of_a_crash_report_have_lines(self):
        address = next(line.split()[0] for line in output("nm", PIPEC).splitlines() if line.endswith(" T main"))
        self.assertRegex(output("addr2line", "-e", PIPEC, address), r"compiler/driver/main\.cpp:[0-9]+")

    def test_it_runs(self):
        self.assertTrue(output(PIPEC, "--version").startswith("pipec "))


if __name__ == "__main__":
    unittest.main()
