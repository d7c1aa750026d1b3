"""Checks every #include against layers.txt: own folders, third-party libraries, standard headers.

A header of ours shows no third-party header to those who include it, so in .h files (tests' apart) they are refused
altogether.
"""

import pathlib

from repository import INCLUDE, Problem, cpp_files, line_of, owner, read

TABLE = pathlib.Path(__file__).with_name("layers.txt")


class Layers:
    def __init__(self, text):
        self.folders, self.libraries, self.refused, self.limits, self.std = {}, {}, {}, {}, []
        section = None
        for line in text.splitlines():
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            if line.startswith("["):
                section = line.strip("[]")
            elif section == "std":
                self.std += line.split()
            else:
                name, _, rest = line.partition(":")
                self._add(section, name.strip(), rest.strip())
        self._check_names()
        self._reach = {folder: self._closure(folder) for folder in self.folders}

    def _add(self, section, name, rest):
        if section == "limits":
            folder, area = (part.strip() for part in name.split("<-"))
            self.limits[folder] = (area, rest.split())
        elif section == "refused":
            headers, _, why = rest.partition("(")
            self.refused[name] = (headers.split(), why.rstrip(")"))
        else:
            getattr(self, section)[name] = rest.split()

    def _check_names(self):
        for folder, allowed in self.folders.items():
            for name in allowed:
                if not name.endswith("/**") and name not in self.folders and name not in self.libraries:
                    raise ValueError(f"layers.txt: `{folder}` names `{name}`, which is neither a folder nor a library")
        for folder in self.folders:
            if folder in self._closure(folder):
                raise ValueError(f"layers.txt: `{folder}` may include itself through others: a cycle")

    def _direct(self, folder):
        for name in self.folders[folder]:
            if name.endswith("/**"):
                yield from (f for f in self.folders if f.startswith(name[:-2]) and f != folder)
            elif name in self.folders:
                yield name

    def _closure(self, folder):
        reach, todo = set(), [folder]
        while todo:
            for name in self._direct(todo.pop()):
                if name not in reach:
                    reach.add(name)
                    todo.append(name)
        return reach

    def library(self, header):
        """The third-party library that owns `header`, `std`, or None if nobody does."""
        for library, headers in self.libraries.items():
            if matches(header, headers):
                return library
        return "std" if ("." not in header and "/" not in header) or matches(header, self.std) else None

    def refusal(self, folder, target):
        """Why `folder` may not include a file of `target`, or None."""
        if target == folder:
            return None
        if target not in self._reach[folder]:
            return f"`{folder}` may not include `{target}`"
        for limited in [str(p) for p in [pathlib.PurePath(folder), *pathlib.PurePath(folder).parents]]:
            if limited in self.limits:
                area, kept = self.limits[limited]
                if target.startswith(area + "/") and target not in kept:
                    return f"of `{area}`, `{limited}` may include only {', '.join(kept)}"
                return None
        return None


def matches(header, patterns):
    return any(header.startswith(p) if p.endswith("/") else header == p for p in patterns)


def problems(root, layers=None):
    layers = layers or Layers(TABLE.read_text())
    found = []
    for path in cpp_files(root):
        folder = owner(path, layers.folders)
        if folder is None:
            found.append(Problem(path, 0, "its folder has no line in tests/tidy/layers.txt"))
            continue
        text = read(root, path)
        for match in INCLUDE.finditer(text):
            why = include_problem(layers, root, path, folder, match[1] == '"', match[2])
            if why:
                found.append(Problem(path, line_of(text, match.start()), f"{why} (#include {match[2]})"))
    return found


def include_problem(layers, root, path, folder, quoted, header):
    if (root / header).is_file():
        target = owner(header, layers.folders)
        if target is None:
            return "the included file's folder has no line in tests/tidy/layers.txt"
        if header.endswith(".cpp"):
            return "a .cpp file is not included"
        return layers.refusal(folder, target)
    library = layers.library(header)
    if library is None:
        if quoted and not header.startswith("generated/"):
            return "no such file from the repository's root"
        return "nobody in tests/tidy/layers.txt owns this header"
    if library == "std":
        return refused_header(layers, folder, header)
    if library not in layers.folders[folder]:
        return f"`{folder}` does not name the library {library}"
    if path.suffix == ".h" and folder != "tests":
        return f"third-party headers ({library}) stay out of our headers"
    return None


def refused_header(layers, folder, header):
    areas = [area for area in layers.refused if (folder + "/").startswith(area + "/")]
    if not areas:
        return None
    area = max(areas, key=len)
    headers, why = layers.refused[area]
    return f"`{area}` has {why}" if matches(header, headers) else None
