// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// Ends a listing that goes nowhere: one reading of a folder spends it, page by page.
struct ReadingBound {
  /// Pages in a row that bring nothing: empty ones, or with the cursor they were asked with.
  static let idlePages = 50
  /// Pages of one reading, which are up to 2000 entries each.
  static let pages = 2000
  static let resets = 3

  private var idlePages = 0
  private var pages = 0
  private var resets = 0

  /// - Parameter cursor: what the page was asked with; nil for the first one of a listing.
  mutating func count(_ page: ListFolderPage, after cursor: Cursor?) throws(GalleryError) {
    guard page.hasMore else { return }
    pages += 1
    idlePages = page.entries.isEmpty || page.cursor == cursor ? idlePages + 1 : 0
    guard idlePages < Self.idlePages, pages < Self.pages else {
      throw .badGateway(.dropbox, cause: "the listing has no end")
    }
  }

  mutating func countReset() throws(GalleryError) {
    resets += 1
    guard resets <= Self.resets else {
      throw .badGateway(.dropbox, cause: "the listing starts over again and again")
    }
  }
}
