// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Synchronization

/// A folder that exists as long as this value is held, and at most until the process exits. Its path
/// is short enough for Unix sockets.
public final class TemporaryFolder: Sendable {
  /// An absolute path without a slash at its end, as in `/tmp/dbxg-1f0c3b5a97de2486`.
  public let path: String

  /// The folders that exist. Values in static properties are never released, so what is left is
  /// removed when the process exits.
  private static let existing: Mutex<Set<String>> = {
    atexit { TemporaryFolder.removeAll() }
    return Mutex([])
  }()

  public init() throws(TestFailure) {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    path = "\(parent)/dbxg-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    // Servers that root starts drop their privileges and must still be able to enter.
    try Self.make(path)
    Self.existing.withLock { [path] in _ = $0.insert(path) }
  }

  deinit {
    Self.remove(path)
    Self.existing.withLock { [path] in _ = $0.remove(path) }
  }

  private static func removeAll() {
    for path in existing.withLock({ $0 }) { remove(path) }
  }

  /// Tries again, because a server that ends at the same moment removes its socket itself, and a file
  /// that disappears while a folder is removed is an error.
  private static func remove(_ path: String) {
    for _ in 0..<20 {
      if (try? FileManager.default.removeItem(atPath: path)) != nil { return }
      guard FileManager.default.fileExists(atPath: path) else { return }
      usleep(10_000)
    }
  }

  /// The path of an entry, whether it exists or not.
  public func path(of name: String) -> String {
    "\(path)/\(name)"
  }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(
    _ bytes: some Sequence<UInt8>, to name: String
  ) throws(TestFailure) -> String {
    let path = path(of: name)
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      throw TestFailure("cannot write \(path): \(error)")
    }
    return path
  }

  /// Writes a text file and returns its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws(TestFailure) -> String {
    try write(text.utf8, to: name)
  }

  /// Makes a folder inside and returns its path.
  @discardableResult
  public func makeFolder(_ name: String) throws(TestFailure) -> String {
    let path = path(of: name)
    try Self.make(path)
    return path
  }

  private static func make(_ path: String) throws(TestFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    } catch {
      throw TestFailure("cannot make \(path): \(error)")
    }
  }
}
