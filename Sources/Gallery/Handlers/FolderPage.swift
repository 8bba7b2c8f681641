// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// What lies in a folder, a page of its pictures at a time: as HTML, or as `PicturePageJSON` for who asks for
/// `application/json` rather than `text/html`. Errors are pages in either case.
struct FolderPage: Sendable {
  let sessions: Sessions
  let indexes: FolderIndexes
  let trails: Trails
  let orders: OrderCookie
  let views: Views
  let visitors: Visitors

  static func isForProgram(_ request: Request) -> Bool {
    AcceptedTypes(of: request.fields).prefers(PicturePageJSON.mediaType, to: "text/html")
  }

  func respond(
    _ folder: FolderPath, to request: Request, query: FormFields, _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    let parameters = GalleryParameters(query: query, remembered: orders.order(in: request))
    let key = FolderIndexes.Key(owner: open.session.accountID, folder: folder)
    // On a direct link each waits for Dropbox, so both at once.
    async let trail = result { () async throws(GalleryError) in
      try await trails.trail(to: key, open)
    }
    guard let view = try await indexes.view(of: key, parameters, reading(folder, open)) else {
      throw .notFound
    }
    return try await respond(try await trail.get(), view, key, parameters, to: request, open)
  }

  /// The page that a picture is on.
  func respond(
    picture: FileID, to request: Request, query: FormFields, _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    let parameters = GalleryParameters(query: query, remembered: orders.order(in: request))
    let (key, view) = try await find(picture, parameters, open)
    let trail = try await trails.trail(to: key, open)
    return try await respond(trail, view, key, parameters, chosen: picture, to: request, open)
  }

  /// Looks for a picture in the indexes first. Where it is in none, Dropbox says where it lies; its folder may be too
  /// large to wait for the page of the listing that holds it, so it is put into the index at once.
  private func find(
    _ picture: FileID, _ parameters: GalleryParameters, _ open: OpenSession
  ) async throws(GalleryError) -> (FolderIndexes.Key, FolderView) {
    let owner = open.session.accountID
    if let key = await indexes.folder(holding: picture, of: owner),
      let view = try await indexes.view(
        of: key, parameters, chosen: picture, reading(key.folder, open))
    {
      return (key, view)
    }
    let (file, folder) = try await trails.find(picture, open)
    let key = FolderIndexes.Key(owner: owner, folder: folder)
    let reading = reading(folder, open)
    if let view = try await indexes.view(of: key, parameters, chosen: picture, reading) {
      return (key, view)
    }
    await indexes.add(file, to: key, reading)
    guard let view = try await indexes.view(of: key, parameters, chosen: picture, reading) else {
      throw .notFound
    }
    return (key, view)
  }

  private func respond(
    _ trail: [Crumb], _ view: FolderView, _ key: FolderIndexes.Key,
    _ parameters: GalleryParameters, chosen: FileID? = nil, to request: Request,
    _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    await indexes.remember(trail, to: key)
    let page = PicturePage(
      view, trail: trail, counts: await indexes.counts(of: view.albums, key.owner),
      order: parameters.order, chosen: chosen)
    var response =
      Self.isForProgram(request)
      ? try PicturePageJSON(page: page, words: views.words(for: request)).response(to: request)
      : try html(page, request, open)
    response.fields[.vary] = "Accept, Accept-Language"
    // A viewer in another tab asks for pages in its own order; that chooses nothing.
    if parameters.isOrderChosen, !Self.isForProgram(request) {
      response.set(orders.cookie(holding: parameters.order))
    }
    return response
  }

  private func html(
    _ page: PicturePage, _ request: Request, _ open: OpenSession
  ) throws(GalleryError) -> Response {
    let album = page.trail.compactMap(\.name)
    let visitor = visitors.visitor(request, open, at: album)
    guard !page.isRoot || page.hasContent || !page.view.isComplete else {
      return try views.page(
        EmptyView(visitor: visitor, folder: visitors.folder, others: page.view.others))
    }
    let sheet = try views.sheet(
      SheetView(visitor: visitor, pictures: page.view.pictures),
      keptAs: Sheets.Key(
        owner: open.session.accountID, version: page.view.version, order: page.order,
        page: page.view.slice.number, language: visitor.words.language))
    return try views.page(GalleryView(visitor: visitor, page: page, sheet: sheet))
  }

  private func reading(_ folder: FolderPath, _ open: OpenSession) -> FolderReading {
    FolderReading(folder, sessions.client(for: open))
  }
}

/// What a throwing call came to, for where it is waited for later.
private func result<Value: Sendable>(
  _ call: () async throws(GalleryError) -> Value
) async -> Result<Value, GalleryError> {
  do throws(GalleryError) {
    return .success(try await call())
  } catch {
    return .failure(error)
  }
}
