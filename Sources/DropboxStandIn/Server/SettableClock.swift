// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The time of day as the stand-in sees it: the machine's, moved forward on demand.
final class SettableClock: Sendable {
  private let offset = Mutex<Double>(0)

  /// Seconds since 1970.
  var now: Double { Date().timeIntervalSince1970 + offset.withLock { $0 } }

  /// Stops thirty thousand years from now: later moments are no whole numbers that Dropbox could write.
  func advance(seconds: Double) {
    offset.withLock { $0 = min(max($0 + seconds, -1e12), 1e12) }
  }

  func reset() {
    offset.withLock { $0 = 0 }
  }
}
