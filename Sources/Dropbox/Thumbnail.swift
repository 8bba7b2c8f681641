// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// A rendition that Dropbox made.
public struct Thumbnail: Sendable, Hashable {
  public let bytes: [UInt8]
  /// What the bytes are, by how they begin: Dropbox sends every picture as `application/octet-stream`.
  public let format: ImageFormat
  /// The state of the file that it shows; nil when the answer's header does not say. The picture is good even so.
  public let rev: Rev?

  public init(bytes: [UInt8], format: ImageFormat, rev: Rev?) {
    self.bytes = bytes
    self.format = format
    self.rev = rev
  }

  /// Reads `Dropbox-API-Result`: `{"file_metadata":{"rev":"…"}}`.
  static func rev(inResult header: String) -> Rev? {
    struct Result: Decodable {
      let file: File

      enum CodingKeys: String, CodingKey {
        case file = "file_metadata"
      }

      struct File: Decodable {
        let rev: String
      }
    }
    // Nothing else of the header is used, so one that cannot be read counts as none.
    let result = try? JSONDecoder().decode(Result.self, from: Data(header.utf8))
    return result.flatMap { Rev($0.file.rev) }
  }
}

/// What a rendition is coded in.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
  case jpeg, png, webp

  /// As in `Content-Type`.
  public var mediaType: String { "image/\(rawValue)" }

  /// Recognizes the first bytes of a file.
  init?(startOf bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// Whether the end of a file is missing. Told of JPEG alone, whose pixels never hold the two bytes that end it.
  ///
  /// - Source: ITU-T T.81, section B.1.1.5.
  func isCutOff(_ file: [UInt8]) -> Bool {
    guard self == .jpeg else { return false }
    let end = file.suffix(1024)
    return !zip(end, end.dropFirst()).contains { $0 == 0xFF && $1 == 0xD9 }
  }
}

/// The box that a rendition is made for, in pixels. Nothing is ever enlarged.
public enum ThumbnailSize: String, Sendable, Hashable, CaseIterable {
  case w32h32, w64h64, w128h128, w256h256, w480h320, w640h480, w960h640, w1024h768, w2048h1536

  /// Whether 25 of them are small enough for one answer.
  public var fitsBatch: Bool {
    switch self {
    case .w32h32, .w64h64, .w128h128, .w256h256, .w480h320, .w640h480: true
    case .w960h640, .w1024h768, .w2048h1536: false
    }
  }
}

/// How a rendition meets its box.
public enum ThumbnailMode: String, Sendable, Hashable, CaseIterable {
  /// Fits in the box.
  case strict
  /// Fits in the box or in the box lying on its side.
  case bestfit
  /// Covers the box or the box lying on its side.
  case fitoneBestfit = "fitone_bestfit"
  /// Keeps the picture's own size.
  case original
}
