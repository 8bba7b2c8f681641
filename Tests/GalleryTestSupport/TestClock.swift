// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The machine's clocks, moved by a test.
public final class TestClock: Sendable {
  private struct Offsets {
    var wall = Duration.zero
    var monotonic = Duration.zero
  }

  private let offsets = Mutex(Offsets())

  public init() {}

  /// Seconds since 1970.
  public var seconds: Int64 {
    Int64(Date().timeIntervalSince1970.rounded(.down))
      + offsets.withLock { $0.wall }.components.seconds
  }

  public var instant: ContinuousClock.Instant { .now + offsets.withLock { $0.monotonic } }

  /// Lets time pass: moves the wall clock and the monotonic clock.
  public func advance(by duration: Duration) {
    offsets.withLock {
      $0.wall += duration
      $0.monotonic += duration
    }
  }

  /// Sets the wall clock ahead of that of the machine, or behind if the duration is negative. The
  /// monotonic clock does not move.
  public func setWallClock(aheadBy duration: Duration) {
    offsets.withLock { $0.wall = duration }
  }
}
