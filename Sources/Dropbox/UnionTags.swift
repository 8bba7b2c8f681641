// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The tags of a union, from the outside in: `{".tag":"path","path":{".tag":"not_found"}}` is
/// `["path", "not_found"]`.
struct UnionTags {
  let tags: [String]
}

extension UnionTags: Decodable {
  init(from decoder: any Decoder) throws {
    var fields = try decoder.container(keyedBy: AnyKey.self)
    var tags: [String] = []
    // The union says by its tag under which key it goes on; a void member ends there.
    while tags.count < 4 {
      guard let tag = Self.word(try fields.decode(String.self, forKey: AnyKey(".tag"))) else {
        break
      }
      tags.append(tag)
      guard let inner = try? fields.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey(tag)),
        inner.contains(AnyKey(".tag"))
      else { break }
      fields = inner
    }
    self.tags = tags
  }

  /// Tags and scopes stand in logs, so only what looks like one is taken.
  static func word(_ text: String) -> String? {
    let isWord = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    return isWord && 1...64 ~= text.utf8.count ? text : nil
  }
}

/// A key that is known only when it is read.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ text: String) { stringValue = text }
  init?(stringValue text: String) { stringValue = text }
  init?(intValue: Int) { nil }
}
