// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import Testing

/// Pictures that no browser, or not every one, shows by itself.
@Suite
struct OldFormatsTests {
  private static let width = 64
  private static let height = 48
  private static let pixels = Data((0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0) })

  /// Numbers of two or four bytes, the lowest first.
  private static func bytes(_ numbers: [(Int, bytes: Int)]) -> Data {
    Data(
      numbers.flatMap { number, count in
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
      })
  }

  /// 24 bits for each pixel, as Windows 3 wrote it.
  private static let bmp =
    Data("BM".utf8)
    + bytes([
      (54 + pixels.count, 4), (0, 4), (54, 4), (40, 4), (width, 4), (height, 4), (1, 2), (24, 2),
      (0, 4), (pixels.count, 4), (2835, 4), (2835, 4), (0, 4), (0, 4),
    ]) + pixels

  /// One strip of RGB, not compressed (TIFF 6.0, section 6).
  private static let tiff: Data = {
    let fields = [
      (256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 134), (259, 3, 1, 1), (262, 3, 1, 2),
      (273, 4, 1, 140), (277, 3, 1, 3), (278, 3, 1, height), (279, 4, 1, pixels.count),
      (284, 3, 1, 1),
    ]
    let entries = fields.flatMap { tag, type, count, value in
      [(tag, bytes: 2), (type, bytes: 2), (count, bytes: 4), (value, bytes: 4)]
    }
    return Data("II*\0".utf8) + bytes([(8, 4), (fields.count, 2)] + entries + [(0, 4)])
      + bytes([(8, 2), (8, 2), (8, 2)]) + pixels
  }()

  @Test func `TIFF and BMP become visible`() async throws {
    let service = try await TestService.start(pictures: [])
    for (name, data) in ["a.bmp": Self.bmp, "b.tif": Self.tiff, "c.TIFF": Self.tiff] {
      try data.write(to: URL(filePath: service.photos + "/" + name))
    }
    let client = service.client()
    try await client.signIn()
    let pictures = try await client.json("/?sort=name")["pictures"]
    #expect(pictures?.names == ["a.bmp", "b.tif", "c.TIFF"])
    for picture in pictures?.array ?? [] {
      for size in ["image256", "image640", "image1024", "image2048"] {
        let answer = try await client.send(try #require(picture[size]?.string))
        #expect(answer.status == .ok)
        #expect(answer.fields[.contentType] == "image/jpeg")
        #expect(answer.body.starts(with: [0xFF, 0xD8, 0xFF]))
      }
    }
    try await service.stop()
  }
}
