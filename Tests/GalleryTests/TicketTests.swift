// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct TicketTests {
  private let secrets = SessionSecrets.made("a")

  @Test func `a ticket that we signed is verified and names the same record`() throws {
    let ticket = Ticket(signedWith: secrets)
    let read = try #require(Ticket(verifying: ticket.text, with: secrets))
    #expect(read.recordKey(prefix: "session") == ticket.recordKey(prefix: "session"))
    #expect(read.sealingKey == ticket.sealingKey)
  }

  @Test func `a ticket does not show its id in Redis`() {
    let ticket = Ticket(signedWith: secrets)
    let key = ticket.recordKey(prefix: "session")
    #expect(key.count == "session:".count + 64)
    #expect(key != Ticket(signedWith: secrets).recordKey(prefix: "session"))
    #expect("\(ticket)" == "<redacted>")
  }

  @Test func `a ticket with any character changed is refused`() throws {
    let text = Ticket(signedWith: secrets).text
    for index in text.indices {
      var characters = Array(text)
      let position = text.distance(from: text.startIndex, to: index)
      characters[position] = characters[position] == "A" ? "B" : "A"
      #expect(Ticket(verifying: String(characters), with: secrets) == nil, "at \(position)")
    }
  }

  @Test(arguments: [
    "", "A", String(repeating: "A", count: 107), String(repeating: "=", count: 107),
    String(repeating: "x", count: 8192), "\u{0}", "ü",
  ])
  func `what we never wrote is refused`(text: String) {
    #expect(Ticket(verifying: text, with: secrets) == nil)
  }

  @Test func `another server's ticket is refused`() {
    let ticket = Ticket(signedWith: .made("b"))
    #expect(Ticket(verifying: ticket.text, with: secrets) == nil)
  }

  @Test func `a rotated secret still verifies and opens what it closed, and the newest signs`()
    throws
  {
    let old = Ticket(signedWith: .made("a"))
    let rotated = SessionSecrets.made("b", "a")
    let read = try #require(Ticket(verifying: old.text, with: rotated))
    #expect(read.sealingKey == old.sealingKey)
    let new = Ticket(signedWith: rotated)
    #expect(Ticket(verifying: new.text, with: .made("b")) != nil)
    #expect(Ticket(verifying: new.text, with: .made("a")) == nil)
  }

  @Test(arguments: ["", ",", "short", String(repeating: "a", count: 32) + ",short"])
  func `secrets of fewer than 32 bytes are refused`(list: String) {
    #expect(SessionSecrets(list: list) == nil)
  }
}

extension SessionSecrets {
  /// Secrets for a test, one of each character.
  static func made(_ characters: Character...) -> SessionSecrets {
    let list = characters.map { String(repeating: $0, count: 32) }.joined(separator: ",")
    guard let secrets = SessionSecrets(list: list) else { preconditionFailure("32 bytes each") }
    return secrets
  }
}
