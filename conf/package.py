# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""The Debian package and the one that comes next, for `make try-deb` and `make try-systemd`, and what the guide says to type."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from processes import ROOT, Failure

NAME = "dropbox-gallery"
SITE = "https://photos.example"
GUIDE = ROOT / "Sources/Gallery/Gallery.docc/Operating/Installing.md"


def shell(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def commands(section, systemd=False):
    """What the guide says to type there: blocks that say `sh`, and with systemd those that begin with `systemctl` too."""
    text = GUIDE.read_text(encoding="utf-8").partition(f"\n### {section}\n")[2].partition("\n### ")[0]
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = "".join(block for language, block in blocks if language == "sh" or systemd and block.startswith("systemctl"))
    if not found:
        raise Failure(f"the guide says nothing to type under {section}")
    return found


@contextlib.contextmanager
def packages():
    """The package and the one that comes next, in a folder that goes."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dropbox-gallery-"))
    try:
        package = pathlib.Path(shell(str(ROOT / "conf/deb/build"), env={**os.environ, "OUT": str(folder)}).strip().splitlines()[-1])
        print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB", flush=True)
        yield package, next_version(package, folder)
    finally:
        shutil.rmtree(folder)


def next_version(package, folder):
    """The same package with a higher version and another template of settings."""
    tree = folder / "next"
    shell("dpkg-deb", "--raw-extract", str(package), str(tree))
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: .*$", r"\g<0>+next", control.read_text(), flags=re.MULTILINE))
    with (tree / "usr/share/dropbox-gallery/settings").open("a") as template:
        template.write("# Something new.\n")
    shell("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(folder / "next.deb"))
    return folder / "next.deb"


def deliver(root, package, following):
    """Puts both where `commands` are typed, and says yes for apt to what else has to be installed: the package gets nobody to ask."""
    root.write("etc/apt/apt.conf.d/00yes", 'APT::Get::Assume-Yes "true";\n')
    (root.path / "packages/next").mkdir(parents=True)
    shutil.copyfile(package, root.path / "packages/dropbox-gallery_now.deb")
    shutil.copyfile(following, root.path / "packages/next/dropbox-gallery_next.deb")


def certify(etc):
    """In the place of Let's Encrypt, which cannot reach a trial. Returns the certificate's path."""
    live = etc / "letsencrypt/live/photos.example"
    live.mkdir(parents=True)
    shell("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "20",
          "-subj", "/CN=photos.example", "-addext", "subjectAltName=DNS:photos.example",
          "-keyout", str(live / "privkey.pem"), "-out", str(live / "fullchain.pem"))
    return live / "fullchain.pem"


def static(product):
    """The folder of a program built as the package's is, with Swift's runtime inside."""
    command = ("swift", "build", "-c", "release", "--static-swift-stdlib", "--scratch-path", ".build/deb", "--product", product)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return pathlib.Path(shell(*command, "--show-bin-path", cwd=ROOT).strip())
