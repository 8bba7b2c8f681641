// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTP

/// A picture as it comes from Dropbox: its first bytes are there and were checked.
public struct PictureStream: Sendable {
  /// What the bytes are, by how they begin: `image/jpeg`, `image/png`, `image/webp`, `image/gif`.
  public let mediaType: String
  /// The state of the file that it shows; nil when the answer's header does not say.
  public let rev: Rev?
  public let body: BodyStream

  public init(mediaType: String, rev: Rev?, body: BodyStream) {
    self.mediaType = mediaType
    self.rev = rev
    self.body = body
  }
}

/// What a download is answered with.
public enum Download: Sendable {
  /// The file or a part of it.
  case content(FileStream)
  /// The file has no such part. Its size in bytes, when Dropbox says it.
  case unsatisfiable(size: Int?)
}

/// A file, or a part of it, as it comes from Dropbox.
public struct FileStream: Sendable {
  public let file: FileEntry
  /// Which part it is; nil for the whole.
  public let range: ContentRange?
  public let body: BodyStream
}
