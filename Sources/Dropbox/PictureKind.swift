// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What kind of picture a file is, by the ending of its name alone, in any case.
public enum PictureKind: Sendable {
  /// `jpg jpeg png tiff tif webp bmp heic heif`.
  case still
  /// `gif`: may move.
  case gif
  /// A camera's own format, which Dropbox does not draw: `cr2 cr3 nef arw dng raf orf rw2 pef srw`.
  case raw

  private static let kinds: [String: PictureKind] = [
    "jpg": .still, "jpeg": .still, "png": .still, "tiff": .still, "tif": .still, "webp": .still,
    "bmp": .still, "heic": .still, "heif": .still, "gif": .gif, "cr2": .raw, "cr3": .raw,
    "nef": .raw, "arw": .raw, "dng": .raw, "raf": .raw, "orf": .raw, "rw2": .raw, "pef": .raw,
    "srw": .raw,
  ]

  /// - Returns: nil for a file that is no picture.
  public init?(ofFileNamed name: String) {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let ending = name[dot...].dropFirst()
    guard ending.utf8.count <= 4, let kind = Self.kinds[ending.lowercased()] else { return nil }
    self = kind
  }
}
