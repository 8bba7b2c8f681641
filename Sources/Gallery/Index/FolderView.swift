// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What one page shows of a folder, taken from its index at one moment.
struct FolderView: Sendable {
  /// Those of the page.
  let pictures: [Picture]
  let slice: PageSlice
  /// Pictures on all pages.
  let count: Int
  /// Files that are no pictures.
  let others: Int
  /// All of them, in the natural order of their names.
  let albums: [Album]
  /// Whether the whole folder was read.
  let isComplete: Bool
  /// Whether the folder holds more than is kept of it.
  let isCutOff: Bool
  let version: FolderVersion
  /// How many pictures came since the version that was asked about; nil when none was, or one of another index.
  let added: Int?
}

extension FolderIndex {
  /// - Parameter chosen: the picture whose page is wanted, whichever page is asked for.
  /// - Returns: nil when the chosen picture is not in the folder.
  mutating func view(_ parameters: GalleryParameters, chosen: FileID? = nil) -> FolderView? {
    let slice: PageSlice
    if let chosen {
      guard let place = place(of: chosen, in: parameters.order) else { return nil }
      slice = PageSlice(of: count, asked: place / PageSlice.standardSize + 1)
    } else {
      slice = PageSlice(of: count, asked: parameters.page)
    }
    return FolderView(
      pictures: pictures(slice.range, in: parameters.order), slice: slice, count: count,
      others: others, albums: albums, isComplete: isComplete, isCutOff: isCutOff,
      version: version, added: parameters.since.flatMap { added(since: $0) })
  }
}
