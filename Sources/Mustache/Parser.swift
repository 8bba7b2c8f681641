// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a template from its first byte to its last.
struct Parser {
  /// What is open: a section, a block or a parent, with what came so far of its inside.
  private struct Level {
    let tag: Tag
    let line: Int
    var nodes: [MustacheTemplate.Node] = []
  }

  private struct Tag {
    /// `#`, `^`, `/`, `>`, `<`, `$`, `!`, `&`, `{`; 0 for a variable.
    let kind: UInt8
    let name: String
    /// From the first brace to behind the last.
    let range: Range<Int>

    var description: String {
      kind == 0 ? "{{\(name)}}" : "{{\(Character(Unicode.Scalar(kind)))\(name)}}"
    }
  }

  /// Deeper templates are refused, as rendering goes down one call for each level.
  private static let limit = 64

  private let bytes: [UInt8]
  private var position = 0
  private var levels: [Level]
  private(set) var names: Set<String> = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    levels = [Level(tag: Tag(kind: 0, name: "", range: 0..<0), line: 1)]
  }

  mutating func parse() throws(MustacheTemplate.Failure) -> [MustacheTemplate.Node] {
    while let start = find("{{", from: position) {
      let tag = try tag(at: start)
      let line = standaloneLine(of: tag)
      append(text: position..<(line?.lowerBound ?? start))
      position = line?.upperBound ?? tag.range.upperBound
      try take(tag)
    }
    append(text: position..<bytes.count)
    if levels.count > 1, let open = levels.last {
      throw MustacheTemplate.Failure(
        line: open.line, problem: "\(open.tag.description) is not closed")
    }
    return levels[0].nodes
  }

  private mutating func take(_ tag: Tag) throws(MustacheTemplate.Failure) {
    switch tag.kind {
    case UInt8(ascii: "!"): break
    case UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "<"):
      guard levels.count <= Self.limit else { throw failure("is nested too deep", tag) }
      levels.append(Level(tag: tag, line: lineNumber(at: tag.range.lowerBound)))
    case UInt8(ascii: "/"): try close(tag)
    case UInt8(ascii: ">"): append(.partial(tag.name))
    case UInt8(ascii: "="): throw failure("changes delimiters, which is not supported", tag)
    default:
      names.insert(tag.name)
      append(.variable(.init(tag.name), isEscaped: tag.kind == 0))
    }
  }

  private mutating func close(_ tag: Tag) throws(MustacheTemplate.Failure) {
    guard levels.count > 1, let level = levels.popLast() else {
      throw failure("closes nothing", tag)
    }
    guard level.tag.name == tag.name else {
      throw failure("stands where \(level.tag.description) is open", tag)
    }
    switch level.tag.kind {
    case UInt8(ascii: "$"): append(.block(tag.name, level.nodes))
    case UInt8(ascii: "<"):
      var blocks: [String: [MustacheTemplate.Node]] = [:]
      for case .block(let name, let nodes) in level.nodes { blocks[name] = nodes }
      append(.parent(tag.name, blocks))
    default:
      names.insert(tag.name)
      let isInverted = level.tag.kind == UInt8(ascii: "^")
      append(.section(.init(tag.name), isInverted: isInverted, level.nodes))
    }
  }

  private mutating func append(_ node: MustacheTemplate.Node) {
    levels[levels.count - 1].nodes.append(node)
  }

  private mutating func append(text range: Range<Int>) {
    if !range.isEmpty { append(.text(String(decoding: bytes[range], as: UTF8.self))) }
  }

  private func tag(at start: Int) throws(MustacheTemplate.Failure) -> Tag {
    let first = start + 2 < bytes.count ? bytes[start + 2] : 0
    let isKind = "#^/><$!&{=".utf8.contains(first)
    let end = first == UInt8(ascii: "{") ? "}}}" : "}}"
    guard let close = find(end, from: start + (isKind ? 3 : 2)) else {
      throw MustacheTemplate.Failure(
        line: lineNumber(at: start), problem: "a tag is not closed")
    }
    let name = String(decoding: bytes[(start + (isKind ? 3 : 2))..<close], as: UTF8.self)
    let range = start..<(close + end.utf8.count)
    let trimmed = name.split(whereSeparator: \.isWhitespace)
    let tag = Tag(kind: isKind ? first : 0, name: trimmed.joined(separator: " "), range: range)
    let takesAnything = first == UInt8(ascii: "!") || first == UInt8(ascii: "=")
    guard takesAnything || trimmed.count == 1 else {
      throw failure("does not hold one name", tag)
    }
    return tag
  }

  /// A tag that writes nothing itself takes its line along where it is alone on it.
  private func standaloneLine(of tag: Tag) -> Range<Int>? {
    let writes = tag.kind == 0 || tag.kind == UInt8(ascii: "{") || tag.kind == UInt8(ascii: "&")
    if writes { return nil }
    var start = tag.range.lowerBound
    while start > position, isBlank(bytes[start - 1]) { start -= 1 }
    guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
    var end = tag.range.upperBound
    while end < bytes.count, isBlank(bytes[end]) { end += 1 }
    guard end < bytes.count else { return start..<end }
    return bytes[end] == UInt8(ascii: "\n") ? start..<(end + 1) : nil
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private func find(_ mark: String, from start: Int) -> Int? {
    let count = mark.utf8.count
    var place = start
    while place + count <= bytes.count {
      if bytes[place..<(place + count)].elementsEqual(mark.utf8) { return place }
      place += 1
    }
    return nil
  }

  private func lineNumber(at place: Int) -> Int {
    bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
  }

  private func failure(_ problem: String, _ tag: Tag) -> MustacheTemplate.Failure {
    MustacheTemplate.Failure(
      line: lineNumber(at: tag.range.lowerBound), problem: "\(tag.description) \(problem)")
  }
}
