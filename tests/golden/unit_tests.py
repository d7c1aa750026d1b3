"""What tests of pipec that are unit tests of Python share: where pipec is, and how they are run."""

import argparse
import os
import sys
import unittest


def run(module):
    """Runs the module's tests with `module.PIPEC` set by --pipec; ends the process."""
    parser = argparse.ArgumentParser(description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipec", required=True)
    options, rest = parser.parse_known_args()
    module.PIPEC = os.path.abspath(options.pipec)
    unittest.main(module=module, argv=[sys.argv[0], *rest])
