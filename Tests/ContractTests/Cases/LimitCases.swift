// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

extension ContractCase {
  static let limits = [
    ContractCase(
      "a client that signs in too often gets 429, and nobody else does", needs: .addresses
    ) { contract async throws in
      let installation = contract.installation
      let address = "127.0.0.3"
      // More than the limit permits at once. The URLs are in one command, so they take little time.
      let burst = Array(repeating: installation.site + "/login", count: 100)
      let outcome = try await ChildProcess.run(
        "curl", ["--silent", "--insecure", "--include", "--interface", address] + burst)
      let answers = outcome.text.components(separatedBy: "HTTP/").dropFirst()
      #expect(answers.first?.contains(" 302") == true)
      let refused = try #require(answers.first { $0.prefix(10).contains(" 429") })
      #expect(refused.contains("Too many requests"))
      #expect(refused.lowercased().contains("retry-after: 10\r\n"))
      #expect(try await installation.curl("/welcome", "--interface", address).status == 200)
      #expect(try await installation.curl("/login", "--interface", "127.0.0.4").status == 302)
    },
    ContractCase("a client with too many requests in flight gets 429", needs: .inFlightLimit) {
      contract async throws in
      let web = contract.installation.web
      let outcome = try await ChildProcess.run(
        "python3",
        [
          "-c", holdRequests, "\(web.port)", web.certificate?.chain ?? "",
          "\(Contract.inFlightLimit)",
        ])
      #expect(outcome.text == "429 True 200\n200\n", "\(outcome.errorText)")
    },
  ]

  /// Holds requests whose bodies are incomplete, because nginx counts requests whose header it has read.
  private static let holdRequests = """
    import http.client, ssl, sys, time
    context = ssl.create_default_context(cafile=sys.argv[2])
    def ask(method, source="127.0.0.5", **more):
        connection = http.client.HTTPSConnection(
            "localhost", int(sys.argv[1]), context=context, source_address=(source, 0), timeout=20)
        connection.request(method, "/welcome", **more)
        return connection
    def answer(source="127.0.0.5"):
        return ask("GET", source).getresponse()
    # The response to the expectation says that nginx reads the request.
    held = []
    for _ in range(int(sys.argv[3])):
        connection = ask("POST", headers={"Content-Length": "9", "Expect": "100-continue"})
        assert connection.sock.recv(100).startswith(b"HTTP/1.1 100")
        held.append(connection)
    refused = answer()
    print(refused.status, b"Too many requests" in refused.read(), answer("127.0.0.2").status)
    held.pop().close()
    # nginx does not say when it has noticed that.
    end = time.monotonic() + 10
    while (status := answer().status) == 429 and time.monotonic() < end: time.sleep(0.02)
    print(status)
    """
}
