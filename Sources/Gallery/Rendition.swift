// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The sizes in which a page shows a picture.
enum Rendition: String, CaseIterable {
  /// For the strip of small pictures: fits into 256 × 256.
  case strip
  /// For the stage: fits into 2048 × 1536.
  case stage

  var size: ThumbnailSize {
    switch self {
    case .strip: .w256h256
    case .stage: .w2048h1536
    }
  }
}
