// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import EndToEndSupport

/// Clients that hold a web server up, with the very files of production.
@Suite(.serialized, .once)
struct SlowClientTests {
  /// The beginnings that a client leaves it at, by name; each goes on for ever with a byte at a time, or with nothing.
  private static let script = """
    import socket, ssl, sys
    context = ssl.create_default_context(cafile=sys.argv[2])
    def connect(): return socket.create_connection(("localhost", int(sys.argv[1])))
    def connect_tls(): return context.wrap_socket(connect(), server_hostname="localhost")
    def end(kind, connection, begin, drop=b""):
        connection.sendall(begin)
        connection.settimeout(0.2 if drop else 10)
        for _ in range(50):
            try:
                while connection.recv(65536): pass
                break
            except socket.timeout:
                if not drop: return print(kind, "is never cut off")
            except OSError: break
            try: connection.sendall(drop)
            except OSError: break
        else: return print(kind, "is never cut off")
        print(kind)
    HEAD = b"GET /welcome HTTP/1.1\\r\\nHost: localhost\\r\\nX-"
    BODY = b"POST /logout HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1000\\r\\n\\r\\nabc"
    kinds = {
        # The kernel keeps who says nothing at all from Apache.
        "handshake": (connect, b"\\x16\\x03\\x01"), "header": (connect_tls, HEAD),
        "body": (connect_tls, BODY), "dripping header": (connect_tls, HEAD, b"x"),
        "dripping body": (connect_tls, BODY, b"x"),
    }
    for kind in sys.argv[3:]:
        make, begin, *drop = kinds[kind]
        end(kind, make(), begin, *drop)
    """

  @Test(arguments: Front.sites)
  func `a client that is slow is cut off`(front: Front) async throws {
    let installation = try await Installation.start(front, slowness: 1)
    // nginx looks at pauses in a body only, and gives the service none before it is whole.
    let kinds =
      ["handshake", "header", "body", "dripping header"] + (front.isApache ? ["dripping body"] : [])
    let outcome = try await ChildProcess.run(
      "python3",
      ["-c", Self.script, "\(installation.web.port)", installation.web.certificate?.chain ?? ""]
        + kinds)
    #expect(outcome.text == kinds.map { $0 + "\n" }.joined(), "\(outcome.errorText)")
    #expect(try await installation.curl("/welcome").status == 200)
    try await installation.stop()
  }

  /// What nginx counts is requests under way, whose header it has; here their bodies are on their way for ever.
  @Test func `of a visitor 300 requests are under way, and more are asked to wait`() async throws {
    let installation = try await Installation.start(.nginxSite)
    let script = """
      import http.client, ssl, sys, time
      context = ssl.create_default_context(cafile=sys.argv[2])
      def ask(method, source="127.0.0.1", **more):
          connection = http.client.HTTPSConnection(
              "localhost", int(sys.argv[1]), context=context, source_address=(source, 0), timeout=20)
          connection.request(method, "/welcome", **more)
          return connection
      def status(source="127.0.0.1"):
          return ask("GET", source).getresponse().status
      # The answer to the expectation says that the request is being read.
      held = []
      for _ in range(300):
          connection = ask("POST", headers={"Content-Length": "9", "Expect": "100-continue"})
          assert connection.sock.recv(100).startswith(b"HTTP/1.1 100")
          held.append(connection)
      print(status(), status("127.0.0.2"))
      held.pop().close()
      # nginx says nowhere when it has seen that.
      end = time.monotonic() + 10
      while status() == 429 and time.monotonic() < end: time.sleep(0.02)
      print(status())
      """
    let outcome = try await ChildProcess.run(
      "python3",
      ["-c", script, "\(installation.web.port)", installation.web.certificate?.chain ?? ""])
    #expect(outcome.text == "429 200\n200\n", "\(outcome.errorText)")
    try await installation.stop()
  }
}
