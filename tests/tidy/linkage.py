"""Checks that `pipec` needs no Kafka, MySQL or HTTP library: neither a shared one nor code of a static one."""

import re
import subprocess

from repository import Problem

LIBRARIES = re.compile(r"lib(rdkafka|mariadb|mysqlclient|curl)\b")
SYMBOLS = re.compile(r"^(rd_kafka|mysql|mariadb|curl)_\w+")


def tool(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True, errors="replace").stdout


def problems(program):
    found = []
    for line in tool("readelf", "-d", str(program)).splitlines():
        if "(NEEDED)" in line and LIBRARIES.search(line):
            found.append(Problem(program, 0, f"needs {line.split('[')[-1].rstrip(']')}"))
    symbols = {line.split()[-1] for line in tool("nm", str(program)).splitlines() if line.strip()}
    for symbol in sorted(s for s in symbols if SYMBOLS.match(s))[:10]:
        found.append(Problem(program, 0, f"contains or needs `{symbol}`"))
    return found
