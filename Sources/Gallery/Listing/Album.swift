// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// A folder inside a folder.
struct Album: Sendable, Hashable {
  let id: FileID
  let name: String
}

/// How far an album was read.
struct AlbumCount: Sendable, Hashable {
  /// Pictures.
  let count: Int
  /// Folders.
  let albums: Int
  /// Whether that is all of them; otherwise there are at least so many.
  let isComplete: Bool
}
