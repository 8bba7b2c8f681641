// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// The entity tags that an `If-None-Match` field names.
///
/// Compared weakly: a web server that compresses an answer makes its tag a weak one.
///
/// - Source: RFC 9110, sections 8.8.3.2 and 13.1.2.
public struct EntityTags: Sendable {
  private let tags: [Substring]

  /// Longer fields than 4 KiB name none.
  public init(of fields: HTTPFields) {
    let text = fields[values: .ifNoneMatch].joined(separator: ",")
    guard text.utf8.count <= 4096 else {
      tags = []
      return
    }
    // None of our tags has a comma in it.
    tags = text.split(ascii: ",").map { Self.opaque($0.drop(while: { $0 == " " })) }
  }

  /// Whether the tag or `*` is named.
  ///
  /// - Parameter tag: of what is there, with its quotation marks: `"abc"`.
  public func contains(_ tag: String) -> Bool {
    names(tag) || tags.contains("*")
  }

  /// Whether the tag itself is named. `*` stands for whatever is there, and only who has looked knows whether anything is.
  public func names(_ tag: String) -> Bool {
    tags.contains(Self.opaque(tag[...]))
  }

  private static func opaque(_ tag: Substring) -> Substring {
    let tag = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    let trailing = tag.reversed().prefix { $0 == " " || $0 == "\t" }.count
    return tag.dropLast(trailing)
  }
}
