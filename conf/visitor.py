# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""A browser without eyes, for trials from outside: keeps cookies, signs in at the stand-in, looks at a picture."""

import http.client
import re
import ssl
import urllib.parse

from processes import Failure


class Visitor:
    """Asks one site. `headers` go with each request, as a router in between would add them."""

    def __init__(self, site, port, certificate=None, **headers):
        self.site, self.port, self.certificate = urllib.parse.urlsplit(site), port, certificate
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies = {}

    def get(self, target, method="GET", timeout=20):
        """The answer, with its whole body in `body`."""
        connection = self.connection(timeout)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, target, headers={"Host": self.site.netloc, "Cookie": cookies, **self.headers})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            if value and "Max-Age=0" not in line:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def connection(self, timeout):
        if not self.certificate:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout)
        connection.connect = lambda: self.connect(connection)
        return connection

    def connect(self, connection):
        """By the site's name, as its certificate has it, though the address is loopback's."""
        http.client.HTTPConnection.connect(connection)
        trust = ssl.create_default_context(cafile=self.certificate)
        connection.sock = trust.wrap_socket(connection.sock, server_hostname=self.site.hostname)

    def expect(self, status, target, method="GET"):
        answer = self.get(target, method)
        if answer.status != status:
            raise Failure(f"{method} {target} is {answer.status}, not {status}: {answer.body[:400]!r}")
        return answer

    def sign_in(self):
        authorize = urllib.parse.urlsplit(self.expect(302, "/login").headers["Location"])
        dropbox = http.client.HTTPConnection(authorize.hostname, authorize.port, timeout=20)
        dropbox.request("POST", f"{authorize.path}?{authorize.query}", "decision=allow",
                        {"Content-Type": "application/x-www-form-urlencoded"})
        back = urllib.parse.urlsplit(dropbox.getresponse().headers["Location"])
        if f"{back.scheme}://{back.netloc}" != self.site.geturl():
            raise Failure(f"Dropbox sends people to {back.netloc}")
        self.expect(303, f"{back.path}?{back.query}")
        if not any("session" in name for name in self.cookies):
            raise Failure("no session after signing in")

    def rendition(self):
        """The path of a picture on the page, whose bytes came."""
        page = self.expect(200, "/").body.decode()
        found = re.search(r'/renditions/[^"]+/256', page)
        if not found:
            raise Failure("no picture on the page")
        if not self.expect(200, found[0]).body.startswith(b"\xff\xd8\xff"):
            raise Failure("the picture is no JPEG")
        return found[0]

    def files(self):
        """The paths of every stylesheet and script of the page."""
        page = self.expect(200, "/").body.decode()
        targets = sorted(set(re.findall(r'(?:href|src)="(/assets/[^"]+\.(?:css|js))"', page)))
        if not targets:
            raise Failure("no stylesheet and no script on the page")
        return targets

    def assets(self):
        """Gets all of them; how many there are."""
        targets = self.files()
        for target in targets:
            self.expect(200, target)
        return len(targets)
