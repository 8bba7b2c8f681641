// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// The pictures of the app folder, a page at a time: as HTML, or as `PicturePageJSON` for who asks for
/// `application/json` rather than `text/html`. Errors are pages in either case.
struct FolderPage: Sendable {
  /// Reading a folder takes at most this long, over all pages of the listing.
  private static let limit: Duration = .seconds(25)
  /// More entries than this are not held.
  private static let entryLimit = 100_000

  let dropbox: Dropbox
  let sessions: Sessions
  let orders: OrderCookie
  let views: Views

  func respond(
    to request: Request, query: FormFields, _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    let parameters = GalleryParameters(query: query, remembered: orders.order(in: request))
    let sorted = parameters.order.sorted(try await pictures(open))
    let page = PicturePage(of: sorted, isComplete: true, parameters)
    let isJSON = AcceptedTypes(of: request.fields)
      .prefers(PicturePageJSON.mediaType, to: "text/html")
    var response = isJSON ? try PicturePageJSON(page: page).response() : try html(page, open)
    response.fields[.vary] = "Accept"
    if parameters.isOrderChosen { response.set(orders.cookie(holding: parameters.order)) }
    return response
  }

  private func html(
    _ page: PicturePage, _ open: OpenSession
  ) throws(GalleryError) -> Response {
    let name = open.session.accountName
    guard page.count > 0 || !page.isComplete else {
      return try views.page(EmptyView(accountName: name))
    }
    return try views.page(GalleryView(page: page, accountName: name))
  }

  private func pictures(_ open: OpenSession) async throws(GalleryError) -> [Picture] {
    var pictures: [Picture] = []
    var entries = 0
    let start = ContinuousClock.now
    var page = try await sessions.withToken(open) { token throws(DropboxError) in
      try await dropbox.listFolder(.root, with: token)
    }
    while true {
      entries += page.entries.count
      for case .file(let file) in page.entries where file.isPicture {
        pictures.append(Picture(file))
      }
      guard page.hasMore, entries < Self.entryLimit else { break }
      guard ContinuousClock.now - start < Self.limit else {
        throw .unavailable(.dropbox, retryAfter: 30, cause: "the listing has no end")
      }
      let cursor = page.cursor
      page = try await sessions.withToken(open) { token throws(DropboxError) in
        try await dropbox.continueListing(cursor, with: token)
      }
    }
    return pictures
  }
}
