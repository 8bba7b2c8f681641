// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Synchronization
import TestSupport

/// What happened, in order, and a way to wait for it.
final class Events<Event: Equatable & Sendable>: Sendable {
  private struct State {
    var seen: [Event] = []
    var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var seen: [Event] { state.withLock { $0.seen } }

  func add(_ event: Event) {
    state.withLock { state in
      state.seen.append(event)
      for waiter in state.waiters where waiter.count <= state.seen.count {
        waiter.continuation.resume()
      }
      state.waiters.removeAll { $0.count <= state.seen.count }
    }
  }

  /// Waits until so many events have happened, and returns all.
  func first(_ count: Int) async -> [Event] {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        guard state.seen.count < count else { return continuation.resume() }
        state.waiters.append((count, continuation))
      }
    }
    return seen
  }
}
