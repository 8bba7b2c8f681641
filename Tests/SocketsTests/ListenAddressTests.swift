// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Sockets
import Testing

@Suite struct ListenAddressTests {
  @Test(
    arguments: [
      ("/run/app.sock", .path("/run/app.sock")), ("./app.sock", .path("./app.sock")),
      ("127.0.0.1:9000", .tcp(host: "127.0.0.1", port: 9000)),
      ("localhost:9000", .tcp(host: "127.0.0.1", port: 9000)),
      ("[::1]:9000", .tcp(host: "::1", port: 9000)),
    ] as [(String, ListenAddress)])
  func `a text names an address to listen at`(text: String, address: ListenAddress) throws {
    #expect(try ListenAddress(parsing: text) == address)
  }

  @Test(
    arguments: [
      ("app.sock", .malformed), (":9000", .malformed), ("", .malformed),
      ("127.0.0.1:", .malformed), ("127.0.0.1:65536", .malformed),
      ("127.1:9000", .malformed), ("example.org:9000", .malformed),
      ("127.evil.org:9000", .malformed), ("/run/a\0b", .malformed), ("0.0.0.0:9000", .notLoopback),
      ("192.0.2.1:9000", .notLoopback), ("[::]:9000", .notLoopback),
      ("/" + String(repeating: "a", count: 107), .pathTooLong(limit: 107)),
    ] as [(String, ListenAddress.Invalid)])
  func `another text is invalid`(text: String, failure: ListenAddress.Invalid) {
    #expect(throws: failure) { try ListenAddress(parsing: text) }
  }

  @Test func `an address that other machines reach is valid only if it is allowed`() throws {
    #expect(
      try ListenAddress(parsing: "192.0.2.1:9000", allowsRemote: true)
        == .tcp(host: "192.0.2.1", port: 9000))
  }
}
