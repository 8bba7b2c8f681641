// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SystemPackage

/// A file read as far as a limit, so that one without an end is no danger.
enum BoundedFile {
  /// - Returns: nil when the file cannot be read, holds more bytes, or is no UTF-8.
  static func text(_ path: String, limit: Int) -> String? {
    guard let file = unsafe try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else {
      return nil
    }
    defer { try? file.close() }
    let bytes = unsafe try? [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
      while count <= limit {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        let read = try unsafe file.read(into: rest)
        if read == 0 { break }
        count += read
      }
    }
    guard let bytes, bytes.count <= limit else { return nil }
    return String(bytes: bytes, encoding: .utf8)
  }
}
