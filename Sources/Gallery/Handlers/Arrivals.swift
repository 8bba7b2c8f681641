// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Synchronization

/// Requests of each browser that have come and whose session is still being looked up. Who gathers them knows by
/// this that more are on their way.
final class Arrivals: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// Counts a request until the arrival has ended or is let go.
  func begin(_ request: Request) -> Arrival {
    // What a browser sends is the same for all pictures of a page; nobody has checked it yet.
    let browser = request.fields[.cookie] ?? ""
    counts.withLock { $0[browser, default: 0] += 1 }
    return Arrival(of: browser, in: self)
  }

  /// How many of the same browser are on their way.
  func count(like arrival: Arrival) -> Int {
    counts.withLock { $0[arrival.browser] ?? 0 }
  }

  fileprivate func end(of browser: String) {
    counts.withLock { counts in
      let left = (counts[browser] ?? 0) - 1
      counts[browser] = left > 0 ? left : nil
    }
  }
}

/// One request on its way.
final class Arrival: Sendable {
  fileprivate let browser: String
  private let arrivals: Arrivals
  private let hasEnded = Mutex(false)

  fileprivate init(of browser: String, in arrivals: Arrivals) {
    self.browser = browser
    self.arrivals = arrivals
  }

  deinit {
    end()
  }

  /// It has come to where it is gathered. Only the first time counts.
  func end() {
    let isFirst = hasEnded.withLock { hasEnded in
      defer { hasEnded = true }
      return !hasEnded
    }
    if isFirst { arrivals.end(of: browser) }
  }
}
