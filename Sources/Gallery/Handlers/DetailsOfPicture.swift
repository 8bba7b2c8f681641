// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// The facts about one picture, as JSON for the page and for scripts.
///
/// `{"name": text, "bytes": number, "modified": seconds, "taken": seconds, "width": pixels, "height": pixels}`, seconds since
/// 1970 in UTC; what is not known is left out. The URL names the revision, so a browser asks once for each.
struct DetailsOfPicture: Sendable {
  private struct Facts: Encodable {
    let name: String
    let bytes: Int64
    let modified: Int64
    let taken: Int64?
    let width: Int?
    let height: Int?
  }

  let sessions: Sessions

  func respond(_ rev: Rev, _ open: OpenSession) async throws(GalleryError) -> Response {
    let details = try await sessions.client(for: open).details(of: .rev(rev))
    let facts = Facts(
      name: details.file.name, bytes: details.file.size,
      modified: details.file.clientModified.seconds, taken: details.taken?.seconds,
      width: details.width, height: details.height)
    let cacheControl =
      details.isPending ? "no-store" : "private, max-age=31536000, immutable"
    return try .json(facts, fields: [.cacheControl: cacheControl])
  }
}
