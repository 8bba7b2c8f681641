// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// When to connect, wait, send or fail: decides, and leaves the doing to `RedisClient`.
///
/// A connection is made when the first command needs one. A failed attempt is followed by a pause in which
/// commands fail at once; the first command after it makes the next attempt.
struct ConnectionState: Equatable {
  enum Phase: Equatable {
    case idle
    case connecting
    /// Commands can be sent. Proven once one was answered: a server that accepts everybody and then
    /// hangs up would otherwise be connected to without a pause.
    case ready(isProven: Bool)
    case backingOff(RedisError)
    case closed
  }

  enum Event: Equatable {
    case commandArrived
    /// Connected, authenticated, and in the right database.
    case established
    case replyArrived
    /// The attempt failed or the connection broke.
    case lost(RedisError)
    case backOffEnded
    case closed
  }

  enum Action: Equatable {
    case nothing
    /// The command waits, and a connection is to be made.
    case connect
    /// The command waits for the attempt under way.
    case wait
    case send
    case fail(RedisError)
    /// The commands that have waited can be sent.
    case sendWaiting
    /// The commands that have waited fail; `backOffEnded` is due after a pause.
    case backOff(failures: Int)
  }

  private(set) var phase = Phase.idle
  /// Attempts in a row that led to no answered command.
  private(set) var failures = 0

  mutating func handle(_ event: Event) -> Action {
    switch (phase, event) {
    case (.closed, .commandArrived): return .fail(.closed)
    case (.closed, _): return .nothing
    case (_, .closed): phase = .closed

    case (.idle, .commandArrived):
      phase = .connecting
      return .connect
    case (.connecting, .commandArrived): return .wait
    case (.ready, .commandArrived): return .send
    case (.backingOff(let error), .commandArrived): return .fail(error.untilNextAttempt)

    case (.connecting, .established):
      phase = .ready(isProven: false)
      return .sendWaiting
    case (.ready, .replyArrived):
      phase = .ready(isProven: true)
      failures = 0
    case (.ready(isProven: true), .lost): phase = .idle
    case (.connecting, .lost(let error)), (.ready, .lost(let error)):
      failures += 1
      phase = .backingOff(error)
      return .backOff(failures: failures)
    case (.backingOff, .backOffEnded): phase = .idle
    default: break
    }
    return .nothing
  }
}

/// The pause after a failed attempt to connect.
enum BackOff {
  /// 50 ms, doubled with each further failure, 1 s at most; of that the upper half at random, so that many
  /// processes do not return at the same moment.
  ///
  /// - Parameter chance: from 0 to 1.
  static func delay(afterFailures failures: Int, chance: Double) -> Duration {
    let doublings = min(max(failures - 1, 0), 5)
    let full = min(Duration.milliseconds(50 << doublings), .seconds(1))
    return full / 2 + full / 2 * min(max(chance, 0), 1)
  }
}
