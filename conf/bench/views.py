# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""What a person gets in Chromium: 500 pictures of 4000 × 3000, and a Dropbox that takes 100 ms for each call."""

import asyncio
import json
import statistics
import subprocess

from browser import Browser
from crowd import Crowd
from gallery import Gallery, get, timed
from processes import ROOT, Failure, demo_photos

PICTURES = 500
LATENCY = 100
STEPS = 12
WINDOWS = {"laptop": (1440, 900, 1), "phone": (390, 844, 3)}
# As much as a person waits at the very most; what has come until then is counted.
PATIENCE = 60


def samples():
    """The photographs of the demo, as a camera of twelve megapixels would have made them; made once."""
    folder = ROOT / ".build" / "camera-photos"
    folder.mkdir(exist_ok=True)
    for photo in demo_photos().iterdir():
        if not (folder / photo.name).exists():
            subprocess.run(
                ["gm", "convert", photo, "-resize", "4000x3000^", "-gravity", "center", "-extent", "4000x3000",
                 "-quality", "97", folder / photo.name], check=True)
    return folder


def run(runtime, programs):
    folder = samples()
    with Gallery(runtime, "views", programs) as gallery:
        gallery.start_redis()
        gallery.start_dropbox("--synthetic", str(PICTURES), "--samples", str(folder), "--latency", str(LATENCY))
        gallery.settings["APP_ENV"] = "development"
        gallery.start_service()
        gallery.start_nginx()
        size = statistics.mean(photo.stat().st_size for photo in folder.iterdir())
        print(f"Views in Chromium: {PICTURES} pictures of 4000 × 3000 ({size / 1e6:.1f} MB each), {LATENCY} ms per call of"
              " Dropbox; the stand-in and the browser share the two processors\n")
        # The stand-in shrinks each sample once, which is Dropbox's work and not what is measured.
        for window in WINDOWS.values():
            see(gallery, window)
        for name, window in WINDOWS.items():
            print(f"{name}, first view, {' × '.join(map(str, window[:2]))} at {window[2]}:\n{see(gallery, window)}\n")
        print_strips(gallery)
        print_originals(gallery)


def see(gallery, window):
    """One person's first view with an empty cache, and some steps; in words."""
    with Browser(*window) as browser:
        sign_in(gallery, browser)
        gallery.restart_service()
        browser.tell("Network.clearBrowserCache")
        gallery.command("/reset")
        list(browser.events())
        browser.open(f"http://localhost:{gallery.port}/")
        traffic = browser.settle()
        calls = gallery.calls()
        paint, shift, texts = browser.run(FIGURES)
        steps = [browser.run(STEP) for _ in range(STEPS)]
        return "\n".join((
            f"{traffic.bytes / 1000:.0f} kB in {len(traffic.urls)} requests until settled: {traffic.kinds()};"
            f" HTML+CSS+JS {texts / 1000:.1f} kB",
            f"LCP {paint / 1000:.2f} s, CLS {shift:.3f}; from the click to the next picture: median"
            f" {statistics.median(steps):.0f} ms of {STEPS}, longest {max(steps):.0f} ms",
            f"calls until settled: {words(calls)}"))


def sign_in(gallery, browser):
    """Ends on the welcome page, so that the next view is the first."""
    browser.open(f"http://localhost:{gallery.port}/originals/none")
    browser.click("#allow")
    browser.until(f"location.port === '{gallery.port}'")


def words(calls):
    return ", ".join(f"{count} {route.removeprefix('files/')}" for route, count in sorted(calls.items())) or "none"


def print_strips(gallery):
    """Sixty strip pictures asked for at once, as a browser does over HTTP/2."""
    cookie = gallery.sign_in()
    page = json.loads(get(gallery.port, "/", cookie, Accept="application/json").body)
    gallery.command("/reset")
    statuses, spent = timed(lambda: asyncio.run(ask_all(gallery.port, [each["image256"] for each in page["pictures"]], cookie)))
    good = sum(status == 200 for status in statuses)
    print(f"{'60 strip pictures at once':34}{good} of {len(statuses)} in {spent:.0f} ms; calls: {words(gallery.calls())}")


async def ask_all(port, paths, cookie):
    async def ask(path):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        status = await Crowd.ask(reader, writer, Crowd.line(path, f"Cookie: {cookie}\r\n"))
        writer.close()
        return status
    return await asyncio.gather(*map(ask, paths))


def print_originals(gallery):
    """What the tutorial's page does: every original at once, as strip and as picture."""
    cookie = gallery.sign_in()
    links = []
    path = "/"
    while path:
        page = json.loads(get(gallery.port, path, cookie, Accept="application/json").body)
        links += [get(gallery.port, each["original"], cookie).headers["Location"] for each in page["pictures"]]
        path = page["next"]
    place = gallery.runtime / "originals.html"
    place.write_text("".join(f'<img src="{link}" width="90" height="60">' for link in links))
    with Browser(*WINDOWS["laptop"]) as browser:
        browser.post("/timeouts", pageLoad=PATIENCE * 1000)
        try:
            _, spent = timed(lambda: browser.open(place.as_uri()))
            outcome = f"in {spent / 1000:.1f} s"
        except Failure:
            outcome = f"in {PATIENCE} s, and not yet all"
        traffic = browser.settle(quiet=0.5, limit=5)
        print(f"{'every original at once':34}{traffic.bytes / 1e6:.0f} MB {outcome}")


FIGURES = """
const entries = (type) => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
  setTimeout(() => resolve([]), 500);
});
const texts = [...performance.getEntriesByType('navigation'),
  ...performance.getEntriesByType('resource').filter((each) => /\\.(css|js)$/.test(new URL(each.name).pathname))]
  .reduce((sum, each) => sum + each.encodedBodySize, 0);
return Promise.all([entries('largest-contentful-paint'), entries('layout-shift')]).then(([paints, shifts]) =>
  [paints.at(-1)?.startTime ?? NaN, shifts.filter((each) => !each.hadRecentInput).reduce((sum, each) => sum + each.value, 0), texts]);
"""

# From the click on the arrow until a frame has been drawn in which another picture is on the stage.
STEP = """
return new Promise((resolve) => setTimeout(() => {
  const shown = () => [...document.querySelectorAll('.galleria-stage .galleria-image img')].filter((image) =>
    image.complete && image.naturalWidth > 0 && Number(getComputedStyle(image.parentElement).opacity) > 0)
    .map((image) => image.currentSrc);
  const before = new Set(shown());
  const begin = performance.now();
  document.querySelector('.gallery-tool-next').click();
  const look = () => {
    if (shown().some((source) => !before.has(source))) requestAnimationFrame(() => resolve(performance.now() - begin));
    else requestAnimationFrame(look);
  };
  look();
}, 700));
"""
