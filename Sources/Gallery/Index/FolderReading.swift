// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// How a folder's listing is read, with somebody's access token.
struct FolderReading: Sendable {
  // Concurrent, so that a long answer is not decoded where everybody's indexes are.
  let first: @concurrent @Sendable () async throws(GalleryError) -> ListFolderPage
  let next: @concurrent @Sendable (Cursor) async throws(GalleryError) -> ListingStep
}

extension FolderReading {
  /// Reads as the account of the client, whether or not a browser still waits.
  init<Tokens: TokenSource<GalleryError>>(_ folder: FolderPath, _ client: AccountClient<Tokens>) {
    first = { @concurrent () async throws(GalleryError) -> ListFolderPage in
      try await client.listFolder(folder)
    }
    next = { @concurrent (cursor: Cursor) async throws(GalleryError) -> ListingStep in
      try await client.continueListing(cursor)
    }
  }
}
