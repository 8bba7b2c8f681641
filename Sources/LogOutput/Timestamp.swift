// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import TextFormats

/// A moment as logs write it: `2026-01-02T03:04:05.678Z`.
///
/// - Source: RFC 3339.
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
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(to bytes: inout [UInt8]) {
    ISO8601.append(milliseconds: milliseconds, to: &bytes)
  }
}
