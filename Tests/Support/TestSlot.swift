// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One of eight places for tests that start servers. A test holds it as long as its servers run.
///
/// Swift Testing starts all tests of a process at once. Each stand-in for Dropbox keeps five threads
/// of libdispatch, which starts no more than about 250.
public final class TestSlot: Sendable {
  private static let count = 8

  private struct State {
    var free = TestSlot.count
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private static let state = Mutex(State())

  private init() {}

  deinit {
    let next = Self.state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil as CheckedContinuation<Void, Never>?
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }

  /// Waits for a free place, in the order of the calls.
  public static func acquire() async -> TestSlot {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
    return TestSlot()
  }
}
