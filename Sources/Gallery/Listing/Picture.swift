// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What the gallery needs to know of a picture in a folder.
struct Picture: Sendable, Hashable {
  /// Why it is known without asking that Dropbox makes no rendition. The raw value stands in JSON and in pages.
  enum Obstacle: String, Sendable {
    /// What a camera's sensor saw, by its name.
    case raw
    /// Over 20 MB.
    case size
  }

  /// Dropbox draws nothing that is larger, in bytes.
  static let renditionLimit: Int64 = 20_000_000

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

  var obstacle: Obstacle? {
    if kind == .raw { return .raw }
    return size > Self.renditionLimit ? .size : nil
  }

  /// Whether its bytes may move: a GIF that Dropbox draws too.
  var isAnimated: Bool {
    kind == .gif && obstacle == nil
  }

  private var kind: PictureKind? { PictureKind(ofFileNamed: name) }
}
