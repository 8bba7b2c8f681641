// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// How much lies in a folder, in words. Pages and their JSON say it alike, so no script has to.
extension Words {
  func summary(of view: FolderView) -> String {
    pictures(view.count, isComplete: view.isComplete, open: .picturesSoFar)
  }

  /// Pictures, albums, or both; an album of albums is not called empty.
  func summary(of album: AlbumCount) -> String {
    let pictures = pictures(album.count, isComplete: album.isComplete, open: .picturesAtLeast)
    guard album.albums > 0 else { return pictures }
    let albums = counted(album.albums, one: .albumsOne, many: .albumsMany)
    return album.count == 0 ? albums : "\(pictures) · \(albums)"
  }

  private func pictures(_ count: Int, isComplete: Bool, open: Word) -> String {
    isComplete
      ? counted(count, one: .picturesOne, many: .picturesMany)
      : fill(open, ["count": number(count)])
  }
}
