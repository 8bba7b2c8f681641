// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A moment as logs write it: `2026-01-02T03:04:05.678Z`.
///
/// - Source: RFC 3339; days to dates as in Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
struct Timestamp: CustomStringConvertible {
  /// Since 1970.
  let milliseconds: Int64

  /// The wall clock.
  static func now() -> Timestamp {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  var description: String {
    let (days, rest) = Self.divide(milliseconds, by: 86_400_000)
    let (year, month, day) = Self.date(days)
    let seconds = rest / 1_000
    return """
      \(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))T\
      \(Self.digits(seconds / 3_600, 2)):\(Self.digits(seconds / 60 % 60, 2)):\
      \(Self.digits(seconds % 60, 2)).\(Self.digits(rest % 1_000, 3))Z
      """
  }

  /// The civil date of a day counted from 1970-01-01; years begin in March, so that the leap day is their last.
  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = divide(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  /// Rounded down, with a rest from 0 on: a clock may stand before 1970.
  private static func divide(_ number: Int64, by divisor: Int64) -> (Int64, Int64) {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }

  private static func digits(_ number: Int64, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
