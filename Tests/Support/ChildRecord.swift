// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Synchronization

/// What is known of a child process, and who waits to learn more.
final class ChildRecord: Sendable {
  struct State {
    var output: [UInt8] = []
    var errorOutput: [UInt8] = []
    var openStreams = 2
    var exit: ChildProcess.Exit?
    fileprivate var waiters: [Int: Waiter] = [:]
    fileprivate var lastWaiter = 0

    var text: String { String(decoding: output + errorOutput, as: UTF8.self) }
  }

  fileprivate struct Waiter {
    let deadline: DeadlineID
    /// Answers and returns true when what it waits for has come.
    let attempt: @Sendable (borrowing State) -> Bool
    let giveUp: @Sendable (borrowing State) -> Void
  }

  private let state = Mutex(State())

  var text: String { state.withLock { $0.text } }

  func change(_ change: (inout sending State) -> Void) {
    state.withLock { state in
      change(&state)
      for (number, waiter) in state.waiters where waiter.attempt(state) {
        state.waiters[number] = nil
        TestLoop.shared.cancel(waiter.deadline)
      }
    }
  }

  /// Signals under the lock: the process is reaped under it too, so its id is still its own.
  func signal(_ number: CInt, to id: pid_t) {
    state.withLock { state in
      if state.exit == nil { _ = kill(id, number) }
    }
  }

  /// SIGTERM now, SIGKILL when that did not help within 5 s.
  func end(_ id: pid_t) {
    signal(SIGTERM, to: id)
    TestLoop.shared.after(.seconds(5)) { self.signal(SIGKILL, to: id) }
  }

  func wait<Answer: Sendable>(
    for event: String, within limit: Duration,
    _ find: @escaping @Sendable (borrowing State) -> Result<Answer, TestFailure>?
  ) async throws(TestFailure) -> Answer {
    let result: Result<Answer, TestFailure> = await withCheckedContinuation { continuation in
      state.withLock { state in
        if let found = find(state) { return continuation.resume(returning: found) }
        state.lastWaiter += 1
        let number = state.lastWaiter
        state.waiters[number] = Waiter(
          deadline: TestLoop.shared.after(limit) { self.giveUp(number) },
          attempt: { state in
            guard let found = find(state) else { return false }
            continuation.resume(returning: found)
            return true
          },
          giveUp: { state in
            let failure = TestFailure("\(event) did not come in \(limit): \(state.text)")
            continuation.resume(returning: .failure(failure))
          })
      }
    }
    return try result.get()
  }

  private func giveUp(_ number: Int) {
    state.withLock { state in
      state.waiters.removeValue(forKey: number)?.giveUp(state)
    }
  }
}
