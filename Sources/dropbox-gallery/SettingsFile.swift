// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SystemPackage

/// A file of settings, `NAME=value` on each line; lines that begin with `#`, and empty ones, say nothing.
///
/// Stricter than others of its kind: a line that says nothing clear, or a name that stands there twice, is refused.
enum SettingsFile {
  private static let limit = 1 << 20

  /// - Parameter isRequired: whether it is a mistake that there is no such file.
  static func values(
    in path: String, isRequired: Bool
  ) throws(Settings.Failure) -> [String: String] {
    if !isRequired, !FileManager.default.fileExists(atPath: path) { return [:] }
    guard let text = BoundedFile.text(path, limit: limit) else {
      throw Settings.Failure(name: path, problem: "cannot be read")
    }
    return try values(of: text, named: path)
  }

  static func values(
    of text: String, named name: String
  ) throws(Settings.Failure) -> [String: String] {
    var values: [String: String] = [:]
    var places: [String: Int] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(trimmed(parts[0]))
      guard let value = parts.last, parts.count == 2, isName(key) else {
        throw Settings.Failure(name: name, problem: "line \(index + 1) is not NAME=value")
      }
      if let first = places.updateValue(index + 1, forKey: key) {
        throw Settings.Failure(
          name: key, problem: "is set twice in \(name), on lines \(first) and \(index + 1)")
      }
      values[key] = String(trimmed(value))
    }
    return values
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}

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
