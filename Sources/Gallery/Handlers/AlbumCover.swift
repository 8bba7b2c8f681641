// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// The picture that stands for an album: its newest, as far as it is known.
struct AlbumCover: Sendable {
  let sessions: Sessions
  let indexes: FolderIndexes
  let site: Site

  /// - Throws: `.notFound` for an album without a picture that can be drawn.
  func respond(_ folder: FolderPath, _ open: OpenSession) async throws(GalleryError) -> Response {
    let cover = try await indexes.cover(
      of: FolderIndexes.Key(owner: open.session.accountID, folder: folder),
      FolderReading(folder, sessions.client(for: open)))
    guard let cover else { throw .notFound }
    var response = Response.redirect(
      to: site.url(Route.rendition(cover.id, cover.rev, .image256).path), status: .found)
    response.fields[.cacheControl] = "private, max-age=60"
    return response
  }
}
