// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

@testable import Gallery

struct PictureOrderTests {
  @Test(arguments: [
    (PictureOrder.newest, "c b2 b10 a d"), (.oldest, "d a b2 b10 c"), (.name, "a b2 b10 c d"),
    (.nameDown, "d c b10 b2 a"),
  ])
  func `pictures are sorted by time or name, those of one second by name`(
    order: PictureOrder, names: String
  ) throws {
    let pictures = [
      try Picture.made("a", at: 2), try .made("b10", at: 3), try .made("b2", at: 3),
      try .made("c", at: 4), try .made("d", at: -1),
    ]
    for _ in 0..<8 {
      #expect(order.sorted(pictures.shuffled()).map(\.name).joined(separator: " ") == names)
    }
  }

  @Test(arguments: PictureOrder.allCases)
  func `pictures that are alike have an order too`(order: PictureOrder) throws {
    let pictures = try (0..<9).map { try Picture.made("a", at: 1, id: "id:\($0)") }
    let sorted = order.sorted(pictures)
    for _ in 0..<8 { #expect(order.sorted(pictures.shuffled()) == sorted) }
  }
}

extension Picture {
  /// A picture for a test.
  static func made(_ name: String, at seconds: Int64, id: String? = nil) throws -> Picture {
    Picture(
      id: try #require(FileID(id ?? "id:" + name)), rev: try #require(Rev("0123456789")),
      name: name, modified: UnixTime(seconds: seconds), size: 1)
  }
}
