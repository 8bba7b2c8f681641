// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TextFormats

extension JSON {
  func printed(escaping: JSONText.Escaping = .required) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    print(to: &bytes, escaping: escaping)
    return bytes
  }

  func print(to bytes: inout [UInt8], escaping: JSONText.Escaping) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let value): bytes.append(contentsOf: String(value).utf8)
    case .string(let value): JSONText.append(value, to: &bytes, escaping: escaping)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        value.print(to: &bytes, escaping: escaping)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        JSONText.append(member.name, to: &bytes, escaping: escaping)
        bytes.append(contentsOf: ": ".utf8)
        member.value.print(to: &bytes, escaping: escaping)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
