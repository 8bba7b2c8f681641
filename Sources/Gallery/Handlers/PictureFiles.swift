// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Renditions of a picture, and the way to its original.
struct PictureFiles: Sendable {
  private let dropbox: Dropbox
  private let sessions: Sessions
  private let batches: ThumbnailBatches

  init(dropbox: Dropbox, sessions: Sessions) {
    self.dropbox = dropbox
    self.sessions = sessions
    batches = ThumbnailBatches { open, revs, rendition in
      await Self.fetch(revs, as: rendition, open, dropbox, sessions)
    }
  }

  /// A picture in one size. Its URL names the revision, so a browser may keep it for a year.
  ///
  /// Small sizes are gathered into batches. A GIF is still on the stage: the policy of the page does not let it
  /// show the original, which lies at another host.
  ///
  /// - Throws: `.unrenderable`: 415 for a kind of file that Dropbox does not draw (HEIC among them), 422 for a
  ///   file it cannot draw (larger than 20 MB, damaged, encrypted); `.notFound`: 404 for a revision that is
  ///   gone; `.unavailable`: 503 with `Retry-After` while Dropbox throttles or does not answer.
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
    let picture = try await batches.thumbnail(of: rev, as: rendition, for: open)
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

  /// What fails as a whole fails for each.
  private static func fetch(
    _ revs: [Rev], as rendition: Rendition, _ open: OpenSession, _ dropbox: Dropbox,
    _ sessions: Sessions
  ) async -> [ThumbnailOutcome] {
    do throws(GalleryError) {
      let outcomes = try await sessions.withToken(open) { token throws(DropboxError) in
        try await thumbnails(of: revs, as: rendition, dropbox, token)
      }
      return outcomes.map { $0.mapError { GalleryError($0) } }
    } catch {
      return revs.map { _ in .failure(error) }
    }
  }

  /// Large ones come one by one, as bytes: they do not fit into a batch.
  private static func thumbnails(
    of revs: [Rev], as rendition: Rendition, _ dropbox: Dropbox, _ token: AccessToken
  ) async throws(DropboxError) -> [Result<Thumbnail, DropboxError>] {
    if rendition.size.fitsBatch {
      return try await dropbox.thumbnails(
        of: revs.map { .rev($0) }, size: rendition.size, mode: rendition.mode, with: token)
    }
    var outcomes: [Result<Thumbnail, DropboxError>] = []
    for rev in revs {
      outcomes.append(
        .success(
          try await dropbox.thumbnail(
            of: .rev(rev), size: rendition.size, mode: rendition.mode, with: token)))
    }
    return outcomes
  }
}
