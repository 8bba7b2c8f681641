// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import TestSupport
import Testing

@testable import Dropbox

/// Calls that are made again, and their limits.
@Suite(.serialized) struct RepetitionTests {
  @Test(
    arguments: [.internalServerError, .unavailable, .status(502), .cut(afterBytes: 5)] as [Fault])
  func `an outage that passes costs one call more, or two`(fault: Fault) async throws {
    try await withDropbox { connection in
      for times in 1...2 {
        connection.standIn.inject(fault, into: "users/get_current_account", times: times)
        _ = try await connection.client.currentAccount()
        #expect(connection.standIn.count(of: "users/get_current_account") == times + 1)
        connection.standIn.reset()
      }
      let sleeps = connection.clock.sleeps
      #expect(sleeps.count == 3)
      for (sleep, isFirst) in zip(sleeps, [true, true, false]) {
        #expect((isFirst ? 100...300 : 300...900).contains(sleep / .milliseconds(1)))
      }
    }
  }

  @Test(
    arguments: [
      (.tooManyRequests(retryAfter: 3), Duration.seconds(3)),
      (.tooManyRequestsText(retryAfter: 1), .seconds(1)),
      (.tooManyRequests(retryAfter: 0), .zero),
      (.status(429, fields: ["Retry-After": "1.5"]), .milliseconds(1500)),
    ] as [(Fault, Duration)])
  func `a short throttle is waited for exactly as told`(
    fault: Fault, wait: Duration
  ) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(fault, into: "files/list_folder")
      _ = try await connection.client.listFolder(.root)
      #expect(connection.standIn.count(of: "files/list_folder") == 2)
      #expect(connection.clock.sleeps == [wait])
    }
  }

  @Test func `a short throttle that comes again and again is three calls`() async throws {
    try await withDropbox { connection in
      connection.standIn.inject(
        .tooManyRequests(retryAfter: 2), into: "files/list_folder", times: nil)
      let error = await failure { () throws(DropboxError) in
        try await Operation.listFolder.call(connection)
      }
      #expect(error == .throttled(retryAfter: .seconds(2)))
      #expect(connection.standIn.count(of: "files/list_folder") == 3)
      #expect(connection.clock.sleeps == [.seconds(2), .seconds(2)])
    }
  }

  @Test func `a closed port is tried three times`() async throws {
    try await withDropbox { connection in
      let port = try FreePort.find()
      let dropbox = Dropbox(
        app: connection.dropbox.app, origins: DropboxOrigins(api: "http://127.0.0.1:\(port)"),
        http: connection.http, clock: connection.clock)
      let error = await failure { () throws(DropboxError) in
        _ = try await dropbox.client(for: Connection.account, FixedToken(connection.token))
          .currentAccount()
      }
      #expect(error == .unavailable(.unreachable(.couldntConnect)))
      #expect(connection.clock.sleeps.count == 2)
    }
  }

  @Test func `the limits are 10 s for JSON and 30 s for bytes`() throws {
    func call<Arguments, Reply>(
      _ endpoint: Endpoint<Arguments, Reply>, _ arguments: Arguments
    ) throws -> Call {
      try endpoint.call(arguments, at: DropboxOrigins(), with: try Connection.token("t"))
    }
    let rpc = try call(CurrentAccount.endpoint, NoArguments())
    #expect(rpc.limit == .seconds(10))
    #expect(rpc.answerLimit == 8 << 20)
    let download = try call(GetFile.endpoint, GetFile.Arguments(path: ""))
    #expect(download.limit == .seconds(30))
    #expect(download.answerLimit == 16 << 20)
    let batch = try call(
      ThumbnailBatch.endpoint, ThumbnailBatch.Arguments(of: [], size: .w64h64, mode: .strict))
    #expect(batch.limit == .seconds(30))
    #expect(batch.answerLimit == 16 << 20)
  }

  @Test(
    arguments: [
      .hang, .drip(bytes: 1, pause: .milliseconds(40)), .delay(.seconds(5)),
    ] as [Fault])
  func `an answer that does not come in time is one call`(fault: Fault) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(fault, into: "users/get_current_account", times: nil)
      var call = try CurrentAccount.endpoint.call(
        NoArguments(), at: connection.dropbox.origins, with: connection.token)
      call.limit = .milliseconds(300)
      let start = ContinuousClock.now
      let error = await failure { () throws(DropboxError) in
        _ = try await connection.dropbox.answer(to: call)
      }
      #expect(error == .timedOut)
      #expect((.milliseconds(300) ... .seconds(2)).contains(ContinuousClock.now - start))
      #expect(connection.standIn.count(of: "users/get_current_account") == 1)
    }
  }

  @Test func `an answer that comes slowly but in time is taken`() async throws {
    try await withDropbox { connection in
      connection.standIn.inject(.delay(.milliseconds(200)), into: "files/list_folder")
      connection.standIn.inject(
        .drip(bytes: 200, pause: .milliseconds(5)), into: "files/list_folder")
      for _ in 0..<2 {
        _ = try await connection.client.listFolder(.root)
      }
      #expect(connection.standIn.count(of: "files/list_folder") == 2)
    }
  }

  @Test func `the limit counts over all calls and the waits between them`() async throws {
    try await withDropbox { connection in
      connection.standIn.inject(
        .tooManyRequests(retryAfter: 3), into: "users/get_current_account", times: nil)
      var call = try CurrentAccount.endpoint.call(
        NoArguments(), at: connection.dropbox.origins, with: connection.token)
      call.limit = .seconds(5)
      let error = await failure { () throws(DropboxError) in
        _ = try await connection.dropbox.answer(to: call)
      }
      #expect(error == .throttled(retryAfter: .seconds(3)))
      #expect(connection.clock.sleeps == [.seconds(3)])
      #expect(connection.standIn.count(of: "users/get_current_account") == 2)
    }
  }

  @Test(arguments: Operation.allCases)
  func `who goes away takes the call along`(operation: Operation) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(.hang, into: operation.route, times: nil)
      let task = Task {
        await failure { () throws(DropboxError) in try await operation.call(connection) }
      }
      await connection.standIn.waitForCalls(of: operation.route)
      task.cancel()
      #expect(await task.value == .cancelled)
      #expect(connection.standIn.count(of: operation.route) == 1)
    }
  }

  @Test func `who goes away during a wait is not waited for`() async throws {
    try await withDropbox { connection in
      let dropbox = Connection.client(
        of: connection.standIn.origins, http: connection.http, clock: ContinuousClock())
      connection.standIn.inject(
        .tooManyRequests(retryAfter: 3), into: "users/get_current_account", times: nil)
      let start = ContinuousClock.now
      let task = Task {
        await failure { () throws(DropboxError) in
          _ = try await dropbox.client(for: Connection.account, FixedToken(connection.token))
            .currentAccount()
        }
      }
      await connection.standIn.waitForCalls(of: "users/get_current_account")
      while connection.standIn.calls.first?.status == nil { await Task.yield() }
      task.cancel()
      #expect(await task.value == .cancelled)
      #expect(ContinuousClock.now - start < .seconds(2))
      #expect(connection.standIn.count(of: "users/get_current_account") == 1)
    }
  }

  @Test func `a task cancelled beforehand calls nobody`() async throws {
    try await withDropbox { connection in
      let task = Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return await failure { () throws(DropboxError) in
          try await Operation.account.call(connection)
        }
      }
      #expect(await task.value == .cancelled)
      #expect(connection.standIn.calls.isEmpty)
    }
  }
}
