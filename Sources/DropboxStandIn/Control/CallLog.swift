// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One request the stand-in got, without any secret.
public struct RecordedCall: Sendable, Equatable {
  /// `files/list_folder`, `oauth2/token`, `oauth2/authorize`, `links`, or `unknown`.
  public let route: String
  public let host: String
  public let method: String
  /// Nothing while the answer is on its way.
  public internal(set) var status: Int?
}

/// The requests since the start or the last reset, in the order they came.
final class CallLog: Sendable {
  /// How many calls are kept one by one; counts go on beyond it.
  static let capacity = 10_000

  private struct Wait {
    let route: String
    let count: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var calls: [RecordedCall] = []
    var counts: [String: Int] = [:]
    var inFlight = 0
    var generation = 0
    var waits: [Wait] = []
  }

  struct Ticket: Sendable {
    let index: Int?
    let generation: Int
  }

  private let state = Mutex(State())

  func begin(route: String, host: Host, method: String) -> Ticket {
    let (ticket, ready) = state.withLock { state -> (Ticket, [Wait]) in
      state.inFlight += 1
      state.counts[route, default: 0] += 1
      let reached = state.counts[route, default: 0]
      let ready = state.waits.filter { $0.route == route && $0.count <= reached }
      state.waits.removeAll { $0.route == route && $0.count <= reached }
      guard state.calls.count < CallLog.capacity else {
        return (Ticket(index: nil, generation: state.generation), ready)
      }
      state.calls.append(RecordedCall(route: route, host: host.rawValue, method: method))
      return (Ticket(index: state.calls.count - 1, generation: state.generation), ready)
    }
    for wait in ready { wait.continuation.resume() }
    return ticket
  }

  func end(_ ticket: Ticket, status: Int) {
    state.withLock { state in
      state.inFlight -= 1
      guard let index = ticket.index, ticket.generation == state.generation else { return }
      state.calls[index].status = status
    }
  }

  var calls: [RecordedCall] { state.withLock { $0.calls } }
  var counts: [String: Int] { state.withLock { $0.counts } }
  var inFlight: Int { state.withLock { $0.inFlight } }

  /// Returns once so many calls of a route have come.
  func wait(for route: String, count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.counts[route, default: 0] >= count { return true }
        state.waits.append(Wait(route: route, count: count, continuation: continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  func clear() {
    state.withLock { state in
      state.calls = []
      state.counts = [:]
      state.generation += 1
    }
  }

  /// Lets everybody go who waits.
  func endWaits() {
    let waits = state.withLock { state in
      defer { state.waits = [] }
      return state.waits
    }
    for wait in waits { wait.continuation.resume() }
  }
}
