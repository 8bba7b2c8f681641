// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc

/// A file without a place on any disk, from which libfcgi reads one checked request.
///
/// - Source: memfd_create(2).
struct MemoryFile: ~Copyable, Sendable {
  private(set) var descriptor: CInt = -1
  private var byteCount = 0

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// To be told when somebody else has closed the file.
  mutating func wasClosed() {
    descriptor = -1
  }

  /// Replaces what the file held, and puts the position at its beginning.
  mutating func fill(with bytes: [UInt8]) throws(SystemError) {
    if descriptor < 0 {
      descriptor = unsafe linux_memory_file_create("request")
      guard descriptor >= 0 else { throw SystemError(call: "memfd_create") }
    } else if bytes.count < byteCount {
      guard ftruncate(descriptor, off_t(bytes.count)) == 0 else {
        throw SystemError(call: "ftruncate")
      }
    }
    byteCount = bytes.count
    guard unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      throw SystemError(call: "pwrite")
    }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError(call: "lseek") }
  }
}
