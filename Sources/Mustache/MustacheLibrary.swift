// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Templates that name each other.
public struct MustacheLibrary: Sendable {
  let templates: [String: MustacheTemplate]
  let escape: @Sendable (String) -> String

  /// - Parameters:
  ///   - templates: by the names under which they know each other.
  ///   - escape: makes of a text what may stand where `{{tag}}` does.
  public init(
    _ templates: [String: MustacheTemplate], escape: @escaping @Sendable (String) -> String
  ) {
    self.templates = templates
    self.escape = escape
  }

  /// Whether there is a template of this name.
  public func contains(_ name: String) -> Bool {
    templates[name] != nil
  }

  /// The text of a template about a value; nil if there is no such template.
  public func render(_ value: any MustacheValue, withTemplate name: String) -> String? {
    guard let template = templates[name] else { return nil }
    var rendering = Rendering(library: self, stack: [value])
    rendering.write(template.nodes, [:])
    return rendering.output
  }
}

/// What stands in the place of a block, and of the blocks in it where it was written.
private struct Filling {
  let nodes: [MustacheTemplate.Node]
  let blocks: [String: Filling]
}

/// One text in the making. A tag without a value writes nothing, and so does a template that is not there.
private struct Rendering {
  /// Templates, blocks and sections inside each other; deeper ones write nothing, as some would never end.
  private static let limit = 128

  let library: MustacheLibrary
  /// The innermost last.
  var stack: [any MustacheValue]
  var output = ""
  private var depth = 0

  init(library: MustacheLibrary, stack: [any MustacheValue]) {
    self.library = library
    self.stack = stack
  }

  /// - Parameter blocks: what stands in the place of blocks of this name.
  mutating func write(_ nodes: [MustacheTemplate.Node], _ blocks: [String: Filling]) {
    guard depth < Self.limit else { return }
    depth += 1
    defer { depth -= 1 }
    for node in nodes {
      switch node {
      case .text(let text): output += text
      case .variable(let path, let isEscaped):
        guard let text = value(at: path)?.text else { continue }
        output += isEscaped ? library.escape(text) : text
      case .section(let path, let isInverted, let inside):
        write(section: value(at: path)?.section ?? .hidden, isInverted, inside, blocks)
      case .partial(let name): write(library.templates[name]?.nodes ?? [], [:])
      case .parent(let name, let ours):
        // Who is further out has the last word.
        let fillings = ours.mapValues { Filling(nodes: $0, blocks: blocks) }
          .merging(blocks) { _, outer in outer }
        write(library.templates[name]?.nodes ?? [], fillings)
      case .block(let name, let inside):
        let filling = blocks[name] ?? Filling(nodes: inside, blocks: blocks)
        write(filling.nodes, filling.blocks)
      }
    }
  }

  private mutating func write(
    section: MustacheSection, _ isInverted: Bool, _ inside: [MustacheTemplate.Node],
    _ blocks: [String: Filling]
  ) {
    switch section {
    case .hidden: if isInverted { write(inside, blocks) }
    case .shown: if !isInverted { write(inside, blocks) }
    case .each(let values) where isInverted: if values.isEmpty { write(inside, blocks) }
    case .each(let values):
      for value in values {
        stack.append(value)
        write(inside, blocks)
        stack.removeLast()
      }
    }
  }

  private func value(at path: MustacheTemplate.Path) -> (any MustacheValue)? {
    guard let first = path.names.first else { return stack.last }
    for candidate in stack.reversed() {
      guard var found = candidate.child(named: first) else { continue }
      for name in path.names.dropFirst() {
        guard let next = found.child(named: name) else { return nil }
        found = next
      }
      return found
    }
    return nil
  }
}
