// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock that moves only while somebody sleeps: a sleep takes no time and is kept.
final class SkippingClock: Clock, Sendable {
  struct Instant: InstantProtocol {
    fileprivate let sinceStart: Duration

    func advanced(by duration: Duration) -> Instant {
      Instant(sinceStart: sinceStart + duration)
    }

    func duration(to other: Instant) -> Duration {
      other.sinceStart - sinceStart
    }

    static func < (left: Instant, right: Instant) -> Bool {
      left.sinceStart < right.sinceStart
    }
  }

  private let kept = Mutex<[Duration]>([])

  /// Every sleep, in order.
  var sleeps: [Duration] { kept.withLock { $0 } }
  var now: Instant { Instant(sinceStart: sleeps.reduce(.zero, +)) }
  var minimumResolution: Duration { .zero }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    let duration = now.duration(to: deadline)
    kept.withLock { $0.append(duration) }
  }
}
