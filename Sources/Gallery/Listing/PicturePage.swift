// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// One page of a folder, ready to be shown, as HTML or as JSON.
struct PicturePage: Sendable {
  let view: FolderView
  /// From the root to the folder, itself last; never empty.
  let trail: [Crumb]
  /// How far each album was read.
  let counts: [FileID: AlbumCount]
  let order: PictureOrder
  /// The picture that the page was opened for.
  let chosen: FileID?
  let folder: Crumb

  init(
    _ view: FolderView, trail: [Crumb], counts: [FileID: AlbumCount], order: PictureOrder,
    chosen: FileID? = nil
  ) {
    self.view = view
    self.trail = trail
    self.counts = counts
    self.order = order
    self.chosen = chosen
    folder = trail.last ?? .root
  }

  var isRoot: Bool { folder.folder == .root }
  /// Whether there is a picture or an album.
  var hasContent: Bool { view.count > 0 || !view.albums.isEmpty }
  var nextPath: String? { view.slice.next.map(path) }
  var previousPath: String? { view.slice.previous.map(path) }

  /// Where the folder is found in an order.
  func path(_ order: PictureOrder) -> String {
    GalleryParameters.path(folder.folder, order)
  }

  private func path(page: Int) -> String {
    GalleryParameters.path(folder.folder, order, page: page)
  }
}
