// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

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
    guard let data = BoundedFile.contents(path, limit: limit),
      let text = String(data: data, encoding: .utf8)
    else { throw Settings.Failure(name: path, problem: "cannot be read") }
    return try values(of: text, named: path)
  }

  static func values(
    of text: String, named name: String
  ) throws(Settings.Failure) -> [String: String] {
    var values: [String: String] = [:]
    var places: [String: Int] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = parts[0].trimmingCharacters(in: .whitespaces)
      guard let value = parts.last, parts.count == 2, isName(key) else {
        throw Settings.Failure(name: name, problem: "line \(index + 1) is not NAME=value")
      }
      if let first = places.updateValue(index + 1, forKey: key) {
        throw Settings.Failure(
          name: key, problem: "is set twice in \(name), on lines \(first) and \(index + 1)")
      }
      values[key] = value.trimmingCharacters(in: .whitespaces)
    }
    return values
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
  /// - Returns: nil when the file cannot be read, or holds more bytes.
  static func contents(_ path: String, limit: Int) -> Data? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: limit + 1) ?? Data(), data.count <= limit else {
      return nil
    }
    return data
  }
}
