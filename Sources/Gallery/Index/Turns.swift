// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Who may ask for a listing of a person: one at a time, in the order in which they come.
struct Turns {
  private struct Waiter {
    let number: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  private var lastNumber = 0
  /// Absent for a person of whom nothing is being listed.
  private var queues: [String: [Waiter]] = [:]

  mutating func nextNumber() -> Int {
    lastNumber &+= 1
    return lastNumber
  }

  /// Resumes with true when it is the turn; whoever has it has to give it back.
  mutating func take(
    _ owner: String, as number: Int, _ continuation: CheckedContinuation<Bool, Never>
  ) {
    if queues[owner] == nil {
      queues[owner] = []
      continuation.resume(returning: true)
    } else {
      queues[owner]?.append(Waiter(number: number, continuation: continuation))
    }
  }

  mutating func give(_ owner: String) {
    guard let next = queues[owner]?.first else {
      queues[owner] = nil
      return
    }
    queues[owner]?.removeFirst()
    next.continuation.resume(returning: true)
  }

  /// Resumes a waiter with false.
  mutating func leave(_ owner: String, _ number: Int) {
    guard let place = queues[owner]?.firstIndex(where: { $0.number == number }) else { return }
    queues[owner]?.remove(at: place).continuation.resume(returning: false)
  }
}
