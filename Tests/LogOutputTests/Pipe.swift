// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TestSupport

/// A pipe as standard error may be one: somebody reads it, or nobody does.
final class Pipe: Sendable {
  let readEnd: CInt
  let writeEnd: CInt

  /// - Parameter isFull: whether there is no room for another byte.
  init(isFull: Bool = false) throws(TestFailure) {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw TestFailure("pipe: errno \(errno)") }
    (readEnd, writeEnd) = (ends[0], ends[1])
    guard isFull else { return }
    _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK)
    let dots = [UInt8](repeating: UInt8(ascii: "."), count: 4_096)
    while unsafe write(writeEnd, dots, dots.count) > 0 {}
    _ = fcntl(writeEnd, F_SETFL, 0)
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// From now on nobody will ever read it.
  func closeReadEnd() {
    // The number stays taken.
    dup2(writeEnd, readEnd)
  }

  /// What has been written so far and was not read.
  func text() -> String {
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe read(readEnd, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }

  /// Waits until what was written has this in it.
  func text(with part: String, within limit: Duration = .seconds(10)) async throws(TestFailure)
    -> String
  {
    let end = ContinuousClock.now + limit
    var all = ""
    while !all.contains(part) {
      guard ContinuousClock.now < end else { throw TestFailure("no “\(part)” in “\(all)”") }
      all += text()
      await TestLoop.pause(.milliseconds(2))
    }
    return all
  }
}
