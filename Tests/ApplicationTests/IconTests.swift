// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The icons of the gallery in tabs, on phones and at Dropbox.
@Suite
struct IconTests {
  /// Width and height of a PNG, from its first chunk.
  private func size(ofPNG bytes: [UInt8]) throws -> [Int] {
    try #require(bytes.count > 24 && bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    return [16, 20].map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  /// The sizes 64 and 128 are for the Dropbox App Console; no page names them.
  @Test(arguments: [
    ("icon-64", 64), ("icon-128", 128), ("icon-192", 192), ("icon-512", 512),
    ("apple-touch-icon", 180),
  ])
  func `an icon has its size`(name: String, side: Int) throws {
    let path = TestService.root + "/public/icons/\(name).png"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    #expect(try size(ofPNG: bytes) == [side, side])
  }
}
