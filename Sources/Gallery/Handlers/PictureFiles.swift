// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Renditions of a picture, and the way to its original.
struct PictureFiles: Sendable {
  private let sessions: Sessions
  private let batches: ThumbnailBatches
  private let streams: PictureStreams
  let arrivals = Arrivals()

  init(sessions: Sessions) {
    self.sessions = sessions
    batches = ThumbnailBatches(arrivals: arrivals) { open, revs, rendition in
      await Self.fetch(revs, as: rendition, sessions.client(for: open))
    }
    streams = PictureStreams { open, rev, rendition in
      await Self.open(rev, as: rendition, sessions.client(for: open))
    }
  }

  /// A picture in one form. Its URL names the revision, so a browser may keep it for a year.
  ///
  /// Small sizes are gathered into batches; the others are given on while they come from Dropbox. One that breaks
  /// off then ends the connection, and no browser takes it for whole.
  ///
  /// - Throws: `.unrenderable`: 415 for a kind of file that Dropbox does not draw (HEIC among them), 422 for a
  ///   file it cannot draw (larger than 20 MB, damaged, encrypted), for an animation of more than 50 MB, and when
  ///   what comes is no picture; `.notFound`: 404 for a revision that is gone; `.unavailable`: 503 with
  ///   `Retry-After` while Dropbox throttles, does not answer, or breaks off early.
  func rendition(
    _ rendition: Rendition, of file: FileID, rev: Rev, _ request: Request, _ open: OpenSession,
    _ arrival: Arrival
  ) async throws(GalleryError) -> Response {
    let tag = Self.tag(of: rev, as: rendition, open)
    var fields: HTTPFields = [
      .cacheControl: "private, max-age=31536000, immutable", .eTag: tag,
    ]
    if EntityTags(of: request.fields).names(tag) {
      return Response(status: .notModified, fields: fields)
    }
    guard rendition.isSmall else {
      arrival.end()
      let picture = try await streams.picture(of: rev, as: rendition, for: open)
      fields[.contentType] = picture.mediaType
      return Response(status: .ok, fields: fields, stream: picture.body)
    }
    let picture = try await batches.thumbnail(of: rev, as: rendition, for: open, arrival)
    fields[.contentType] = picture.format.mediaType
    return Response(status: .ok, fields: fields, body: picture.bytes)
  }

  /// A fresh temporary link, good for four hours: it is fetched when somebody wants it, and stands in no page.
  func original(_ file: FileID, _ open: OpenSession) async throws(GalleryError) -> Response {
    let link = try await sessions.client(for: open).temporaryLink(to: file)
    return .redirect(to: link, status: .found)
  }

  /// Names the account as well. A browser in which somebody else signs in keeps what it has of the one before; it is
  /// not told that this is still good.
  private static func tag(of rev: Rev, as rendition: Rendition, _ open: OpenSession) -> String {
    let text = "\(open.session.accountID) \(rev) \(rendition.segment)"
    return "\"\(Base64URL.encode(SHA256.hash(data: Array(text.utf8)).prefix(16)))\""
  }

  /// What fails as a whole fails for each.
  private static func fetch(
    _ revs: [Rev], as rendition: Rendition, _ client: SessionClient
  ) async -> [ThumbnailOutcome] {
    guard let drawing = rendition.drawing else { return [] }
    do throws(GalleryError) {
      let outcomes = try await client.thumbnails(
        of: revs.map { .rev($0) }, size: drawing.size, mode: drawing.mode)
      return outcomes.map { $0.mapError { GalleryError($0) } }
    } catch {
      return revs.map { _ in .failure(error) }
    }
  }

  private static func open(
    _ rev: Rev, as rendition: Rendition, _ client: SessionClient
  ) async -> Result<PictureStream, GalleryError> {
    do throws(GalleryError) {
      if let drawing = rendition.drawing {
        return .success(
          try await client.thumbnail(of: .rev(rev), size: drawing.size, mode: drawing.mode))
      }
      let animation = try await client.animation(of: .rev(rev))
      return animation.map { .success($0) } ?? .failure(.unrenderable(.length))
    } catch {
      return .failure(error)
    }
  }
}
