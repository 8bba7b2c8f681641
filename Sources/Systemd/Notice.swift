// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a service tells systemd about itself.
///
/// - Source: sd_notify(3).
public enum Notice: Equatable, Sendable {
  /// The start, or a reload, is complete.
  case ready
  /// A reload begins. The moment, of CLOCK_MONOTONIC, tells systemd from 253 on which reload this is.
  case reloading(microseconds: UInt64)
  /// The service has begun to stop.
  case stopping
  /// The service is alive; wanted within each `WATCHDOG_USEC`.
  case watchdog
  /// A sentence for `systemctl status`.
  case status(String)
  /// Descriptors that come along are to be kept, and passed to the process that comes next under this name.
  case store(name: String)
  /// What was kept under this name has been taken over, and is to be kept no longer.
  case forget(name: String)
  /// The descriptor that comes along is to be closed once everything before was read.
  case barrier

  /// The assignments as they travel, a line each.
  var text: String {
    switch self {
    case .ready: "READY=1"
    case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
    case .stopping: "STOPPING=1"
    case .watchdog: "WATCHDOG=1"
    // A line break would begin another assignment.
    case .status(let text): "STATUS=" + text.prefix(400).filter { !$0.isNewline && $0 != "\0" }
    case .store(let name): "FDSTORE=1\nFDNAME=\(name)"
    case .forget(let name): "FDSTOREREMOVE=1\nFDNAME=\(name)"
    case .barrier: "BARRIER=1"
    }
  }
}
