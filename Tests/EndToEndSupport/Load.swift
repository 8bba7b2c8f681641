// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport

/// People who ask one thing after the other until they are told to stop, and remember each answer that was not right.
final class Load: Sendable {
  /// A third of it are POSTs, which no web server sends a second time.
  private static let requests: [(String, HTTPRequest.Method, Int)] = [
    ("/readyz", .get, 200), ("/welcome", .get, 200), ("/logout", .post, 303),
  ]

  private struct State {
    var sent = 0
    var failures: [String] = []
    var isOver = false
  }

  private let state = Mutex(State())

  var sent: Int { state.withLock { $0.sent } }
  var failures: [String] { state.withLock { $0.failures } }

  /// Waits until so many requests were answered.
  func wait(forSent count: Int) async {
    while sent < count { await TestLoop.pause(.milliseconds(5)) }
  }

  /// Runs while `body` does, and until the last answer is there.
  ///
  /// - Parameter people: how many ask at once.
  func run(
    on installation: Installation, people: Int = 6, during body: @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for person in 0..<people {
        let visitor = installation.visitor()
        group.addTask { await self.ask(visitor, from: person) }
      }
      let outcome = await Result { try await body() }
      state.withLock { $0.isOver = true }
      try await group.waitForAll()
      try outcome.get()
    }
  }

  private func ask(_ visitor: Visitor, from start: Int) async {
    var number = start
    while !state.withLock({ $0.isOver }) {
      let (path, method, status) = Self.requests[number % Self.requests.count]
      number += 1
      var problem: String?
      do {
        let answer = try await visitor.send(path, method: method)
        if answer.status.code != status { problem = "\(method) \(path): \(answer.status.code)" }
      } catch {
        problem = "\(method) \(path): \(error)"
      }
      state.withLock { state in
        state.sent += 1
        if let problem { state.failures.append(problem) }
      }
    }
  }
}

extension Result where Failure == any Error {
  /// What an asynchronous body returns or throws, so that something can be ended in between.
  init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
