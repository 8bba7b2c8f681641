// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import FastCGI
import Glibc
import Logging
import Synchronization
import Systemd

/// Signals, systemd and the kernel's alarm: what the service is told while it runs, and what it tells.
struct Supervision: Sendable {
  static let stopSignals = [SIGTERM, SIGINT]
  static let reloadSignals = [SIGHUP]

  /// As long as our unit gives the service.
  static let alarmSeconds: UInt32 = 30

  private let notifier: Notifier?
  private let watchdog: Watchdog?
  /// Whether the kernel ends this process when it hangs.
  private let hasAlarm: Bool
  private let logger: Logger

  /// - Parameter hasAlarm: another process takes this one's place when it ends, and does not notice when it hangs.
  init(_ environment: [String: String], hasAlarm: Bool, logger: Logger) throws {
    notifier = try Notifier(environment)
    let own = hasAlarm ? Watchdog(limit: .seconds(Self.alarmSeconds)) : nil
    watchdog = try Watchdog(environment) ?? own
    self.hasAlarm = hasAlarm
    self.logger = logger
  }

  /// The service can answer from now on.
  func begin(loops: [EventLoop]) {
    // systemd holds copies, which would keep a connection open that is closed here.
    if let notifier, notifier.canStore { notifier.send(.forget(name: LaunchMode.storeName)) }
    notifier?.send(.ready, .status("serving"))
    guard let watchdog else { return }
    let sign: @Sendable () -> Void = { [notifier, hasAlarm] in
      notifier?.send(.watchdog)
      // Whole seconds, and the baton comes after half the limit.
      if hasAlarm { alarm(UInt32(min(3600, (watchdog.limit / .seconds(1)).rounded(.up)))) }
    }
    sign()
    watchdog.start(round: loops, sign)
  }

  /// - Parameter reload: returns what was wrong, in one line.
  func reload(_ reload: () async -> String?) async {
    notifier?.send(.reloading(microseconds: Self.monotonicMicroseconds()))
    if let problem = await reload() {
      logger.error("reload refused, the service goes on as it was: \(problem)")
      notifier?.send(.ready, .status("serving as before, the reload was refused: \(problem)"))
    } else {
      logger.notice("reloaded")
      notifier?.send(.ready, .status("serving"))
    }
  }

  /// Stops a server; it leaves kept connections to systemd where there is a store.
  func stop(_ server: FastCGIServer<CurrentApplication>, within limit: Duration) {
    notifier?.send(.stopping, .status("answering what is in flight"))
    guard let notifier, notifier.canStore else { return server.stop(deadline: limit) }
    server.stop(deadline: limit) { descriptors in
      notifier.send(.store(name: LaunchMode.storeName), descriptors: descriptors)
    }
  }

  /// The last thing: until systemd has read what was sent.
  func end() {
    if hasAlarm { alarm(0) }
    if let notifier, notifier.canStore { notifier.flush() }
  }

  private static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
  }
}
