// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP

/// The pictures of the app folder on one page.
struct FolderPage: Sendable {
  /// Reading a folder takes at most this long, over all pages of the listing.
  private static let limit: Duration = .seconds(25)
  /// More entries than this are not held.
  private static let entryLimit = 100_000

  let dropbox: Dropbox
  let sessions: Sessions
  let views: Views

  func respond(to open: OpenSession) async throws(GalleryError) -> Response {
    let pictures = try await pictures(open)
    let name = open.session.accountName
    if pictures.isEmpty { return try views.page(EmptyView(accountName: name)) }
    return try views.page(GalleryView(pictures: pictures, accountName: name))
  }

  /// Newest first; of the same second by name.
  private func pictures(_ open: OpenSession) async throws(GalleryError) -> [FileEntry] {
    var pictures: [FileEntry] = []
    var entries = 0
    let start = ContinuousClock.now
    var page = try await sessions.withToken(open) { token throws(DropboxError) in
      try await dropbox.listFolder(.root, with: token)
    }
    while true {
      entries += page.entries.count
      for case .file(let file) in page.entries where file.isPicture { pictures.append(file) }
      guard page.hasMore, entries < Self.entryLimit else { break }
      guard ContinuousClock.now - start < Self.limit else {
        throw .unavailable(.dropbox, retryAfter: 30, cause: "the listing has no end")
      }
      let cursor = page.cursor
      page = try await sessions.withToken(open) { token throws(DropboxError) in
        try await dropbox.continueListing(cursor, with: token)
      }
    }
    return pictures.sorted {
      ($1.clientModified, $0.name) < ($0.clientModified, $1.name)
    }
  }
}
