// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What can be changed while the stand-in runs.
final class Controls: Sendable {
  let options: StandIn.Options
  let clock: SettableClock
  let authorizations: Authorizations
  /// Of all people.
  private let listings: [Listings]
  let faults = FaultScript()
  let log = CallLog()
  let hangs = Hangs()
  private let currentLatency: Mutex<Duration>

  init(
    options: StandIn.Options, clock: SettableClock, authorizations: Authorizations,
    listings: [Listings]
  ) {
    self.options = options
    self.clock = clock
    self.authorizations = authorizations
    self.listings = listings
    self.currentLatency = Mutex(options.latency)
  }

  var latency: Duration { currentLatency.withLock { $0 } }

  func setLatency(_ latency: Duration) { currentLatency.withLock { $0 = latency } }

  /// Makes each cursor given out so far answer `reset`.
  func resetCursors() {
    for each in listings { each.forget() }
  }

  /// Faults, calls, clock and latency as at the start; grants stay.
  func reset() {
    faults.clear()
    log.clear()
    hangs.release()
    clock.reset()
    setLatency(options.latency)
  }
}
