// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// How a folder's listing is read, with somebody's access token.
struct FolderReading: Sendable {
  enum Step: Sendable {
    case page(ListFolderPage)
    /// The cursor is of no use any more: the listing has to start over.
    case reset
  }

  // Concurrent, so that a long answer is not decoded where everybody's indexes are.
  let first: @concurrent @Sendable () async throws(GalleryError) -> ListFolderPage
  let next: @concurrent @Sendable (Cursor) async throws(GalleryError) -> Step
}

extension FolderReading {
  /// Reads as the person of a session, whether or not their browser still waits.
  init(_ folder: FolderPath, of open: OpenSession, _ sessions: Sessions, _ dropbox: Dropbox) {
    first = { @concurrent () async throws(GalleryError) -> ListFolderPage in
      try await sessions.withToken(open) { token throws(DropboxError) in
        try await dropbox.listFolder(folder, with: token)
      }
    }
    next = { @concurrent (cursor: Cursor) async throws(GalleryError) -> Step in
      try await sessions.withToken(open) { token throws(DropboxError) in
        try await dropbox.step(cursor, with: token)
      }
    }
  }
}

extension Dropbox {
  func step(
    _ cursor: Cursor, with token: AccessToken
  ) async throws(DropboxError) -> FolderReading.Step {
    do {
      return .page(try await continueListing(cursor, with: token))
    } catch .endpoint(let tags) where tags == "reset" || tags.hasPrefix("reset/") {
      return .reset
    }
  }
}
