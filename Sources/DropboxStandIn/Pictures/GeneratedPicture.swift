// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The picture behind all files that are not there: a sunset of stripes, 1600 × 1200, as JPEG.
struct GeneratedPicture: Sendable {
  static let shared = GeneratedPicture()

  let width = 1600
  let height = 1200
  let data: Data
  let hash: String

  private init() {
    do throws(ThumbnailFailure) {
      let picture = try Picture(width: width, height: height)
      for row in stride(from: 0, to: height, by: 4) {
        let part = Double(row) / Double(height)
        let red = Int32(40 + 210 * part)
        let green = Int32(50 + 110 * part * part)
        let blue = Int32(120 - 70 * part)
        picture.fill(x: 0, y: row, width: width, height: 4, rgb: red << 16 | green << 8 | blue)
      }
      picture.fill(x: 0, y: 900, width: width, height: 300, rgb: 0x20304A)
      data = try picture.encoded(as: .jpeg)
    } catch {
      fatalError("libgd cannot draw a picture: \(error)")
    }
    hash = ContentHash.text(of: data)
  }
}
