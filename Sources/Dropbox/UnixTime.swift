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

extension UnixTime: CustomStringConvertible {
  /// `2026-01-02T03:04:05Z`: the form that Dropbox writes, and `parsing:` reads.
  public var description: String {
    let (day, second) = seconds.quotientAndRemainder(floor: 86_400)
    // The year begins in March, and 400 of them are an era, as in `daysSince1970`.
    let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(floor: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return
      "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
      + "T\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }

  private func padded(_ number: Int64, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

extension Int64 {
  /// The quotient rounded down and a remainder that is never negative; the divisor is above 1.
  fileprivate func quotientAndRemainder(floor divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
