// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// One page of a folder's pictures, ready to be shown, as HTML or as JSON.
struct PicturePage: Sendable {
  let pictures: [Picture]
  let order: PictureOrder
  let number: Int
  /// At least 1.
  let pages: Int
  /// On all pages.
  let count: Int
  /// Whether the whole folder is read; otherwise there are at least `count` pictures.
  let isComplete: Bool
  let nextPath: String?
  let previousPath: String?

  /// - Parameter sorted: all pictures, in that order.
  init(of sorted: [Picture], isComplete: Bool, _ parameters: GalleryParameters) {
    let order = parameters.order
    let slice = PageSlice(of: sorted.count, asked: parameters.page)
    pictures = Array(sorted[slice.range])
    self.order = order
    number = slice.number
    pages = slice.pages
    count = sorted.count
    self.isComplete = isComplete
    nextPath = slice.next.map { GalleryParameters.path(order, page: $0) }
    previousPath = slice.previous.map { GalleryParameters.path(order, page: $0) }
  }
}
