// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension MustacheLibrary {
  /// A tag that cannot be rendered where it stands.
  public struct CheckFailure: Error, CustomStringConvertible {
    /// The template that holds the tag.
    public let template: String
    /// As it is written: `{{#albums}}`.
    public let tag: String
    let problem: String

    public var description: String { "\(tag) \(problem)" }
  }

  /// Checks that a template, and every template that it includes, names only declared tags and existing templates.
  ///
  /// - Parameters:
  ///   - name: of a template of this library.
  ///   - schema: of the value that the template will be rendered with.
  public func check(_ name: String, against schema: MustacheSchema) throws(CheckFailure) {
    guard let template = templates[name] else { return }
    var check = TemplateCheck(library: self, scopes: [schema], included: [name])
    try check.visit(template.nodes, [:], in: name)
  }
}

private struct Tag {
  let text: String
  let template: String

  /// - Parameter kind: `#`, `^`, `>`, `<` or `$`; empty for a variable.
  init(_ kind: String, _ name: String, _ template: String) {
    text = "{{\(kind)\(name)}}"
    self.template = template
  }

  func failure(_ problem: String) -> MustacheLibrary.CheckFailure {
    .init(template: template, tag: text, problem: problem)
  }
}

/// Walks a template as the rendering does, with schemas instead of values.
private struct TemplateCheck {
  /// What replaces a block, and the template that wrote it.
  fileprivate struct Filling {
    let nodes: [MustacheTemplate.Node]
    let blocks: [String: Filling]
    let template: String
  }

  let library: MustacheLibrary
  /// The innermost last.
  var scopes: [MustacheSchema]
  /// The templates that include each other here, the outermost first.
  var included: [String]

  fileprivate mutating func visit(
    _ nodes: [MustacheTemplate.Node], _ blocks: [String: Filling], in template: String
  ) throws(MustacheLibrary.CheckFailure) {
    for node in nodes {
      switch node {
      case .text: break
      case .variable(let path, _):
        let tag = Tag("", path.text, template)
        switch try schema(of: path, tag) {
        case .text, .flag: break
        case .object, .list, .open: throw tag.failure("is a section, not a text")
        }
      case .section(let path, let isInverted, let inside):
        let scope = try schema(of: path, Tag(isInverted ? "^" : "#", path.text, template)).scope
        let added = isInverted ? nil : scope
        if let added { scopes.append(added) }
        try visit(inside, blocks, in: template)
        if added != nil { scopes.removeLast() }
      case .partial(let name):
        try include(name, [:], Tag(">", name, template))
      case .parent(let name, let ours):
        try visit(parent: name, ours, blocks, in: template)
      case .block(let name, let inside):
        try visit(inside, blocks, in: template)
        if let filling = blocks[name] {
          try visit(filling.nodes, filling.blocks, in: filling.template)
        }
      }
    }
  }

  private mutating func visit(
    parent name: String, _ ours: [String: [MustacheTemplate.Node]], _ blocks: [String: Filling],
    in template: String
  ) throws(MustacheLibrary.CheckFailure) {
    let known = library.blocks(of: name)
    for block in ours.keys.sorted() where !known.contains(block) {
      throw Tag("$", block, template).failure("is not a block of \(name)")
    }
    let fillings = ours.mapValues { Filling(nodes: $0, blocks: blocks, template: template) }
      .merging(blocks) { _, outer in outer }
    try include(name, fillings, Tag("<", name, template))
  }

  private mutating func include(
    _ name: String, _ blocks: [String: Filling], _ tag: Tag
  ) throws(MustacheLibrary.CheckFailure) {
    guard let nodes = library.templates[name]?.nodes else {
      throw tag.failure("names a template that does not exist")
    }
    guard !included.contains(name) else { throw tag.failure("makes a template include itself") }
    included.append(name)
    try visit(nodes, blocks, in: name)
    included.removeLast()
  }

  /// Looks a path up as the rendering does: the innermost scope that declares its first name decides.
  private func schema(
    of path: MustacheTemplate.Path, _ tag: Tag
  ) throws(MustacheLibrary.CheckFailure) -> MustacheSchema {
    guard let first = path.names.first else { return scopes[scopes.count - 1] }
    var found = scopes.lazy.reversed().compactMap { $0[first] }.first
    for name in path.names.dropFirst() { found = found?[name] }
    guard let found else { throw tag.failure("is not declared here") }
    return found
  }
}

extension MustacheLibrary {
  /// The blocks that a child of this template may replace, those of its own parents included.
  fileprivate func blocks(of name: String) -> Set<String> {
    var blocks: Set<String> = []
    var seen: Set<String> = []
    collectBlocks(of: name, into: &blocks, &seen)
    return blocks
  }

  private func collectBlocks(
    of name: String, into blocks: inout Set<String>, _ seen: inout Set<String>
  ) {
    guard seen.insert(name).inserted else { return }
    var rest = templates[name]?.nodes ?? []
    while let node = rest.popLast() {
      switch node {
      case .text, .variable, .partial: break
      case .section(_, _, let inside): rest += inside
      case .block(let name, let inside):
        blocks.insert(name)
        rest += inside
      case .parent(let parent, let ours):
        rest += ours.values.joined()
        collectBlocks(of: parent, into: &blocks, &seen)
      }
    }
  }
}
