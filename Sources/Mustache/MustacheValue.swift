// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a tag can stand for: a text, a number, a truth, something with tags of its own, or several of these.
public protocol MustacheValue {
  /// What `{{tag}}` writes, not yet escaped.
  var text: String { get }
  /// What `{{#tag}}` does.
  var section: MustacheSection { get }
  /// What a tag inside `{{#tag}}`, or `{{tag.name}}`, stands for; nil lets the value around it answer.
  func child(named name: String) -> (any MustacheValue)?
}

/// How often a section is written, and about what.
public enum MustacheSection {
  case hidden
  /// Once, about what is around it.
  case shown
  /// Once about each.
  case each([any MustacheValue])
}

extension MustacheValue {
  public var section: MustacheSection { .each([self]) }

  public func child(named name: String) -> (any MustacheValue)? {
    nil
  }
}

/// A value that a variable writes: a text or a number.
public protocol MustacheScalar: MustacheValue {}

extension String: MustacheScalar {
  public var text: String { self }
}

extension Int: MustacheScalar {
  public var text: String { description }
}

extension Bool: MustacheValue {
  public var text: String { description }
  public var section: MustacheSection { self ? .shown : .hidden }
}

extension Array: MustacheValue where Element: MustacheValue {
  public var text: String { "" }
  public var section: MustacheSection { .each(self) }
}
