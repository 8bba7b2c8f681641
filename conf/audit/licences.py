# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Licences as SPDX expressions: out of licence files, and out of Debian's copyright files."""

import re

NAMES = {
    "apache-2": "Apache-2.0", "apache-2.0": "Apache-2.0", "artistic": "Artistic-1.0-Perl",
    "bsd-2-clause": "BSD-2-Clause", "bsd-3-clause": "BSD-3-Clause", "bsd-4-clause": "BSD-4-Clause", "bsl-1.0": "BSL-1.0",
    "cc0-1.0": "CC0-1.0", "curl": "curl", "expat": "MIT", "gpl-2": "GPL-2.0-only", "gpl-2+": "GPL-2.0-or-later",
    "gpl-2.0+": "GPL-2.0-or-later", "gpl-3": "GPL-3.0-only", "gpl-3+": "GPL-3.0-or-later", "isc": "ISC",
    "lgpl-2": "LGPL-2.0-only", "lgpl-2+": "LGPL-2.0-or-later", "lgpl-2.1": "LGPL-2.1-only",
    "lgpl-2.1+": "LGPL-2.1-or-later", "lgpl-3": "LGPL-3.0-only", "lgpl-3+": "LGPL-3.0-or-later", "mit": "MIT",
    "openldap-2.8": "OLDAP-2.8", "oldap-2.8": "OLDAP-2.8", "openssl": "OpenSSL", "psf-2": "PSF-2.0", "zlib": "Zlib",
}


def of_file(text):
    """The licence a licence file holds, or NOASSERTION."""
    if "Apache License" in text and "Version 2.0, January 2004" in text:
        # Swift's own packages let programs be built with them without a notice.
        return "Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in text else "Apache-2.0"
    if "Permission is hereby granted, free of charge" in text and "THE SOFTWARE IS PROVIDED" in text:
        return "MIT"
    return "NOASSERTION"


def paragraphs(text):
    """The paragraphs of a file in Debian's syntax, each a dictionary of fields."""
    for block in re.split(r"\n\s*\n", text):
        fields, name = {}, None
        for line in block.splitlines():
            match = re.match(r"([A-Za-z-]+):\s*(.*)", line)
            if match:
                name = match[1].lower()
                fields[name] = match[2]
            elif name and line[:1] in " \t":
                fields[name] += "\n" + line.strip()
        yield fields


class DebianCopyright:
    """What a package's copyright file says of the whole of it: the paragraph for all files.

    `expression` is SPDX; what SPDX has no name for is a reference, whose text stands in `references`. A file that is not
    machine-readable asserts nothing, and `all` then holds the licences that it refers to.
    """

    def __init__(self, package, text):
        self.references = {}
        self.expression = "NOASSERTION"
        found = list(paragraphs(text))
        self.package, self.texts = package, {}
        for fields in found:
            name, _, body = fields.get("license", "").partition("\n")
            if body:
                self.texts.setdefault(name.strip().lower(), body)
        self.all = sorted({fields["license"].partition("\n")[0].strip() for fields in found if fields.get("license", "").strip()})
        if not self.all:
            self.all = sorted(set(re.findall(r"/usr/share/common-licenses/([A-Za-z0-9.-]*[A-Za-z0-9])", text)))
        for fields in found:
            if fields.get("files", "").split()[:1] == ["*"] and fields.get("license"):
                self.expression = self.expressed(fields["license"].partition("\n")[0])
                break

    def expressed(self, name):
        name = " ".join(name.replace(",", " ").split())
        if re.search(r"\bwith\b", name, re.IGNORECASE):
            return self.reference(name)
        for word in (" or ", " and "):
            if word in name.lower():
                parts = re.split(word, name, flags=re.IGNORECASE)
                return "(" + word.upper().join(self.expressed(part) for part in parts) + ")"
        return NAMES.get(name.lower()) or self.reference(name)

    def reference(self, name):
        identifier = "LicenseRef-Debian-" + re.sub(r"[^A-Za-z0-9.-]+", "-", f"{self.package}-{name}").strip("-")
        self.references[identifier] = self.texts.get(name.lower()) or f"See /usr/share/doc/{self.package}/copyright."
        return identifier
