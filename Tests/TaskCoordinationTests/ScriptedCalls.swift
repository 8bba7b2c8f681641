// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TaskCoordination
import TestSupport
import Testing

/// Calls through a `SingleFlight` that end when the test says so. A call has its number in order of the starts.
final class ScriptedCalls: Sendable {
  enum Failure: Error { case call, cancelled }

  typealias Flight = SingleFlight<String, Int, Failure>

  private struct Call {
    let key: String
    var isCancelled = false
    var result: Result<Int, Failure>?
    var continuation: CheckedContinuation<Result<Int, Failure>, Never>?
  }

  let flight: Flight
  private let calls = Mutex<[Call]>([])

  init(whenAbandoned policy: Flight.AbandonmentPolicy = .cancel) {
    flight = Flight(cancellation: .cancelled, whenAbandoned: policy)
  }

  /// The keys of the calls, in order of their starts.
  var started: [String] { calls.withLock { $0.map(\.key) } }
  /// The calls that were cancelled.
  var cancelled: Set<Int> {
    calls.withLock { calls in Set(calls.indices.filter { calls[$0].isCancelled }) }
  }

  func caller(_ key: String) -> Task<Flight.Outcome, Never> {
    Task { await call(key) }
  }

  func call(_ key: String) async -> Flight.Outcome {
    await flight.run(key) { [self] () async throws(Failure) in try await answer(key).get() }
  }

  /// Ends a call, cancelled or not.
  func finish(_ id: Int, _ result: Result<Int, Failure>) {
    calls.withLock { calls in
      calls[id].result = result
      return calls[id].continuation.take()
    }?.resume(returning: result)
  }

  private func answer(_ key: String) async -> Result<Int, Failure> {
    let id = calls.withLock { calls in
      calls.append(Call(key: key))
      return calls.count - 1
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let result = calls.withLock { calls in
          if calls[id].result == nil { calls[id].continuation = continuation }
          return calls[id].result
        }
        if let result { continuation.resume(returning: result) }
      }
    } onCancel: {
      calls.withLock { $0[id].isCancelled = true }
    }
  }
}

/// What happened, in order.
final class Recorded<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func append(_ element: Element) {
    elements.withLock { $0.append(element) }
  }
}

/// Waits until a condition holds, at most 10 s.
func eventually(
  _ comment: String = "", _ condition: () -> Bool,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let end = ContinuousClock.now + .seconds(10)
  while !condition() {
    try #require(
      ContinuousClock.now < end, "the condition never held: \(comment)",
      sourceLocation: sourceLocation)
    await Task.yield()
  }
}
