// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Synchronization
import TestSupport
import Testing

@testable import Dropbox

/// An account that Dropbox asked to slow down for.
@Suite(.serialized) struct AccountThrottleTests {
  private static let list = "files/list_folder"
  private static let ben = AccountID("dbid:Ben")!

  private func list(_ client: AccountClient<FixedToken>) async -> DropboxError? {
    await failure { () throws(DropboxError) in _ = try await client.listFolder(.root) }
  }

  @Test func `after a long throttle no file call of the account is sent before its end`()
    async throws
  {
    try await withDropbox { connection in
      let client = connection.client
      connection.standIn.inject(.tooManyRequests(retryAfter: 20), into: Self.list)
      #expect(await list(client) == .throttled(retryAfter: .seconds(20)))
      try await connection.clock.sleep(for: .seconds(16))
      // Another session of the same account has a client of its own.
      for other in [client, connection.client] {
        #expect(await list(other) == .throttled(retryAfter: .seconds(4)))
      }
      for operation in Operation.allCases where operation.route.hasPrefix("files/") {
        let error = await failure { () throws(DropboxError) in
          try await operation.call(connection, for: Connection.account)
        }
        #expect(error == .throttled(retryAfter: .seconds(4)), "\(operation)")
      }
      #expect(connection.standIn.calls.count == 1)
      try await connection.clock.sleep(for: .seconds(4))
      #expect(await list(client) == nil)
      #expect(connection.standIn.count(of: Self.list) == 2)
    }
  }

  @Test func `a call waits for an end within 3 s, at most 100 ms longer`() async throws {
    try await withDropbox { connection in
      connection.standIn.inject(.tooManyRequests(retryAfter: 20), into: Self.list)
      #expect(await list(connection.client) == .throttled(retryAfter: .seconds(20)))
      try await connection.clock.sleep(for: .seconds(17))
      #expect(await list(connection.client) == nil)
      let wait = try #require(connection.clock.sleeps.last)
      #expect((.seconds(3) ... .milliseconds(3100)).contains(wait))
      #expect(connection.standIn.count(of: Self.list) == 2)
    }
  }

  @Test func `other accounts, the account's name, refreshing and revoking do not wait`()
    async throws
  {
    try await withDropbox { connection in
      connection.standIn.inject(.tooManyRequests(retryAfter: 600), into: Self.list)
      #expect(await list(connection.client) != nil)
      #expect(await list(connection.client(connection.token, account: Self.ben)) == nil)
      _ = try await connection.client.currentAccount()
      let grant = connection.standIn.grant()
      _ = try await connection.dropbox.refresh(Secret(try #require(grant.refreshToken)))
      try await connection.dropbox.revoke(connection.token)
      #expect(connection.clock.sleeps.isEmpty)
    }
  }

  @Test func `a call that is not sent is not counted`() async throws {
    try await withDropbox { connection in
      let observed = Mutex<[Dropbox.Observation]>([])
      let dropbox = Dropbox(
        app: connection.dropbox.app, origins: connection.dropbox.origins, http: connection.http,
        clock: connection.clock, now: { Connection.now },
        observe: { observation in observed.withLock { $0.append(observation) } })
      let client = dropbox.client(for: Connection.account, FixedToken(connection.token))
      connection.standIn.inject(.tooManyRequests(retryAfter: 20), into: Self.list)
      #expect(await list(client) != nil)
      #expect(await list(client) != nil)
      let observations = observed.withLock { $0 }
      #expect(observations.map(\.throttled) == [1])
      #expect(observations.map(\.error) == [.throttled(retryAfter: .seconds(20))])
    }
  }

  @Test func `a shorter throttle ends no longer one, and what is over is forgotten`() async throws {
    let clock = SkippingClock()
    let throttles = AccountThrottles(clock: clock)
    #expect(throttles.remaining(for: Connection.account) == .zero)
    throttles.throttle(Connection.account, for: .seconds(60))
    throttles.throttle(Connection.account, for: .seconds(1))
    #expect(throttles.remaining(for: Connection.account) == .seconds(60))
    #expect(throttles.remaining(for: Self.ben) == .zero)
    try await clock.sleep(for: .seconds(61))
    #expect(throttles.remaining(for: Connection.account) == .zero)
    throttles.throttle(Self.ben, for: .seconds(86_400))
    #expect(throttles.count == 1)
  }
}
