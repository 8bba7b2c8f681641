// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The sizes in which a page shows a picture. The raw value is the last segment of its URL.
enum Rendition: String, CaseIterable {
  /// For the strip of small pictures, which the page crops to squares: covers 256 × 256.
  case strip
  /// For a sheet of pictures: fits into 640 × 480, lying or standing.
  case grid
  /// For a small window: fits into 1024 × 768, lying or standing.
  case smallStage = "1024"
  /// For a large window: fits into 2048 × 1536, lying or standing.
  case stage = "2048"

  var size: ThumbnailSize {
    switch self {
    case .strip: .w256h256
    case .grid: .w640h480
    case .smallStage: .w1024h768
    case .stage: .w2048h1536
    }
  }

  /// A square cut out of a picture that only fits into the box would have to be enlarged.
  var mode: ThumbnailMode {
    switch self {
    case .strip: .fitoneBestfit
    case .grid, .smallStage, .stage: .bestfit
    }
  }
}
