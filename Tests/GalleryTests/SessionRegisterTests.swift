// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Redis
import TestSupport
import Testing

@testable import Gallery

/// Sessions as an operator sees them, in a real Redis.
struct SessionRegisterTests {
  private let tags = AccountTags(secrets: .made("a"))

  @Test func `thousands of sessions are counted by account and ended by account`() async throws {
    let server = try await RedisServer()
    let redis = try client(server)
    let records = records(redis)
    let accounts = ["dbid:Ana": 900, "dbid:Bea": 301]
    for (account, count) in accounts {
      for _ in 0..<count { try await write(records, account) }
    }
    let register = SessionRegister(redis: redis)
    let (ana, bea) = (try tag("dbid:Ana"), try tag("dbid:Bea"))
    #expect(try await register.census().sessions == [ana: 900, bea: 301])
    #expect(try await register.end(ana) == 900)
    #expect(try await register.end(ana) == 0)
    #expect(try await register.census().sessions == [bea: 301])
    #expect(try await register.endAll() == 301)
    #expect(try await register.census() == SessionRegister.Census())
    try await server.stop()
  }

  @Test func `a key without a tag is counted as unreadable, and others' keys not at all`()
    async throws
  {
    let server = try await RedisServer()
    let key = "session:" + String(repeating: "a", count: 64)
    try await server.command("SET", key, "an older version's record")
    try await server.command("SET", "session:" + String(repeating: "A", count: 64), "x")
    try await server.command("SET", "sessions:" + String(repeating: "a", count: 64), "x")
    try await server.command("SET", "login:" + String(repeating: "b", count: 64), "x")
    let register = SessionRegister(redis: try client(server))
    let census = try await register.census()
    #expect(census.total == 1 && census.unreadable == 1 && census.pending == 1)
    #expect(try await register.endAll() == 1)
    #expect(try await server.command("DBSIZE") == "2")
    try await server.stop()
  }

  @Test func `a record with another account's mark does not open`() async throws {
    let server = try await RedisServer()
    let redis = try client(server)
    let records = records(redis)
    let ticket = try await write(records, "dbid:Ana")
    #expect(try await records.read(ticket)?.accountID == "dbid:Ana")
    let key = ticket.recordKey(prefix: "session")
    try await server.command("SETRANGE", key, "0", try tag("dbid:Bea").description)
    #expect(try await records.read(ticket) == nil)
    try await server.command("SETRANGE", key, "0", try tag("dbid:Ana").description)
    #expect(try await records.read(ticket) != nil)
    try await server.stop()
  }

  @Test func `a Redis that goes away is an error, not a smaller number`() async throws {
    let server = try await RedisServer()
    let redis = try client(server)
    try await write(records(redis), "dbid:Ana")
    try await server.command("ACL", "SETUSER", "default", "-getrange")
    await #expect(throws: RedisError.self) {
      try await SessionRegister(redis: redis).census()
    }
    try await server.kill()
    await #expect(throws: RedisError.self) {
      try await SessionRegister(redis: redis).census()
    }
  }

  @Test(arguments: [
    "", "0123456789a", "0123456789abc", "0123456789aB", "0123456789a*", "ä123456789a",
  ])
  func `what is no tag is none`(text: String) {
    #expect(SessionRegister.AccountTag(text) == nil)
  }

  private func tag(_ account: String) throws -> SessionRegister.AccountTag {
    try #require(SessionRegister.AccountTag(tags.tag(of: account)))
  }

  private func client(_ server: RedisServer) throws -> RedisClient {
    var limits = RedisClient.Limits()
    limits.command = .seconds(10)
    return RedisClient(
      loop: TestLoop.shared, address: try RedisAddress(parsing: server.url), limits: limits)
  }

  private func records(_ redis: RedisClient) -> SealedRecords<Session> {
    Sessions.records(in: redis, secrets: .made("a"))
  }

  @discardableResult
  private func write(
    _ records: SealedRecords<Session>, _ account: String
  ) async throws -> Ticket {
    let made = try OpenSession.made(account)
    try await records.write(made.session, for: made.ticket, expiringAfter: .seconds(600))
    return made.ticket
  }
}
