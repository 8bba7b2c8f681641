// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

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

extension UnixTime {
  /// Parses the one form that Dropbox writes: `2026-01-02T03:04:05Z`, 20 ASCII characters.
  ///
  /// - Returns: nil for any other form, and for dates that no calendar has.
  public init?(parsing text: String) {
    guard let seconds = Self.seconds(in: text.utf8Span.span) else { return nil }
    self.seconds = seconds
  }

  private static func seconds(in text: Span<UInt8>) -> Int64? {
    guard text.count == 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      text[19] == UInt8(ascii: "Z"),
      let year = number(in: text, 0..<4), let month = number(in: text, 5..<7),
      let day = number(in: text, 8..<10), let hour = number(in: text, 11..<13),
      let minute = number(in: text, 14..<16), let second = number(in: text, 17..<19),
      1...12 ~= month, 1...daysOf(month, in: year) ~= day, hour < 24, minute < 60, second < 60
    else { return nil }
    return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
  }

  private static func number(in text: Span<UInt8>, _ places: Range<Int>) -> Int64? {
    var number: Int64 = 0
    for place in places {
      let digit = text[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int64(digit)
    }
    return number
  }

  private static func daysOf(_ month: Int64, in year: Int64) -> Int64 {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days of the proleptic Gregorian calendar; the year begins in March so that a leap day comes last.
  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
