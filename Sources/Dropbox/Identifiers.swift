// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The lasting name of a file or folder: `id:` and 1…64 letters, digits, `-` and `_`.
///
/// It stays when the file is renamed, moved or overwritten.
public struct FileID: Sendable, Hashable, CustomStringConvertible {
  /// With the prefix: `id:AbCdEfGhIjkAAAAAAAAABQ`.
  public let value: String
  public var description: String { value }

  public init?(_ text: String) {
    guard text.isToken(after: "id:", count: 1...64) else { return nil }
    value = text
  }
}

/// One state of a file's content: 9…64 lower-case hexadecimal digits.
public struct Rev: Sendable, Hashable, CustomStringConvertible {
  public let value: String
  public var description: String { value }

  public init?(_ text: String) {
    guard 9...64 ~= text.utf8.count, text.utf8.allSatisfy(\.isLowercaseHexDigit) else { return nil }
    value = text
  }
}

/// The lasting name of a person's account: `dbid:` and 1…64 letters, digits, `-` and `_`.
public struct AccountID: Sendable, Hashable, CustomStringConvertible {
  /// With the prefix; 40 characters today.
  public let value: String
  public var description: String { value }

  public init?(_ text: String) {
    guard text.isToken(after: "dbid:", count: 1...64) else { return nil }
    value = text
  }
}

/// Where a listing goes on: opaque to everybody but Dropbox, 1…8192 printable ASCII characters.
public struct Cursor: Sendable, Hashable {
  public let value: String

  public init?(_ text: String) {
    guard 1...8192 ~= text.utf8.count, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      return nil
    }
    value = text
  }
}

/// A file or folder as it is now, or one state of a file.
public enum FileReference: Sendable, Hashable {
  case id(FileID)
  case rev(Rev)
  /// What lies there at the moment; not the root.
  case path(FolderPath)

  /// As the API takes it: `id:…`, `rev:…` or `/…`.
  var path: String {
    switch self {
    case .id(let id): id.value
    case .rev(let rev): "rev:\(rev.value)"
    case .path(let path): path.value
    }
  }

  /// Whether an answer can be of this file, by what it says of itself. A path says what lies there, not which file is
  /// meant.
  func mayBe(rev: Rev?, id: FileID?) -> Bool {
    switch self {
    case .id(let own): id ?? own == own
    case .rev(let own): rev ?? own == own
    case .path: true
    }
  }
}

extension String {
  fileprivate func isToken(after prefix: String, count: ClosedRange<Int>) -> Bool {
    guard hasPrefix(prefix) else { return false }
    let token = utf8.dropFirst(prefix.utf8.count)
    return count ~= token.count && token.allSatisfy(\.isTokenCharacter)
  }
}

extension UInt8 {
  fileprivate var isLowercaseHexDigit: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
  }

  fileprivate var isTokenCharacter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default:
      false
    }
  }
}
