// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Until when Dropbox asked not to be called for an account (429 with `Retry-After`).
///
/// All clients of an account in this process share one value, whatever session they belong to. It
/// holds only accounts that are throttled at the moment, or were when another one was last throttled.
public final class AccountThrottles: Sendable {
  /// The time since some moment before.
  private let now: @Sendable () -> Duration
  private let ends = Mutex<[AccountID: Duration]>([:])

  public init(clock: any Clock<Duration> = ContinuousClock()) {
    now = Self.time(of: clock)
  }

  /// How long no file call may be sent for an account; zero when it is not throttled.
  func remaining(for account: AccountID) -> Duration {
    let now = now()
    return ends.withLock { max(.zero, ($0[account] ?? now) - now) }
  }

  /// Throttles an account from now on. A shorter throttle does not end a longer one.
  func throttle(_ account: AccountID, for duration: Duration) {
    let now = now()
    ends.withLock { ends in
      ends = ends.filter { $0.value > now }
      ends[account] = max(ends[account] ?? now, now + duration)
    }
  }

  /// How many accounts are held.
  var count: Int { ends.withLock { $0.count } }

  private static func time<Time: Clock<Duration>>(of clock: Time) -> @Sendable () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}

/// The throttle of one account.
struct AccountThrottle: Sendable {
  let account: AccountID
  let throttles: AccountThrottles
  /// Whether a call has to wait for its end. Any call may begin one.
  let isObeyed: Bool

  /// How long a call has to wait; zero when it may be sent.
  var remaining: Duration { isObeyed ? throttles.remaining(for: account) : .zero }

  func begin(_ duration: Duration) {
    throttles.throttle(account, for: duration)
  }
}
