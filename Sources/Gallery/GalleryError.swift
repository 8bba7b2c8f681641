// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that can keep a handler from its answer. `ErrorPages` alone turns it into a status and a page.
///
/// Reasons and causes are for the log, and in development for the page; a visitor otherwise reads a sentence
/// of ours and the request id.
enum GalleryError: Error, Sendable {
  /// 400: the request cannot be understood.
  case invalid(reason: String)
  /// 400: an authorization that was not begun here, in this browser, within ten minutes, or was used before.
  case staleAuthorization(reason: String)
  /// 401: a part of a page that is for the signed in only.
  case unauthenticated
  /// 403: Dropbox does not allow it.
  case forbidden(reason: String)
  /// 404.
  case notFound
  /// 405, with what is allowed.
  case methodNotAllowed(allow: String)
  /// 413: the body is longer than the limit, in bytes.
  case tooLarge(limit: Int)
  /// 415 or 422: Dropbox makes no rendition of a file. A sentence instead of a page, kept by no cache: the page
  /// that wanted the picture puts name and reason in its place.
  case unrenderable(Obstacle)
  /// 429: the web server counted too many requests.
  case tooManyRequests
  /// 303 to the welcome page: the session can no longer be used, and the person has to sign in again.
  case sessionEnded(reason: String)
  /// 503: Redis or Dropbox cannot be reached, answers too late, or asks to wait; with the seconds after which
  /// it is worth another try.
  case unavailable(Dependency, retryAfter: Int, cause: String)
  /// 502: an answer that makes no sense.
  case badGateway(Dependency, cause: String)
  /// 500: a mistake of ours.
  case fault(cause: String)

  /// Why there is no rendition; the raw value is for the log.
  ///
  /// - Source: `files.stone`, union `ThumbnailError`.
  enum Obstacle: String, Sendable, CaseIterable {
    /// 415: a kind of file that Dropbox does not draw, such as HEIC.
    case kind = "unsupported_extension"
    /// 422: of a kind that Dropbox draws, but not this one, as when it is larger than 20 MB.
    case file = "unsupported_image"
    /// 422: Dropbox tried and failed.
    case conversion = "conversion_error"
    /// 422: Dropbox cannot read the file.
    case encryption = "encrypted_content"
    /// 422: an animation longer than what is given on.
    case length = "more than 50 MB"
    /// 422: where the picture should be is something else, such as HTML, SVG, or nothing.
    case content = "no picture"
  }

  enum Dependency: String, Sendable {
    case redis = "Redis"
    case dropbox = "Dropbox"
  }
}
