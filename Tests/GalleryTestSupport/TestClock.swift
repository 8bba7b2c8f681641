// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The machine's clock, moved by a test.
public final class TestClock: Sendable {
  private let offset = Mutex(Duration.zero)

  public init() {}

  /// Seconds since 1970.
  public var seconds: Int64 {
    Int64(Date().timeIntervalSince1970.rounded(.down)) + offset.withLock { $0 }.components.seconds
  }

  public var instant: ContinuousClock.Instant { .now + offset.withLock { $0 } }

  /// Moves the clock, back if the duration is negative.
  public func advance(by duration: Duration) {
    offset.withLock { $0 += duration }
  }
}
