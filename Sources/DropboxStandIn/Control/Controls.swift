// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What can be changed while the stand-in runs.
final class Controls: Sendable {
  let options: StandIn.Options
  let clock: SettableClock
  let authorizations: Authorizations
  let accounts: Accounts
  let faults = FaultScript()
  let log = CallLog()
  let hangs = Hangs()
  private let currentLatency: Mutex<Duration>

  init(
    options: StandIn.Options, clock: SettableClock, authorizations: Authorizations,
    accounts: Accounts
  ) {
    self.options = options
    self.clock = clock
    self.authorizations = authorizations
    self.accounts = accounts
    self.currentLatency = Mutex(options.latency)
  }

  var latency: Duration { currentLatency.withLock { $0 } }

  func setLatency(_ latency: Duration) { currentLatency.withLock { $0 = latency } }

  /// Ends the grants of an account, and removes it.
  func removeAccount(_ person: Person) {
    authorizations.revokeAll(of: person)
    accounts.remove(person)
  }

  /// Makes each cursor given out so far answer `reset`.
  func resetCursors() {
    for account in accounts.all { account.api.listings.forget() }
  }

  /// Faults, calls, clock and latency as at the start, those of each account included; grants stay.
  func reset() {
    for account in accounts.all { account.reset() }
    faults.clear()
    log.clear()
    hangs.release()
    clock.reset()
    setLatency(options.latency)
  }
}
