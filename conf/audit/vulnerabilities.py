# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Known vulnerabilities of Debian packages, out of the data of Debian's security tracker.

The data: {source package: {CVE: {"releases": {codename: {"status": "open" or "resolved" or "undetermined",
"fixed_version": …, "urgency": …, "nodsa": why there is no update of its own}}}}}. A fixed version of 0 means that the
release was never affected.
"""

import dataclasses
import http.client
import json
import pathlib
import subprocess
import time
import urllib.request

PLACE = "https://security-tracker.debian.org/tracker/data/json"
MOST_BYTES = 512 << 20
MOST_SECONDS = 300
SILENCE = 20


class NotChecked(Exception):
    """Why nothing can be said."""


@dataclasses.dataclass
class Finding:
    name: str
    component: str
    version: str
    fixed: str  # empty while Debian has no fix
    remark: str


def release():
    """The codename of this Debian, as bookworm."""
    text = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    if fields.get("ID", "").strip('"') != "debian" or "VERSION_CODENAME" not in fields:
        raise NotChecked("this is no release of Debian")
    return fields["VERSION_CODENAME"].strip('"')


def fetch(place):
    end = time.monotonic() + MOST_SECONDS
    pieces, count = [], 0
    try:
        with urllib.request.urlopen(place, timeout=SILENCE) as answer:
            while piece := answer.read(1 << 16):
                count += len(piece)
                pieces.append(piece)
                if count > MOST_BYTES or time.monotonic() > end:
                    raise NotChecked(f"{place} is too large or too slow")
            announced = answer.headers.get("Content-Length")
            if announced is not None and announced != str(count):
                raise NotChecked(f"{place} broke off")
    except (OSError, http.client.HTTPException) as error:
        raise NotChecked(f"{place} cannot be reached ({getattr(error, 'reason', error)})") from None
    return b"".join(pieces)


def parse(data):
    try:
        found = json.loads(data)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not found or not all(isinstance(value, dict) for value in found.values()):
        raise NotChecked("the data is not what the tracker tells")
    return found


def is_older(version, other):
    return subprocess.run(["dpkg", "--compare-versions", version, "lt", other], timeout=60, check=False).returncode == 0


def find(sources, tracker, codename):
    """What is known of source packages: (name, version) and the packages made of them."""
    for (source, version), names in sorted(sources.items()):
        for name, entry in sorted(tracker.get(source, {}).items()):
            finding = judge(name, entry, ", ".join(names), version, codename)
            if finding:
                yield finding


def judge(name, entry, component, version, codename):
    try:
        state = entry["releases"].get(codename)
        if state is None:
            return None
        fixed, urgency, status = str(state.get("fixed_version", "")), str(state.get("urgency", "")), state["status"]
    except (AttributeError, KeyError, TypeError):
        raise NotChecked("the data is not what the tracker tells") from None
    if status == "resolved":
        if not fixed or not is_older(version, fixed):
            return None
        return Finding(name, component, version, fixed, urgency)
    if status != "open" or urgency == "unimportant":
        return None
    return Finding(name, component, version, "", str(state.get("nodsa") or urgency))
