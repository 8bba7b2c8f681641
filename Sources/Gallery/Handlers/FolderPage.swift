// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// The pictures of the app folder, a page at a time: as HTML, or as `PicturePageJSON` for who asks for
/// `application/json` rather than `text/html`. Errors are pages in either case.
struct FolderPage: Sendable {
  let dropbox: Dropbox
  let sessions: Sessions
  let indexes: FolderIndexes
  let orders: OrderCookie
  let views: Views
  let visitors: Visitors

  func respond(
    to request: Request, query: FormFields, _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    let parameters = GalleryParameters(query: query, remembered: orders.order(in: request))
    let list = try await indexes.list(
      of: FolderIndexes.Key(owner: open.session.accountID, folder: .root),
      FolderReading(.root, of: open, sessions, dropbox))
    let page = PicturePage(
      of: list.sorted(by: parameters.order), isComplete: list.isComplete, parameters)
    let isJSON = AcceptedTypes(of: request.fields)
      .prefers(PicturePageJSON.mediaType, to: "text/html")
    var response =
      isJSON ? try PicturePageJSON(page: page).response() : try html(page, request, open)
    response.fields[.vary] = "Accept, Accept-Language"
    if parameters.isOrderChosen { response.set(orders.cookie(holding: parameters.order)) }
    return response
  }

  private func html(
    _ page: PicturePage, _ request: Request, _ open: OpenSession
  ) throws(GalleryError) -> Response {
    let visitor = visitors.visitor(request, open)
    guard page.count > 0 || !page.isComplete else {
      return try views.page(EmptyView(visitor: visitor, folder: visitors.folder))
    }
    return try views.page(GalleryView(page: page, visitor: visitor))
  }
}
