// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Mustache

/// A value to fill a template from, as short as it can be written: `["name": "Ana", "friends": [["name": "Ben"]]]`.
enum Datum: MustacheValue, Sendable {
  case none
  case truth(Bool)
  case number(Int)
  case string(String)
  case list([Datum])
  case record([String: Datum])

  var text: String {
    switch self {
    case .truth(let truth): truth.text
    case .number(let number): number.text
    case .string(let string): string
    case .none, .list, .record: ""
    }
  }

  var section: MustacheSection {
    switch self {
    case .none: .hidden
    case .truth(let truth): truth.section
    case .list(let list): list.section
    case .number, .string, .record: .each([self])
    }
  }

  func child(named name: String) -> (any MustacheValue)? {
    guard case .record(let members) = self else { return nil }
    return members[name]
  }
}

extension Datum: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(nilLiteral: ()) { self = .none }
  init(booleanLiteral value: Bool) { self = .truth(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(stringLiteral value: String) { self = .string(value) }
  init(arrayLiteral elements: Datum...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Datum)...) {
    self = .record(Dictionary(elements) { $1 })
  }
}
