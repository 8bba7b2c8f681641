// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct ConnectionStateTests {
  private typealias State = ConnectionState
  private static let gone = RedisError.unavailable("gone")

  /// Events, the action of the last one, the phase and the failures in a row afterwards.
  private static let histories:
    [([ConnectionState.Event], ConnectionState.Action, ConnectionState.Phase, Int)] = [
      ([.commandArrived], .connect, .connecting, 0),
      ([.commandArrived, .commandArrived], .wait, .connecting, 0),
      ([.commandArrived, .established], .sendWaiting, .ready(isProven: false), 0),
      ([.commandArrived, .established, .commandArrived], .send, .ready(isProven: false), 0),
      ([.commandArrived, .established, .replyArrived], .nothing, .ready(isProven: true), 0),
      ([.commandArrived, .established, .replyArrived, .lost(gone)], .nothing, .idle, 0),
      ([.commandArrived, .lost(gone)], .backOff(failures: 1), .backingOff(gone), 1),
      (
        [.commandArrived, .established, .lost(gone)], .backOff(failures: 1), .backingOff(gone), 1
      ),
      ([.commandArrived, .lost(gone), .commandArrived], .fail(gone), .backingOff(gone), 1),
      ([.commandArrived, .lost(gone), .backOffEnded], .nothing, .idle, 1),
      (
        [.commandArrived, .lost(gone), .backOffEnded, .commandArrived, .lost(.timedOut)],
        .backOff(failures: 2), .backingOff(.timedOut), 2
      ),
      (
        [
          .commandArrived, .lost(gone), .backOffEnded, .commandArrived, .established,
          .replyArrived,
        ], .nothing, .ready(isProven: true), 0
      ),
      ([.closed, .commandArrived], .fail(.closed), .closed, 0),
      ([.commandArrived, .closed, .established], .nothing, .closed, 0),
      ([.commandArrived, .closed, .lost(gone)], .nothing, .closed, 0),
      ([.closed, .backOffEnded], .nothing, .closed, 0),
      ([.lost(gone)], .nothing, .idle, 0),
      ([.established], .nothing, .idle, 0),
    ]

  @Test(arguments: histories)
  func `each event has its action and its phase`(
    events: [ConnectionState.Event], action: ConnectionState.Action,
    phase: ConnectionState.Phase, failures: Int
  ) {
    var state = ConnectionState()
    let actions = events.map { state.handle($0) }
    #expect(actions.last == action)
    #expect(state.phase == phase)
    #expect(state.failures == failures)
  }

  @Test(arguments: [
    (1, 25, 50), (2, 50, 100), (3, 100, 200), (4, 200, 400), (5, 400, 800), (6, 500, 1_000),
    (7, 500, 1_000), (Int.max, 500, 1_000), (0, 25, 50), (-5, 25, 50),
  ])
  func `the pause doubles up to a second, its upper half at random`(
    failures: Int, least: Int, most: Int
  ) {
    for chance in [-1, 0, -Double.infinity] {
      #expect(BackOff.delay(afterFailures: failures, chance: chance) == .milliseconds(least))
    }
    for chance in [1, 2, Double.infinity] {
      #expect(BackOff.delay(afterFailures: failures, chance: chance) == .milliseconds(most))
    }
  }
}
