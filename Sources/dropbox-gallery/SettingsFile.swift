// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A file of settings: `.env`, or the one that `--settings` names. `make run` reads it with this parser too.
///
/// Each line is empty, a comment that begins with `#`, or `NAME=value`, with `export ` before it or without. Spaces around
/// name and value do not count. A value may stand in single or double quotes; between them every character but the quote
/// is taken as it is, and without them too: nothing is expanded, a backslash is a backslash. All else is refused.
enum SettingsFile {
  /// In bytes.
  private static let limit = 1 << 20

  /// - Parameter isRequired: whether it is an error that the file does not exist.
  static func values(
    in path: String, isRequired: Bool
  ) throws(Settings.Failure) -> [String: String] {
    if !isRequired, !FileManager.default.fileExists(atPath: path) { return [:] }
    guard let text = BoundedFile.text(path, limit: limit) else {
      throw Settings.Failure(name: path, problem: "cannot be read")
    }
    return try values(of: text, named: path)
  }

  /// - Parameter name: of the file, for messages. They name the line as well, and never show a value.
  static func values(
    of text: String, named name: String
  ) throws(Settings.Failure) -> [String: String] {
    var values: [String: String] = [:]
    var places: [String: Int] = [:]
    // Other characters that Unicode counts as newlines are control characters, which are rejected.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      let number = index + 1
      let setting: (name: String, value: String)?
      do throws(Mistake) {
        setting = try parse(line)
      } catch {
        throw Settings.Failure(name: name, problem: "line \(number) \(error.rawValue)")
      }
      guard let setting else { continue }
      if let first = places.updateValue(number, forKey: setting.name) {
        throw Settings.Failure(
          name: setting.name, problem: "is set twice in \(name), on lines \(first) and \(number)")
      }
      values[setting.name] = setting.value
    }
    return values
  }

  private enum Mistake: String, Error {
    case form = "is not NAME=value"
    case quotes = "has quotes that do not match"
    case comment =
      "has a # that may begin a comment: put the value into quotes, or the comment on its own line"
    case control = "has a control character"
  }

  /// - Returns: nil for an empty line or a comment.
  private static func parse(
    _ line: Substring
  ) throws(Mistake) -> (name: String, value: String)? {
    var line = trimmed(line)
    if line.isEmpty || line.hasPrefix("#") { return nil }
    if line.hasPrefix("export"), line.dropFirst(6).first?.isWhitespace == true {
      line = line.dropFirst(6)
    }
    guard let equals = line.firstIndex(of: "=") else { throw .form }
    let name = String(trimmed(line[..<equals]))
    guard isName(name) else { throw .form }
    let value = trimmed(line[line.index(after: equals)...])
    guard
      value.unicodeScalars.allSatisfy({ $0 == "\t" || $0.properties.generalCategory != .control })
    else { throw .control }
    return (name, String(try unquoted(value)))
  }

  private static func unquoted(_ value: Substring) throws(Mistake) -> Substring {
    guard let first = value.first, let last = value.last else { return value }
    if isQuote(first) || isQuote(last) {
      let inner = value.dropFirst().dropLast()
      guard value.count > 1, first == last, !inner.contains(first) else { throw .quotes }
      return inner
    }
    let space = value.indices.first { index in
      value[index].isWhitespace && value[value.index(after: index)...].hasPrefix("#")
    }
    guard space == nil, first != "#" else { throw .comment }
    return value
  }

  private static func isQuote(_ character: Character) -> Bool {
    character == "\"" || character == "'"
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
