// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// `files/list_folder` and what belongs to it.
extension API {
  private struct ListFolder {
    let path: String
    let isRecursive: Bool
    let limit: Int
  }

  func listFolder(_ arguments: Arguments) async throws(Refusal) -> Answer {
    let request = try parse(arguments)
    let number = try await list(request)
    return try await page(Listings.Cursor(listing: number, position: 0, limit: request.limit))
  }

  func getLatestCursor(_ arguments: Arguments) async throws(Refusal) -> Answer {
    let request = try parse(arguments)
    let number = try await list(request)
    let end = listings[number]?.items.count ?? 0
    let cursor = Listings.Cursor(listing: number, position: end, limit: request.limit)
    return .json(200, ["cursor": .string(try text(of: cursor))])
  }

  func listFolderContinue(_ arguments: Arguments) async throws(Refusal) -> Answer {
    var arguments = arguments
    let text = try arguments.string("cursor")
    try arguments.finish()
    let cursor = try listings.cursor(of: text, in: arguments.place)
    guard let listing = listings[cursor.listing] else { throw .endpoint(["reset"]) }
    guard cursor.position >= listing.items.count else { return try await page(cursor) }
    // The last page was fetched: from now on the cursor tells what changed.
    let folder = folder
    let listings = listings
    let next = await OffPool.disk {
      let entries = API.entries(of: folder, listing.path, isRecursive: listing.isRecursive)
      return listings.addChanges(since: listing, entries: entries)
    }
    guard let next else { return try await page(cursor) }
    return try await page(Listings.Cursor(listing: next, position: 0, limit: cursor.limit))
  }

  private func parse(_ arguments: Arguments) throws(Refusal) -> ListFolder {
    var arguments = arguments
    let path = try arguments.string("path")
    let isRecursive = try arguments.bool("recursive", default: false)
    for name in [
      "include_media_info", "include_deleted", "include_has_explicit_shared_members",
      "include_restorable_info",
    ] {
      _ = try arguments.bool(name, default: false)
    }
    _ = try arguments.bool("include_mounted_folders", default: true)
    _ = try arguments.bool("include_non_downloadable_files", default: true)
    let limit = try arguments.integer("limit", in: 1...2000) ?? 500
    let sharedLink = arguments.take("shared_link")
    _ = arguments.take("include_property_groups")
    try arguments.finish()
    try check(path, .folder, in: arguments.place)
    guard sharedLink == nil else { throw .pathNotFound }
    return ListFolder(
      path: path, isRecursive: isRecursive, limit: max(1, min(limit, content.pageLimit)))
  }

  private static func entries(
    of folder: AppFolder, _ path: String, isRecursive: Bool
  ) -> [Entry] {
    isRecursive ? folder.descendants(of: path) : folder.children(of: path)
  }

  private func list(_ request: ListFolder) async throws(Refusal) -> Int {
    let folder = folder
    let listings = listings
    let result = await OffPool.disk { () -> Result<Int, Refusal> in
      var path = ""
      if !request.path.isEmpty {
        guard let entry = folder.entry(at: request.path) else { return .failure(.pathNotFound) }
        guard entry.isFolder else { return .failure(.endpoint(["path", "not_folder"])) }
        path = entry.path
      }
      let entries = API.entries(of: folder, path, isRecursive: request.isRecursive)
      return .success(
        listings.add(path: path, isRecursive: request.isRecursive, entries: entries))
    }
    return try result.get()
  }

  private func page(_ cursor: Listings.Cursor) async throws(Refusal) -> Answer {
    guard let listing = listings[cursor.listing] else { throw .endpoint(["reset"]) }
    let start = min(max(cursor.position, 0), listing.items.count)
    var count = cursor.limit
    if content.variesPages {
      let isEmpty = start < listing.items.count && Int.random(in: 0..<8) == 0
      count = isEmpty ? 0 : Int.random(in: (cursor.limit + 1) / 2...cursor.limit)
    }
    let end = min(start + count, listing.items.count)
    let items = listing.items[start..<end]
    let folder = folder
    let entries = await OffPool.disk {
      items.map { item -> JSON in
        switch item {
        case .present(let entry): entry.metadata(hash: folder.hash(of: entry), isTagged: true)
        case .deleted(let entry):
          [
            ".tag": "deleted", "name": .string(entry.name),
            "path_lower": .string(entry.pathLower), "path_display": .string(entry.path),
          ]
        }
      }
    }
    let next = Listings.Cursor(listing: cursor.listing, position: end, limit: cursor.limit)
    return .json(
      200,
      [
        "entries": .array(entries), "cursor": .string(try text(of: next)),
        "has_more": .bool(end < listing.items.count),
      ])
  }

  private func text(of cursor: Listings.Cursor) throws(Refusal) -> String {
    do {
      return try listings.text(of: cursor)
    } catch {
      throw .endpoint(["other"])
    }
  }
}
