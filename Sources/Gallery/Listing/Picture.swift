// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What the gallery needs to know of a picture in a folder.
struct Picture: Sendable, Hashable {
  let id: FileID
  let rev: Rev
  let name: String
  /// What the uploading program said, unverified: for display and order only.
  let modified: UnixTime
  /// Bytes of the original.
  let size: Int64

  init(_ file: FileEntry) {
    self.init(
      id: file.id, rev: file.rev, name: file.name, modified: file.clientModified, size: file.size)
  }

  init(id: FileID, rev: Rev, name: String, modified: UnixTime, size: Int64) {
    self.id = id
    self.rev = rev
    self.name = name
    self.modified = modified
    self.size = size
  }
}
