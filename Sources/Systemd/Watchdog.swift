// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc

/// Tells systemd that the service is alive, for as long as a baton comes round all its loops and Swift's pool.
///
/// One that hangs stops the baton, and systemd starts the service anew.
///
/// - Source: sd_watchdog_enabled(3).
public struct Watchdog: Sendable {
  /// `WATCHDOG_USEC` is no number of microseconds.
  public struct Malformed: Error, Equatable, CustomStringConvertible {
    public let description = "WATCHDOG_USEC is not a number of microseconds above 0"
  }

  /// Within which systemd wants to hear something.
  public let limit: Duration

  /// - Returns: nil when nobody watches, or another process (`WATCHDOG_PID`).
  public init?(_ environment: [String: String]) throws(Malformed) {
    guard let text = environment["WATCHDOG_USEC"], !text.isEmpty else { return nil }
    if let process = environment["WATCHDOG_PID"], pid_t(process) != getpid() { return nil }
    guard let microseconds = Int64(text), microseconds > 0 else { throw Malformed() }
    limit = .microseconds(microseconds)
  }

  /// Begins, and goes on for as long as everything turns.
  ///
  /// - Parameter loops: one or more.
  public func start(round loops: [EventLoop], telling notifier: Notifier) {
    guard let first = loops.first else { return }
    // Twice within the limit, as the manual recommends.
    first.after(limit / 2) { pass(to: loops.dropFirst(), of: loops, notifier) }
  }

  private func pass(to rest: ArraySlice<EventLoop>, of loops: [EventLoop], _ notifier: Notifier) {
    if let next = rest.first {
      next.after(.zero) { pass(to: rest.dropFirst(), of: loops, notifier) }
    } else {
      Task {
        notifier.send(.watchdog)
        start(round: loops, telling: notifier)
      }
    }
  }
}
