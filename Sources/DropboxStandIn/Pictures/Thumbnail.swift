// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a thumbnail is asked to be.
///
/// Source: `ThumbnailV2Arg` in files.stone of dropbox/dropbox-api-spec.
struct ThumbnailRequest: Hashable, Sendable {
  enum Format: String, Sendable {
    case jpeg, png, webp
  }

  enum Size: String, Sendable {
    case w32h32, w64h64, w128h128, w256h256, w480h320, w640h480, w960h640, w1024h768, w2048h1536

    var box: (width: Int, height: Int) {
      switch self {
      case .w32h32: (32, 32)
      case .w64h64: (64, 64)
      case .w128h128: (128, 128)
      case .w256h256: (256, 256)
      case .w480h320: (480, 320)
      case .w640h480: (640, 480)
      case .w960h640: (960, 640)
      case .w1024h768: (1024, 768)
      case .w2048h1536: (2048, 1536)
      }
    }
  }

  enum Mode: String, Sendable {
    case strict, bestfit, original
    case fitoneBestfit = "fitone_bestfit"
  }

  var format = Format.jpeg
  var size = Size.w64h64
  var mode = Mode.strict

  /// The size a picture gets: its shape kept, never larger than it is, at least 1 × 1.
  func fitted(width: Int, height: Int) -> (width: Int, height: Int) {
    guard width > 0, height > 0, mode != .original else { return (width, height) }
    var box = size.box
    if mode != .strict, (width < height) != (box.width < box.height) {
      box = (box.height, box.width)
    }
    let across = Double(box.width) / Double(width)
    let down = Double(box.height) / Double(height)
    let scale = min(1, mode == .fitoneBestfit ? max(across, down) : min(across, down))
    return (
      max(1, Int((Double(width) * scale).rounded())),
      max(1, Int((Double(height) * scale).rounded()))
    )
  }
}

/// Why there is no thumbnail; the names are tags of `ThumbnailError`.
enum ThumbnailFailure: String, Error, Sendable {
  case unsupportedExtension = "unsupported_extension"
  case unsupportedImage = "unsupported_image"
  case conversionError = "conversion_error"
}
