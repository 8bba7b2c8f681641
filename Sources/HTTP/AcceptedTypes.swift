// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// The media types that an `Accept` field names.
///
/// - Source: RFC 9110, section 12.5.1.
public struct AcceptedTypes: Sendable {
  /// More ranges than this are not looked at.
  private static let limit = 64

  /// By type in lower case, in thousandths; ranges that cannot be read are left out.
  private var qualities: [String: Int] = [:]

  public init(of fields: HTTPFields) {
    let text = fields[values: .accept].joined(separator: ",")
    for range in text.split(separator: ",", maxSplits: Self.limit).prefix(Self.limit) {
      let parts = range.split(separator: ";").map { $0.trimmed.lowercased() }
      guard let type = parts.first, let quality = Self.quality(in: parts.dropFirst())
      else { continue }
      qualities[type] = max(quality, qualities[type] ?? 0)
    }
  }

  /// Whether a type is asked for by its name, and rather than another one. `*/*` asks for nothing in particular.
  public func prefers(_ type: String, to other: String) -> Bool {
    (qualities[type] ?? 0) > (qualities[other] ?? 0)
  }

  /// - Returns: 1000 where there is none; nil for one that cannot be read.
  private static func quality(in parameters: ArraySlice<String>) -> Int? {
    guard let parameter = parameters.first(where: { $0.hasPrefix("q=") }) else { return 1000 }
    guard let number = Double(parameter.dropFirst(2)), 0...1 ~= number else { return nil }
    return Int(number * 1000)
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return start[...end]
  }
}
