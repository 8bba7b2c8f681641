# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""A stand-in with a folder of pictures, the SDK bound to it, and what counts the checks. Importing it starts the stand-in,
because the SDK reads its hosts when it is imported itself."""

import collections
import json
import os
import pathlib
import select
import subprocess
import sys
import tempfile
import urllib.parse

from pictures import bmp, png

# Set in the environment, these would send calls elsewhere or check other certificates.
for name in [name for name in os.environ if name.startswith("DROPBOX_") or name.lower().endswith("_proxy")]:
    del os.environ[name]

KEY, SECRET, REDIRECT = "conformance-key", "conformance-secret", "http://localhost:3000/oauthredirect"
START_SECONDS = 20
SCOPES = ["account_info.read", "files.content.read", "files.metadata.read"]


class Program:
    """The stand-in as a process with a folder of its own."""

    def __init__(self, path, folder, *arguments):
        self.process = subprocess.Popen(
            [path, "--photos", folder, "--app-key", KEY, "--app-secret", SECRET, "--redirect-uri", REDIRECT, *arguments],
            stdout=subprocess.PIPE, text=True)
        if not select.select([self.process.stdout], [], [], START_SECONDS)[0]:
            self.process.kill()
            raise SystemExit("conformance: the stand-in does not say where it listens")
        self.origins = json.loads(self.process.stdout.readline())

    def host(self, name):
        return self.origins[name].removeprefix("http://")

    def stop(self):
        self.process.terminate()
        return self.process.wait(10)


binary = sys.argv[1]
workplace = tempfile.TemporaryDirectory(prefix="conformance-")
photos = pathlib.Path(workplace.name)
(photos / "wide.png").write_bytes(png(400, 200, (200, 80, 40)))
(photos / "Übung 😀.png").write_bytes(png(90, 120, (20, 120, 60)))
(photos / "old.bmp").write_bytes(bmp(64, 48))
(photos / "photo.heic").write_bytes(b"not decoded by anybody here")
(photos / "broken.jpg").write_bytes(b"no picture")
(photos / "notes.txt").write_text("no picture either")
(photos / "Trips").mkdir()
(photos / "Trips" / "lake.png").write_bytes(png(300, 300, (10, 60, 160)))
(photos / "Empty").mkdir()
standin = Program(binary, str(photos), "--page-limit", "3")

# The SDK reads its hosts from the environment when it is imported.
os.environ["DROPBOX_API_HOST"] = standin.host("api")
os.environ["DROPBOX_API_CONTENT_HOST"] = standin.host("content")
os.environ["DROPBOX_WEB_HOST"] = standin.host("www")

import dropbox  # noqa: E402
import requests  # noqa: E402
from dropbox import stone_serializers  # noqa: E402

ROUTES = {
    f"/2/{namespace}/{route.name if route.version == 1 else f'{route.name}_v{route.version}'}": route
    for namespace, module in (("users", dropbox.users), ("files", dropbox.files), ("auth", dropbox.auth))
    for route in module.ROUTES.values()
}
counts = collections.Counter()
driven = set()


def check(what, holds, detail=""):
    if holds:
        counts["passed"] += 1
        print(f"ok      {what}")
    else:
        counts["failed"] += 1
        print(f"FAILED  {what} {detail}")


def validates(validator, value):
    stone_serializers.json_compat_obj_decode(validator, value, strict=True)


class Strict(requests.adapters.HTTPAdapter):
    """Goes over plain HTTP, and checks each JSON answer of an API route with the SDK's validators."""

    last = None

    def send(self, request, **options):
        request.url = request.url.replace("https://", "http://", 1)
        response = super().send(request, **options)
        Strict.last = response
        route = ROUTES.get(urllib.parse.urlsplit(request.url).path)
        if route is not None:
            driven.add(route.name)
            self.validate(route, response)
        return response

    def validate(self, route, response):
        what = f"{route.name}: {response.status_code} is what the specification says"
        try:
            if response.status_code == 200 and "Dropbox-API-Result" in response.headers:
                text = response.headers["Dropbox-API-Result"]
                if not text.isascii():
                    raise ValueError("header is not ASCII")
                validates(route.result_type, json.loads(text))
            elif response.status_code == 200:
                validates(route.result_type, response.json())
            elif response.status_code == 409:
                answer = response.json()
                validates(route.error_type, answer["error"])
                if not answer["error_summary"].rstrip(".").endswith("/"):
                    raise ValueError("error_summary has another form")
            elif response.status_code == 401:
                validates(dropbox.auth.AuthError_validator, response.json()["error"])
            elif response.status_code == 429 and response.headers["Content-Type"] == "application/json":
                validates(dropbox.auth.RateLimitError_validator, response.json()["error"])
            elif response.status_code == 400:
                if response.headers["Content-Type"] != "text/plain; charset=utf-8":
                    raise ValueError("Content-Type " + response.headers["Content-Type"])
            else:
                return
        except Exception as error:
            check(what, False, f"{type(error).__name__}: {error}: {response.text[:300]}")
        else:
            check(what, True)


session = requests.Session()
session.trust_env = False
session.mount("https://127.0.0.1", Strict())


def control(path, **arguments):
    answer = requests.post(standin.origins["control"] + path, json=arguments, timeout=10, proxies={"http": ""})
    answer.raise_for_status()
    return answer.json()


def fault(route, times=1, **description):
    control("/faults", route=route, fault=description, times=times)


def client(token, **options):
    return dropbox.Dropbox(
        oauth2_access_token=token, session=session, max_retries_on_error=0, max_retries_on_rate_limit=0, **options)


def refused(what, kind, call, *words):
    """Checks that a call fails with this exception, and that its text holds these words."""
    try:
        call()
    except kind as error:
        check(what, all(word in str(error) for word in words), str(error)[:300])
    except Exception as error:
        check(what, False, f"{type(error).__name__}: {error}"[:300])
    else:
        check(what, False, "was not refused")
