// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc

/// Gives signs of life, for as long as a baton comes round all loops of the service and Swift's pool.
///
/// One that hangs stops the baton, and who misses the signs, as systemd does, starts the service anew.
///
/// - Source: sd_watchdog_enabled(3).
public struct Watchdog: Sendable {
  /// `WATCHDOG_USEC` is no number of microseconds.
  public struct Malformed: Error, Equatable, CustomStringConvertible {
    public let description = "WATCHDOG_USEC is not a number of microseconds above 0"
  }

  /// Within which a sign of life is wanted.
  public let limit: Duration

  public init(limit: Duration) {
    self.limit = limit
  }

  /// - Returns: nil when nobody watches, or another process (`WATCHDOG_PID`).
  public init?(_ environment: [String: String]) throws(Malformed) {
    guard let text = environment["WATCHDOG_USEC"], !text.isEmpty else { return nil }
    if let process = environment["WATCHDOG_PID"], pid_t(process) != getpid() { return nil }
    guard let microseconds = Int64(text), microseconds > 0 else { throw Malformed() }
    limit = .microseconds(microseconds)
  }

  /// Begins, and goes on for as long as everything turns.
  ///
  /// - Parameters:
  ///   - loops: one or more.
  ///   - sign: gives a sign of life.
  public func start(round loops: [EventLoop], _ sign: @escaping @Sendable () -> Void) {
    guard let first = loops.first else { return }
    // Twice within the limit, as the manual recommends.
    first.after(limit / 2) { pass(to: loops.dropFirst(), of: loops, sign) }
  }

  private func pass(
    to rest: ArraySlice<EventLoop>, of loops: [EventLoop], _ sign: @escaping @Sendable () -> Void
  ) {
    if let next = rest.first {
      next.after(.zero) { pass(to: rest.dropFirst(), of: loops, sign) }
    } else {
      Task {
        sign()
        start(round: loops, sign)
      }
    }
  }
}
