# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""What the service is built from and linked to, asked of Swift, the linker, Debian and the repository."""

import dataclasses
import json
import pathlib
import re
import subprocess

import licences

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SWIFT_LICENCE = "Apache-2.0 WITH Swift-exception"


class Failure(Exception):
    """A sentence for whoever started the audit."""


@dataclasses.dataclass
class Component:
    """One library."""

    kind: str  # swift, linked or script
    name: str
    version: str
    licence: str
    place: str = "NOASSERTION"  # where it can be had
    locator: str = ""  # a package URL
    note: str = ""
    sums: dict = dataclasses.field(default_factory=dict)  # algorithm: hexadecimal digits
    references: dict = dataclasses.field(default_factory=dict)  # texts of licences without a name
    source: tuple = ()  # name and version of the Debian source package


def output_of(*words):
    try:
        result = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(f"{words[0]} cannot be run: {error}") from None
    if result.returncode:
        raise Failure(f"{' '.join(words)}: {result.stderr.strip()[-500:]}")
    return result.stdout


def swift_packages():
    """The packages that the service needs, and not those of the stand-in and the tests."""
    # Nothing is written; the lock may be held by who started us.
    manifest = json.loads(output_of("swift", "package", "--ignore-lock", "dump-package"))
    targets = {target["name"]: target["dependencies"] for target in manifest["targets"]}
    needed, waiting, packages = set(), ["dropbox-gallery"], set()
    while waiting:
        name = waiting.pop()
        if name in needed:
            continue
        needed.add(name)
        for dependency in targets.get(name, []):
            if "product" in dependency:
                packages.add(dependency["product"][1].lower())
            else:
                waiting.append((dependency.get("byName") or dependency.get("target"))[0])
    tree = json.loads(output_of("swift", "package", "--ignore-lock", "show-dependencies", "--format", "json"))
    found = {}

    def visit(node):
        if node["identity"] not in found:
            found[node["identity"]] = node
        for child in node["dependencies"]:
            visit(child)

    for node in tree["dependencies"]:
        if node["identity"] in packages:
            visit(node)
    missing = packages - found.keys()
    if missing:
        raise Failure(f"Swift does not know the packages {', '.join(sorted(missing))}")
    return [swift_package(node) for _, node in sorted(found.items())] + [swift_runtime()]


def swift_package(node):
    place = node["url"].removesuffix(".git")
    files = sorted(pathlib.Path(node["path"]).glob("LICENSE*"))
    licence = licences.of_file(files[0].read_text(encoding="utf-8")) if files else "NOASSERTION"
    return Component(
        "swift", node["identity"], node["version"], licence, place,
        f"pkg:swift/{place.removeprefix('https://')}@{node['version']}")


def swift_runtime():
    match = re.search(r"Swift version ([0-9][0-9.]*)", output_of("swift", "--version"))
    if not match:
        raise Failure("swift --version tells no version")
    return Component(
        "swift", "swift-runtime", match[1], SWIFT_LICENCE, "https://www.swift.org",
        note="Standard library, Dispatch and Foundation with its copy of ICU (Unicode-3.0), of the toolchain.")


def linked_libraries(program):
    """The Debian packages of the shared libraries that the program loads, and what belongs to none."""
    if not pathlib.Path(program).is_file():
        raise Failure(f"there is no program {program}; `make build` makes it, PROGRAM= names another")
    listing = output_of("ldd", str(program))
    lost = re.findall(r"(\S+) => not found", listing)
    if lost:
        raise Failure(f"the program does not find {', '.join(lost)}")
    paths = re.findall(r"(/\S+) \(0x", listing)
    owners = owners_of(paths)
    unowned = [path for path in paths if path not in owners and not is_of_swift(path)]
    return debian_packages(sorted(set(owners.values()))) + [
        Component("linked", pathlib.Path(path).name, "unknown", "NOASSERTION", note=f"{path} is of no package.")
        for path in unowned]


def is_of_swift(path):
    return re.match(r"lib_?(swift|Foundation|dispatch|BlocksRuntime)", pathlib.Path(path).name) is not None


def owners_of(paths):
    """The Debian package of each file that is of one."""
    names = {}
    for path in paths:
        # Since /lib became a link to /usr/lib a package may know a file under either name.
        real = str(pathlib.Path(path).resolve())
        for name in (path, real, "/usr" + path, real.removeprefix("/usr")):
            names.setdefault(name, path)
    # It ends with 1 when it does not know one of them, which is so for half of them.
    found = subprocess.run(["dpkg", "--search", *names], capture_output=True, text=True, timeout=60, check=False).stdout
    owners = {}
    for line in found.splitlines():
        packages, _, name = line.partition(": ")
        if name in names:
            owners.setdefault(names[name], packages.split(",")[0])
    return owners


def debian_packages(names):
    if not names:
        return []
    fields = "${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\t${Homepage}\n"
    lines = output_of("dpkg-query", "--show", f"--showformat={fields}", *names).splitlines()
    return [debian_package(*line.split("\t")) for line in lines]


def debian_package(name, version, architecture, source, source_version, page):
    try:
        text = pathlib.Path(f"/usr/share/doc/{name}/copyright").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    copyright_file = licences.DebianCopyright(name, text)
    others = ", ".join(filter(None, copyright_file.all)) or "none in a form that can be read"
    return Component(
        "linked", name, version, copyright_file.expression, page if page.startswith("http") else "NOASSERTION",
        f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace('~', '%7E').replace(':', '%3A')}?arch={architecture}",
        note=f"Its copyright file names: {others}.", references=copyright_file.references,
        source=(source, source_version))


def scripts():
    """Galleria and jQuery, as conf/fetch-assets brings them."""
    text = (ROOT / "conf/fetch-assets").read_text(encoding="utf-8")
    folders = dict(re.findall(r"^(\w+)=\$root/public/(\S+)$", text, re.MULTILINE))
    found = []
    for digits, variable, name in re.findall(r"^([0-9a-f]{64})  \$(\w+)/(\S+)$", text, re.MULTILINE):
        library, _, version = folders[variable].partition("/")
        page = {"galleria": "https://galleria.io", "jquery": "https://jquery.com"}[library]
        component = Component(
            "script", library, version, "MIT", page, f"pkg:npm/{library}@{version}", note=f"The file {name}.",
            sums={"SHA256": digits})
        if library == "jquery":
            component.source = tuple(output_of(
                "dpkg-query", "--show", "--showformat=${source:Package}\t${source:Version}", "libjs-jquery").split("\t"))
        found.append(component)
    if len(found) != 2:
        raise Failure("conf/fetch-assets names other scripts than it did")
    return found
