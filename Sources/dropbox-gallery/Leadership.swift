// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import FastCGI
import Glibc
import Logging

/// What a process has once it is the one to answer, where a web server starts several.
struct Leadership {
  /// Nil when it answers for itself alone.
  let leader: Leader?
  /// Accepted before, and for this process to answer.
  let connection: CInt?

  /// Follows for as long as another process leads.
  ///
  /// - Parameter socket: where this process's own connections arrive.
  /// - Returns: nil when the process was told to stop meanwhile.
  static func gain(
    at place: MeetingPlace, accepting socket: ListeningSocket, on loop: EventLoop,
    signals: SignalReceiver, logger: Logger
  ) async throws -> Leadership? {
    var connection: CInt?
    while true {
      switch await place.enter() {
      case .leader(let leader): return Leadership(leader: leader, connection: connection)
      case .alone(let reason):
        logger.warning(
          "answering for this process alone, which shares no index with the others: \(reason)")
        return Leadership(leader: nil, connection: connection)
      case .follower(let follower):
        logger.info("following: another process answers what arrives here")
        // There is nothing to read anew here.
        signals.hand { Supervision.reloadSignals.contains($0) || follower.stop() }
        let end = try await follower.follow(accepting: socket, passing: connection, on: loop)
        guard case .leaderGone(let left) = end else { return nil }
        connection = left
      }
    }
  }
}
