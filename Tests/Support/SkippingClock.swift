// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock whose sleeps return at once. It moves by the duration of each sleep, and records it.
public final class SkippingClock: Clock, Sendable {
  public struct Instant: InstantProtocol {
    fileprivate let sinceStart: Duration

    public func advanced(by duration: Duration) -> Instant {
      Instant(sinceStart: sinceStart + duration)
    }

    public func duration(to other: Instant) -> Duration {
      other.sinceStart - sinceStart
    }

    public static func < (left: Instant, right: Instant) -> Bool {
      left.sinceStart < right.sinceStart
    }
  }

  private let kept = Mutex<[Duration]>([])

  public init() {}

  /// Every sleep, in order.
  public var sleeps: [Duration] { kept.withLock { $0 } }
  public var now: Instant { Instant(sinceStart: sleeps.reduce(.zero, +)) }
  public var minimumResolution: Duration { .zero }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    let duration = now.duration(to: deadline)
    kept.withLock { $0.append(duration) }
  }
}
