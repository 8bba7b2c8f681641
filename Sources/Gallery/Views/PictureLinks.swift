// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The paths of a picture's renditions; none where it is known that there are none.
struct PictureLinks: Sendable {
  private let picture: Picture
  private let isDrawn: Bool

  init(_ picture: Picture) {
    self.picture = picture
    isDrawn = picture.obstacle == nil
  }

  /// The animation is there only for a picture that may move.
  subscript(rendition: Rendition) -> String? {
    let exists = rendition == .animation ? picture.isAnimated : isDrawn
    return exists ? Route.rendition(picture.id, picture.rev, rendition).path : nil
  }
}
