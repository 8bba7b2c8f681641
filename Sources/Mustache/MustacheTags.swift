// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A value whose tags are declared in one table, from which both the check and the rendering read.
public protocol MustacheObject: MustacheValue, Sendable {
  static var tags: MustacheTags<Self> { get }
  /// The tags that a template of this value may name.
  static var schema: MustacheSchema { get }
}

extension MustacheObject {
  public static var schema: MustacheSchema { .object(tags.schemas) }
  public var text: String { "" }

  public func child(named name: String) -> (any MustacheValue)? {
    Self.tags.value(of: name, in: self)
  }
}

/// The tags of a type: the name of each, what it holds, and how its value is read.
public struct MustacheTags<Owner: Sendable>: Sendable {
  private struct Tag: Sendable {
    let schema: MustacheSchema
    let value: @Sendable (Owner) -> (any MustacheValue)?
  }

  private var tags: [String: Tag] = [:]

  /// - Parameter declare: calls `text`, `flag`, `object`, `list` and `open`, once for each tag.
  public init(_ declare: (inout MustacheTags) -> Void) {
    declare(&self)
  }

  public var schemas: [String: MustacheSchema] { tags.mapValues(\.schema) }

  /// The value of a tag. Returns `nil` for an undeclared tag, and an empty value for a declared tag without a value, so
  /// that no tag of an enclosing section takes its place.
  public func value(of name: String, in owner: Owner) -> (any MustacheValue)? {
    guard let tag = tags[name] else { return nil }
    return tag.value(owner) ?? AbsentValue()
  }

  /// Declares a text or a number.
  public mutating func text(
    _ name: String, _ value: @escaping @Sendable (Owner) -> (some MustacheScalar)?
  ) {
    declare(name, .text, value)
  }

  /// Declares a Boolean.
  public mutating func flag(_ name: String, _ value: @escaping @Sendable (Owner) -> Bool) {
    declare(name, .flag, value)
  }

  /// Declares a value with tags of its own.
  public mutating func object<Value: MustacheObject>(
    _ name: String, _ value: @escaping @Sendable (Owner) -> Value?
  ) {
    declare(name, Value.schema, value)
  }

  /// Declares a list of values with tags of their own.
  public mutating func list<Element: MustacheObject>(
    _ name: String, _ value: @escaping @Sendable (Owner) -> [Element]
  ) {
    declare(name, .list(Element.schema), value)
  }

  /// Declares an object whose tags the caller checks.
  public mutating func open(
    _ name: String, _ value: @escaping @Sendable (Owner) -> (some MustacheValue)?
  ) {
    declare(name, .open, value)
  }

  private mutating func declare(
    _ name: String, _ schema: MustacheSchema,
    _ value: @escaping @Sendable (Owner) -> (any MustacheValue)?
  ) {
    assert(tags[name] == nil, "\(Owner.self) declares \(name) twice")
    tags[name] = Tag(schema: schema, value: value)
  }
}

/// A declared tag without a value.
private struct AbsentValue: MustacheValue {
  var text: String { "" }
  var section: MustacheSection { .hidden }
}
