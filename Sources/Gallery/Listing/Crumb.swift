// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// A folder on the way from the root to another one.
struct Crumb: Sendable, Hashable {
  static let root = Crumb(name: nil, folder: .root)

  /// Nil for the root.
  let name: String?
  /// The root, or a folder by its id.
  let folder: FolderPath

  init(_ album: Album) {
    self.init(name: album.name, folder: FolderPath(album.id))
  }

  private init(name: String?, folder: FolderPath) {
    self.name = name
    self.folder = folder
  }

  var path: String { Route(folder: folder).path }
}
