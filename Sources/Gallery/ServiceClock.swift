// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Dropbox

/// The clocks that decide when sessions end and listings are read again. Tests inject their own.
public struct ServiceClock: Sendable {
  /// The wall clock, for what is stored.
  public let now: @Sendable () -> UnixTime
  /// The monotonic clock, for intervals in this process.
  public let instant: @Sendable () -> ContinuousClock.Instant

  /// The clocks of the machine, unless others are given.
  public init(
    now: @escaping @Sendable () -> UnixTime = UnixTime.now,
    instant: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.now = now
    self.instant = instant
  }
}
