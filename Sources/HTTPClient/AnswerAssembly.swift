// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// An answer as it arrives, in lines of its head and pieces of its body; knows the limits and no library.
///
/// Each function returns false when nothing more is wanted; `failure` then says why.
struct AnswerAssembly {
  /// The most bytes of all heads together: those of informational answers and the trailers count too.
  static let headLimit = 65_536

  private(set) var fields: HTTPFields = [:]
  private(set) var body: [UInt8] = []
  private(set) var failure: HTTPClientError?
  private(set) var isHeadComplete = false
  private let bodyLimit: Int
  private let hasBody: Bool
  private let isStreamed: Bool
  private var headCount = 0
  private var bodyCount = 0

  /// - Parameters:
  ///   - hasBody: false for the answer to HEAD, whose `Content-Length` announces nothing.
  ///   - isStreamed: the body is taken away while it arrives.
  init(bodyLimit: Int, hasBody: Bool, isStreamed: Bool = false) {
    self.bodyLimit = bodyLimit
    self.hasBody = hasBody
    self.isStreamed = isStreamed
  }

  /// Takes one line of a head with its line end: a status line, a field, or the empty line after them.
  mutating func receive(line: some Collection<UInt8>) -> Bool {
    headCount += line.count
    guard headCount <= Self.headLimit else { return fail(limit: Self.headLimit) }
    if line.starts(with: "HTTP/".utf8) {
      fields = [:]
      isHeadComplete = false
    } else if isHeadComplete {
      return true
    } else if line.first.map(Self.isLineEnd) ?? true {
      isHeadComplete = true
      return prepareBody()
    } else if let field = Self.field(line) {
      fields.append(field)
    }
    return true
  }

  /// Takes a piece of the body.
  mutating func receive(body bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count <= bodyLimit - bodyCount else { return fail(limit: bodyLimit) }
    bodyCount += bytes.count
    body.append(contentsOf: bytes)
    return true
  }

  /// Takes away what has come of the body; the limit goes on counting it.
  mutating func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }

  private mutating func prepareBody() -> Bool {
    guard hasBody, let announced = fields[.contentLength].flatMap(Int.init) else { return true }
    guard announced <= bodyLimit else { return fail(limit: bodyLimit) }
    if !isStreamed { body.reserveCapacity(max(0, min(announced, 1 << 20))) }
    return true
  }

  private mutating func fail(limit: Int) -> Bool {
    failure = .tooLarge(limit: limit)
    return false
  }

  /// A field, or nil for a line that is none: RFC 9112, section 5, leaves those to the recipient.
  private static func field(_ line: some Collection<UInt8>) -> HTTPField? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
    var value = Array(line[line.index(after: colon)...].drop(while: isSpace))
    while let last = value.last, isSpace(last) || isLineEnd(last) { value.removeLast() }
    return name.map { HTTPField(name: $0, lenientValue: value) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
  }
}
