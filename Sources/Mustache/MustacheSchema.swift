// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a tag holds. `MustacheLibrary.check` compares templates with it before anything is rendered.
public indirect enum MustacheSchema: Sendable {
  /// A text or a number.
  case text
  /// A Boolean: a section of it adds no tags.
  case flag
  /// A value with tags of its own.
  case object([String: MustacheSchema])
  /// Any number of values that have this schema.
  case list(MustacheSchema)
  /// An object whose tags the caller checks. `{{words.title}}` passes, and a section of it adds no tags.
  case open

  /// The schema of a tag of this value. Returns `nil` if the value does not declare the tag.
  subscript(tag: String) -> MustacheSchema? {
    switch self {
    case .object(let tags): tags[tag]
    case .open: .text
    case .text, .flag, .list: nil
    }
  }

  /// What a section of this value adds to the scope. Returns `nil` if it adds nothing.
  var scope: MustacheSchema? {
    switch self {
    case .text, .object: self
    case .list(let element): element
    case .flag, .open: nil
    }
  }
}
