// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The forms in which a page shows a picture. The raw value is its key in JSON, templates and scripts: the longer side of
/// the box that it is drawn for, in pixels.
enum Rendition: String, CaseIterable, Sendable {
  /// Covers 256 × 256. The page crops it to a square.
  case image256
  /// Fits into 640 × 480, lying or standing.
  case image640
  /// Fits into 1024 × 768, lying or standing.
  case image1024
  /// Fits into 2048 × 1536, lying or standing.
  case image2048
  /// A GIF itself, since Dropbox draws only its first frame.
  case animation

  /// Segments that pages of earlier releases printed. Browsers keep these addresses for a year.
  private static let formerSegments = ["strip": image256, "grid": image640]

  /// Parses the last segment of a URL.
  init?(segment: String) {
    let current = Self.allCases.first { $0.segment == segment }
    guard let rendition = current ?? Self.formerSegments[segment] else { return nil }
    self = rendition
  }

  /// The last segment of its URL.
  var segment: String {
    switch self {
    case .image256: "256"
    case .image640: "640"
    case .image1024: "1024"
    case .image2048: "2048"
    case .animation: "animation"
    }
  }

  /// What to ask Dropbox to draw; nil for the file as it is.
  var drawing: Drawing? {
    switch self {
    // A square cut out of a picture that only fits into the box would have to be enlarged.
    case .image256: Drawing(size: .w256h256, mode: .fitoneBestfit)
    case .image640: Drawing(size: .w640h480, mode: .bestfit)
    case .image1024: Drawing(size: .w1024h768, mode: .bestfit)
    case .image2048: Drawing(size: .w2048h1536, mode: .bestfit)
    case .animation: nil
    }
  }

  struct Drawing: Equatable {
    let size: ThumbnailSize
    let mode: ThumbnailMode
  }

  /// Whether it comes with others by one call.
  var isSmall: Bool { drawing?.size.fitsBatch ?? false }
}
