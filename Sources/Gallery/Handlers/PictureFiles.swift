// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Renditions of a picture, and the way to its original.
struct PictureFiles: Sendable {
  let dropbox: Dropbox
  let sessions: Sessions

  /// A picture in one size. Its URL names the revision, so a browser may keep it for a year.
  func rendition(
    _ rendition: Rendition, of file: FileID, rev: Rev, _ request: Request, _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    let tag = "\"\(rev)-\(rendition.rawValue)\""
    var fields: HTTPFields = [
      .cacheControl: "private, max-age=31536000, immutable", .eTag: tag,
    ]
    if request.fields[.ifNoneMatch] == tag {
      return Response(status: .notModified, fields: fields)
    }
    let picture = try await sessions.withToken(open) { token throws(DropboxError) in
      try await dropbox.thumbnail(of: .rev(rev), size: rendition.size, with: token)
    }
    fields[.contentType] = picture.format.mediaType
    return Response(status: .ok, fields: fields, body: picture.bytes)
  }

  /// A fresh temporary link, good for four hours: it is fetched when somebody wants it, and stands in no page.
  func original(_ file: FileID, _ open: OpenSession) async throws(GalleryError) -> Response {
    let link = try await sessions.withToken(open) { token throws(DropboxError) in
      try await dropbox.temporaryLink(to: file, with: token)
    }
    return .redirect(to: link, status: .found)
  }
}
