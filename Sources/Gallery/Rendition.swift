// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The forms in which a page shows a picture. The raw value is the last segment of its URL.
enum Rendition: String, CaseIterable, Sendable {
  /// For the strip of small pictures, which the page crops to squares: covers 256 × 256.
  case strip
  /// For a sheet of pictures: fits into 640 × 480, lying or standing.
  case grid
  /// For a small window: fits into 1024 × 768, lying or standing.
  case smallStage = "1024"
  /// For a large window: fits into 2048 × 1536, lying or standing.
  case stage = "2048"
  /// A GIF itself, since Dropbox draws only its first frame.
  case animation

  /// What to ask Dropbox to draw; nil for the file as it is.
  var drawing: Drawing? {
    switch self {
    // A square cut out of a picture that only fits into the box would have to be enlarged.
    case .strip: Drawing(size: .w256h256, mode: .fitoneBestfit)
    case .grid: Drawing(size: .w640h480, mode: .bestfit)
    case .smallStage: Drawing(size: .w1024h768, mode: .bestfit)
    case .stage: Drawing(size: .w2048h1536, mode: .bestfit)
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
