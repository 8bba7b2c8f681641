// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Synchronization

/// Takes the process's signals from its first moment on, whatever the process is at the time they come.
final class SignalReceiver: Sendable {
  /// - Returns: false for a signal that came too late for the handler, and is for the one after it.
  typealias Handler = @Sendable (CInt) -> Bool

  private struct State {
    var handler: Handler?
    /// Of the handler.
    var number = 0
    var unheard: [CInt] = []
  }

  private let state = Mutex(State())

  /// - Parameter signals: blocked ones.
  init(_ signals: [CInt], on loop: EventLoop) throws(SystemError) {
    try loop.onSignal(signals) { [weak self] in self?.receive($0) }
  }

  /// - Parameter handler: called at once for signals that nobody heard yet, and then on the loop for each that comes.
  func hand(to handler: @escaping Handler) {
    let unheard = state.withLock { state in
      state.handler = handler
      state.number += 1
      defer { state.unheard = [] }
      return state.unheard
    }
    for signal in unheard { receive(signal) }
  }

  private func receive(_ signal: CInt) {
    var isHeard = false
    var asked = 0
    while !isHeard {
      let handler: Handler? = state.withLock { state in
        guard state.number > asked else {
          state.unheard.append(signal)
          return nil
        }
        asked = state.number
        return state.handler
      }
      guard let handler else { return }
      isHeard = handler(signal)
    }
  }
}
