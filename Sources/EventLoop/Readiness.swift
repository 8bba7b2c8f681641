// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// What a descriptor is watched for, and what it was found ready for.
///
/// - Source: epoll_ctl(2).
public struct Readiness: OptionSet, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  public static let readable = Readiness(rawValue: 1)
  public static let writable = Readiness(rawValue: 2)
  /// The peer is gone or the descriptor is broken; reported whether asked for or not.
  public static let hangUp = Readiness(rawValue: 4)
  /// The peer will send nothing more; it may still read.
  public static let halfClosed = Readiness(rawValue: 8)

  init(events: UInt32) {
    var found: Readiness = []
    if events & linux_epoll_in != 0 { found.insert(.readable) }
    if events & linux_epoll_out != 0 { found.insert(.writable) }
    if events & linux_epoll_hang_up != 0 { found.insert(.hangUp) }
    if events & linux_epoll_half_closed != 0 { found.insert(.halfClosed) }
    self = found
  }

  var events: UInt32 {
    var events: UInt32 = 0
    if contains(.readable) { events |= linux_epoll_in }
    if contains(.writable) { events |= linux_epoll_out }
    if contains(.halfClosed) { events |= linux_epoll_half_closed }
    return events
  }
}
