// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import TaskCoordination

/// Large renditions that are forwarded while they arrive from Dropbox, one call for each, six calls of an account at
/// once.
///
/// Requests for the same rendition share a call until Dropbox answers it, and all of them read the one response
/// (`SharedStream`). A later request starts a new call. A call counts until its last byte was read. The session is
/// part of the key, so a rendition never reaches another session, as in `ThumbnailBatches`. A call is cancelled when
/// its last request is.
struct PictureStreams: Sendable {
  /// Asks Dropbox for a rendition with a session.
  typealias Open =
    @concurrent @Sendable (OpenSession, Rev, Rendition) async -> Result<PictureStream, GalleryError>

  /// The number of calls of an account at once. Dropbox throttles parallel calls of one account sooner than many
  /// calls.
  static let width = 6

  private struct Key: Hashable {
    let ticket: String
    let rendition: Rendition
    let rev: Rev
  }

  private let open: Open
  private let calls = SingleFlight<Key, PictureStream, GalleryError>(
    cancellation: GalleryError(DropboxError.cancelled)
  ) { picture, count in
    SharedStream.readers(of: picture.body, count: count).map { body in
      PictureStream(mediaType: picture.mediaType, rev: picture.rev, body: body)
    }
  }
  private let limiter = KeyedLimiter<String>(limit: width)

  init(open: @escaping Open) {
    self.open = open
  }

  /// The number of requests that wait for Dropbox's answer.
  var waiterCount: Int { calls.callerCount }
  /// The number of calls that were sent and not read to their end.
  var inFlight: Int { limiter.permitCount }

  /// - Throws: the error of the call; `.unavailable` when the task is cancelled.
  func picture(
    of rev: Rev, as rendition: Rendition, for session: OpenSession
  ) async throws(GalleryError) -> PictureStream {
    let key = Key(ticket: session.ticket.text, rendition: rendition, rev: rev)
    return try await calls.value(for: key) { [open, limiter] () async throws(GalleryError) in
      guard let permit = await limiter.acquire(session.session.accountID) else {
        throw GalleryError(DropboxError.cancelled)
      }
      switch await open(session, rev, rendition) {
      case .failure(let error):
        permit.release()
        throw error
      case .success(let picture):
        return PictureStream(
          mediaType: picture.mediaType, rev: picture.rev,
          body: picture.body.noticing { _, _ in permit.release() })
      }
    }
  }
}
