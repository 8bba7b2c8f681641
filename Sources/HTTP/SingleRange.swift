// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// One part of a representation, as `Range` asks for it: `bytes=0-99`, `bytes=100-`, `bytes=-100`.
///
/// - Source: RFC 9110, section 14.
public struct SingleRange: Sendable, Equatable {
  private let first: Int?
  private let last: Int?

  /// - Returns: nil for what a server is free to ignore, and then answers with the whole: another unit, several
  ///   ranges, numbers of more than 18 digits, nonsense.
  public init?(parsing field: String) {
    guard field.utf8.count <= 64, field.lowercased().hasPrefix("bytes=") else { return nil }
    let ends = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let from = Self.number(ends[0]), let to = Self.number(ends[1]) else {
      return nil
    }
    switch (from, to) {
    case (nil, nil): return nil
    case (let from?, let to?) where to < from: return nil
    default: (first, last) = (from, to)
    }
  }

  /// As in `Range`.
  public var field: String {
    "bytes=\(first.map(String.init) ?? "")-\(last.map(String.init) ?? "")"
  }

  /// Nil for what is no number; a number that is not there is one that is nil.
  private static func number(_ text: Substring) -> Int?? {
    guard text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return .some(Int(text))
  }
}

/// Which part of how many bytes an answer holds, as `Content-Range` says it: `bytes 0-99/1000`, or that there is no
/// such part: `bytes */1000`.
public struct ContentRange: Sendable, Equatable, CustomStringConvertible {
  /// Nil when nothing of it was asked for.
  public let part: ClosedRange<Int>?
  /// Nil when the answer does not say.
  public let size: Int?

  public init(part: ClosedRange<Int>?, size: Int?) {
    self.part = part
    self.size = size
  }

  /// - Returns: nil for text that contradicts itself or is none of the two.
  public init?(parsing field: String) {
    guard field.utf8.count <= 80, field.hasPrefix("bytes ") else { return nil }
    let sides = field.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
    guard sides.count == 2, let size = Self.numbers(sides[1], 1) else { return nil }
    self.size = size.first
    guard let ends = Self.numbers(sides[0], 2) else { return nil }
    guard let first = ends.first, let last = ends.last else {
      part = nil
      return
    }
    guard first <= last, last < self.size ?? .max else { return nil }
    part = first...last
  }

  /// Numbers of at most 18 digits with a hyphen between them; none for `*`, nil for anything else.
  private static func numbers(_ text: Substring, _ count: Int) -> [Int]? {
    if text == "*" { return [] }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      1...18 ~= part.utf8.count && part.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int(part) : nil
    }
    return parts.count == count && numbers.count == count ? numbers : nil
  }

  public var description: String {
    let bounds = part.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "*"
    return "bytes \(bounds)/\(size.map(String.init) ?? "*")"
  }
}
