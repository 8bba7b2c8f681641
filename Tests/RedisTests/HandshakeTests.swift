// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct HandshakeTests {
  private static let name = ["CLIENT", "SETNAME", "dropbox-gallery"]

  @Test(arguments: [
    ("redis://host", [name]),
    ("redis://:secret@host", [["AUTH", "secret"], name]),
    ("redis://user:secret@host/3", [["AUTH", "user", "secret"], name, ["SELECT", "3"]]),
    ("redis+unix:///s?db=9", [name, ["SELECT", "9"]]),
    ("redis+sentinel://:secret@host/m", [["AUTH", "secret"], ["ROLE"], name]),
  ])
  func `a connection signs in, names itself and selects what is not the default`(
    address: String, words: [[String]]
  ) throws {
    let steps = Handshake.steps(for: try RedisAddress(parsing: address))
    #expect(steps.map(\.words) == words)
  }

  private static let notAllowed = Reply.error(.noPermission, message: "no")

  @Test(
    arguments: [
      (Handshake.authenticate, Reply.status("OK"), nil), (.setName, .status("OK"), nil),
      (.select, .status("OK"), nil), (.setName, notAllowed, nil),
      (.authenticate, notAllowed, .refused(.noPermission, message: "no")),
      (.select, notAllowed, .refused(.noPermission, message: "no")),
      (
        .setName, .error(.noAuthentication, message: "sign in"),
        .refused(.noAuthentication, message: "sign in")
      ),
      (.checkRole, .array([.bulk(Array("master".utf8)), .integer(0), .array([])]), nil),
      (.checkRole, notAllowed, .refused(.noPermission, message: "no")),
      (.checkRole, .array([]), .unavailable("what the sentinels call the master is a replica")),
      (.checkRole, .status("OK"), .unexpectedReply("to the handshake")),
      (.select, .array([]), .unexpectedReply("to the handshake")),
      (.authenticate, .status("PONG"), .unexpectedReply("to the handshake")),
      (.setName, .null, .unexpectedReply("to the handshake")),
      (.select, .bulk(Array("OK".utf8)), .unexpectedReply("to the handshake")),
    ] as [(Handshake, Reply, RedisError?)])
  func `a step fails unless it is acknowledged; the name alone may be forbidden`(
    step: Handshake, reply: Reply, failure: RedisError?
  ) {
    #expect(step.failure(in: reply) == failure)
  }
}
