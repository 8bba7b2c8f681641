// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// A descriptor that lines are written to, by whoever may wait.
struct LogSink: Sendable {
  struct Failure {
    let rest: ArraySlice<UInt8>
    let reason: DroppedLines.Reason
  }

  let descriptor: CInt

  /// Writes all of it; waits for as long as nobody reads.
  ///
  /// - Returns: what could not be written, and why.
  func write(_ bytes: ArraySlice<UInt8>) -> Failure? {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      // Whoever started us made it so; somebody has to wait.
      case EAGAIN: waitForRoom()
      case ENOSPC, EDQUOT: return Failure(rest: rest, reason: .diskFull)
      default: return Failure(rest: rest, reason: .notWritable)
      }
    }
    return nil
  }

  private func waitForRoom() {
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe Glibc.poll(&poll, 1, -1)
  }
}
