// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A line of the log that a state of things would write over and over: due once in ten seconds.
struct RepeatedLine: Sendable {
  private var next = ContinuousClock.now

  mutating func isDue() -> Bool {
    let now = ContinuousClock.now
    guard now >= next else { return false }
    next = now + .seconds(10)
    return true
  }
}
