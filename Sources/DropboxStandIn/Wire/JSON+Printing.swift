// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Which characters may stand for themselves in printed JSON.
enum JSONCharacters {
  /// UTF-8, for bodies.
  case unicode
  /// U+0020 to U+007E, the rest as `\uXXXX`, for the headers `Dropbox-API-Arg` and `-Result`.
  case ascii
}

extension JSON {
  func printed(in characters: JSONCharacters = .unicode) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    print(to: &bytes, in: characters)
    return bytes
  }

  func print(to bytes: inout [UInt8], in characters: JSONCharacters) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let value): bytes.append(contentsOf: String(value).utf8)
    case .string(let value): JSON.print(value, to: &bytes, in: characters)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        value.print(to: &bytes, in: characters)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        JSON.print(member.name, to: &bytes, in: characters)
        bytes.append(contentsOf: ": ".utf8)
        member.value.print(to: &bytes, in: characters)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func print(
    _ string: String, to bytes: inout [UInt8], in characters: JSONCharacters
  ) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: "\\\"".utf8)
      case "\\": bytes.append(contentsOf: "\\\\".utf8)
      case "\n": bytes.append(contentsOf: "\\n".utf8)
      case " "..."~": bytes.append(UInt8(ascii: scalar))
      case _ where characters == .unicode && scalar.value > 0x7F:
        bytes.append(contentsOf: String(scalar).utf8)
      default:
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16)
          bytes.append(contentsOf: "\\u".utf8)
          bytes.append(contentsOf: String(repeating: "0", count: 4 - hex.utf8.count).utf8)
          bytes.append(contentsOf: hex.utf8)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
