// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A text with tags, parsed.
///
/// Variables, sections, comments, partials and inheritance of the specification. Left out: other delimiters, lambdas,
/// names that are looked up, and the indentation of partials and blocks, which HTML does not show.
///
/// - Source: github.com/mustache/spec.
public struct MustacheTemplate: Sendable {
  /// A template that cannot be parsed.
  public struct Failure: Error, CustomStringConvertible {
    /// From 1.
    let line: Int
    let problem: String

    public var description: String { "line \(line): \(problem)" }
  }

  indirect enum Node: Sendable {
    case text(String)
    case variable(Path, isEscaped: Bool)
    case section(Path, isInverted: Bool, [Node])
    case partial(String)
    /// Another template, with blocks of it replaced.
    case parent(String, [String: [Node]])
    case block(String, [Node])
  }

  /// `a.b.c`; empty for `.`, the value that a section is about.
  struct Path: Sendable {
    let names: [String]

    init(_ text: String) {
      names = text == "." ? [] : text.split(separator: ".").map(String.init)
    }

    /// As it is written in a tag.
    var text: String { names.isEmpty ? "." : names.joined(separator: ".") }
  }

  let nodes: [Node]
  /// The variables and sections, each once, as in `words.title`.
  public let names: Set<String>

  public init(parsing text: String) throws(Failure) {
    var parser = Parser(text)
    nodes = try parser.parse()
    names = parser.names
  }
}
