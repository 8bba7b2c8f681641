// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Mustache

/// The tests of github.com/mustache/spec, as they stand in `Specification`.
struct Specification: Decodable {
  struct Example: Decodable, Sendable, CustomStringConvertible {
    let name: String
    let data: JSONValue
    let template: String
    let partials: [String: String]?
    let expected: String

    var description: String { name }
  }

  let tests: [Example]

  static func examples(_ file: String) throws -> [Example] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Specification/\(file).json"))
    return try JSONDecoder().decode(Specification.self, from: data).tests
  }
}

/// JSON, as a value that templates are filled from.
enum JSONValue: Decodable, Sendable, MustacheValue {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  var text: String {
    switch self {
    case .bool(let bool): bool.text
    case .number(let number): number == number.rounded() ? Int(number).text : "\(number)"
    case .string(let string): string
    case .null, .array, .object: ""
    }
  }

  var section: MustacheSection {
    switch self {
    case .null: .hidden
    case .bool(let bool): bool.section
    case .array(let array): array.section
    case .number, .string, .object: .each([self])
    }
  }

  func child(named name: String) -> (any MustacheValue)? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }
}
