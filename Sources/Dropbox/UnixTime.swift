// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import TextFormats

/// A moment of the wall clock, in whole seconds since 1970-01-01T00:00:00Z.
public struct UnixTime: Sendable, Hashable, Comparable {
  public let seconds: Int64

  public init(seconds: Int64) {
    self.seconds = seconds
  }

  /// What the machine's clock says.
  public static func now() -> UnixTime {
    UnixTime(seconds: Int64(exactly: Date().timeIntervalSince1970.rounded(.down)) ?? .max)
  }

  /// This moment moved; stops at the ends of what can be said.
  public func advanced(bySeconds distance: Int64) -> UnixTime {
    let (sum, overflow) = seconds.addingReportingOverflow(distance)
    return UnixTime(seconds: overflow ? (distance < 0 ? .min : .max) : sum)
  }

  public static func < (left: UnixTime, right: UnixTime) -> Bool {
    left.seconds < right.seconds
  }
}

extension UnixTime: CustomStringConvertible {
  /// Parses the one form that Dropbox writes: `2026-01-02T03:04:05Z`, 20 ASCII characters.
  ///
  /// - Returns: nil for any other form, and for dates that no calendar has.
  public init?(parsing text: String) {
    guard let seconds = ISO8601.seconds(parsing: text) else { return nil }
    self.seconds = seconds
  }

  /// `2026-01-02T03:04:05Z`: the form that Dropbox writes, and `parsing:` reads.
  public var description: String { ISO8601.text(seconds: seconds) }
}
