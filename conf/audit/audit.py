#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Lists what a built service consists of, writes it as an SPDX 2.3 document, and names what is known to be vulnerable.

With --document alone it looks again at what an earlier document lists, without the program and without Swift. Ends with status 0; with 1 when an upgrade would take a known vulnerability away; with 2 when the list cannot be made.
"""

import argparse
import datetime
import json
import pathlib
import re
import sys
import uuid

import inventory
import vulnerabilities

SOURCE = "Debian source package "
KINDS = {
    "swift": ("Swift packages", "STATIC_LINK"), "linked": ("Shared libraries", "DYNAMIC_LINK"),
    "script": ("Scripts of the pages", "DEPENDS_ON"),
}


def identifier(component):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", f"{component.kind}-{component.name}")


def package(component):
    entry = {
        "SPDXID": identifier(component), "name": component.name, "versionInfo": component.version,
        "downloadLocation": component.place, "filesAnalyzed": False, "licenseConcluded": "NOASSERTION",
        "licenseDeclared": component.licence, "copyrightText": "NOASSERTION", "primaryPackagePurpose": "LIBRARY",
    }
    if component.note:
        entry["comment"] = component.note
    if component.locator:
        entry["externalRefs"] = [{
            "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": component.locator}]
    if component.sums:
        entry["checksums"] = [{"algorithm": name, "checksumValue": value} for name, value in component.sums.items()]
    if component.source:
        entry["sourceInfo"] = SOURCE + " ".join(component.source)
    return entry


def document(components, version):
    root = "SPDXRef-dropbox-gallery"
    texts = {name: text for component in components for name, text in component.references.items()}
    relationships = [("SPDXRef-DOCUMENT", "DESCRIBES", root)]
    relationships += [(root, KINDS[each.kind][1], identifier(each)) for each in components]
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"dropbox-gallery-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/dropbox-gallery-{version}-{uuid.uuid4()}",
        "creationInfo": {
            "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": [f"Tool: dropbox-gallery-audit-{version}"]},
        "packages": [{
            "SPDXID": root, "name": "dropbox-gallery", "versionInfo": version, "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False, "licenseConcluded": "Apache-2.0", "licenseDeclared": "Apache-2.0",
            "copyrightText": "2026 the Dropbox Gallery authors", "primaryPackagePurpose": "APPLICATION",
        }] + [package(each) for each in components],
        "hasExtractedLicensingInfos": [
            {"licenseId": name, "extractedText": text} for name, text in sorted(texts.items())],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in relationships],
    }


def show(components):
    for kind, (title, _) in KINDS.items():
        chosen = [each for each in components if each.kind == kind]
        print(f"{title}: {len(chosen)}")
        for each in chosen:
            licence = f"no statement. {each.note}" if each.licence == "NOASSERTION" else each.licence
            print(f"  {each.name} {each.version}  {licence}")


def sources(listed):
    """The Debian source packages that a document names: (name, version) and the packages made of them."""
    found = {}
    for entry in listed["packages"]:
        words = entry.get("sourceInfo", "").removeprefix(SOURCE).split()
        if len(words) == 2:
            found.setdefault(tuple(words), []).append(entry["name"])
    return found


def check(listed, place):
    """Names what is vulnerable.

    Returns whether an upgrade would help.
    """
    try:
        codename = vulnerabilities.release()
        tracker = vulnerabilities.parse(vulnerabilities.fetch(place))
        found = list(vulnerabilities.find(sources(listed), tracker, codename))
    except vulnerabilities.NotChecked as reason:
        print(f"Vulnerabilities: NOT CHECKED: {reason}.")
        return False
    fixable = [each for each in found if each.fixed]
    print(f"Vulnerabilities: {len(found)} known in Debian {codename}'s packages, {len(fixable)} of them fixed by an upgrade")
    for each in sorted(found, key=lambda each: not each.fixed):
        remedy = f"fixed in {each.fixed}: apt-get upgrade" if each.fixed else f"no fix yet ({each.remark})"
        print(f"  {each.name} {each.component} {each.version}: {remedy}")
    print("  Of the Swift packages and Galleria this data knows nothing; see /security/advisories of each on GitHub.")
    return bool(fixable)


def make(program, path):
    version = inventory.output_of(str(inventory.ROOT / "conf/version")).strip()
    components = inventory.swift_packages() + inventory.linked_libraries(program) + inventory.scripts()
    show(components)
    listed = document(components, version)
    path.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {path}")
    return listed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", help="the service, built")
    parser.add_argument("--document", required=True, type=pathlib.Path, help="the document, written when there is a program")
    parser.add_argument("--tracker", default=vulnerabilities.PLACE, help="the data of Debian's security tracker")
    options = parser.parse_args()
    try:
        listed = (
            make(options.program, options.document) if options.program
            else json.loads(options.document.read_text(encoding="utf-8")))
    except inventory.Failure as failure:
        print(f"audit: {failure}", file=sys.stderr)
        return 2
    except (OSError, ValueError) as error:
        print(f"audit: {options.document}: {error}", file=sys.stderr)
        return 2
    return 1 if check(listed, options.tracker) else 0


if __name__ == "__main__":
    sys.exit(main())
