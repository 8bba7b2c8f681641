// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the argument of a route strictly: each key by its type, and no key left over.
struct Arguments {
  /// Where the argument stood, for the text of a refusal.
  let place: String
  private var members: [JSON.Member]

  init(_ json: JSON, in place: String) throws(Refusal) {
    guard case .object(let members) = json else {
      throw .badRequest("\(place): expected object, got \(json.kind)")
    }
    self.place = place
    self.members = members
  }

  /// Removes and returns a member; null counts as absent.
  mutating func take(_ name: String) -> JSON? {
    guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
    let value = members.remove(at: index).value
    return value == .null ? nil : value
  }

  mutating func required(_ name: String) throws(Refusal) -> JSON {
    guard let value = take(name) else {
      throw .badRequest("\(place): missing required field '\(name)'")
    }
    return value
  }

  mutating func string(_ name: String) throws(Refusal) -> String {
    let value = try required(name)
    guard case .string(let string) = value else { throw mismatch(name, "string", value) }
    return string
  }

  mutating func bool(_ name: String, default standard: Bool) throws(Refusal) -> Bool {
    guard let value = take(name) else { return standard }
    guard case .bool(let bool) = value else { throw mismatch(name, "boolean", value) }
    return bool
  }

  mutating func integer(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int? {
    guard let value = take(name) else { return nil }
    guard case .integer(let integer) = value else { throw mismatch(name, "integer", value) }
    guard range.contains(integer) else {
      throw .badRequest(
        "\(place): \(name): \(integer) is not within [\(range.lowerBound), \(range.upperBound)]")
    }
    return Int(integer)
  }

  /// A union without values: a plain string or an object with nothing but `.tag`.
  mutating func tag<Tag: RawRepresentable<String>>(
    _ name: String, default standard: Tag
  ) throws(Refusal) -> Tag {
    guard let value = take(name) else { return standard }
    let text: String
    switch value {
    case .string(let string): text = string
    case .object(let members) where members.count == 1: text = value[".tag"]?.string ?? ""
    default: throw mismatch(name, "union", value)
    }
    guard let tag = Tag(rawValue: text) else {
      throw .badRequest("\(place): \(name): invalid tag '\(text)'")
    }
    return tag
  }

  func finish() throws(Refusal) {
    if let extra = members.first {
      throw .badRequest("\(place): unexpected key '\(extra.name)'")
    }
  }

  private func mismatch(_ name: String, _ wanted: String, _ value: JSON) -> Refusal {
    .badRequest("\(place): \(name): expected \(wanted), got \(value.kind)")
  }
}
