// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// How listings are read into indexes, before a first view and behind the later ones.
extension FolderIndexes {
  /// What a folder is read for.
  enum Purpose {
    /// Until there is something to show, and no further behind.
    case cover
    /// Until there is something to show.
    case view
    /// To its end.
    case whole

    func wantsMore(than state: IndexedFolder.State) -> Bool {
      switch self {
      case .cover, .view: state.isEmpty && !state.isComplete
      case .whole: !state.isComplete
      }
    }
  }

  /// How long a first view waits for something to show, over all pages.
  private static let initialLimit: Duration = .seconds(25)

  /// Reads as much as the first view needs; goes on where one that needed less has ended.
  func loadInitial(
    _ key: Key, _ purpose: Purpose, _ reading: FolderReading
  ) async throws(GalleryError) -> (IndexedFolder, IndexedFolder.State) {
    let purpose = waitsForAll && purpose == .view ? .whole : purpose
    let start = now()
    var bound = ReadingBound()
    var (folder, state): (IndexedFolder, IndexedFolder.State)
    if let slot = slots[key] {
      (folder, state) = (slot.folder, slot.state)
    } else {
      (folder, state) = try await firstPage(reading, &bound)
    }
    while purpose.wantsMore(than: state), let cursor = state.cursor {
      guard start.duration(to: now()) < Self.initialLimit else {
        throw .unavailable(.dropbox, retryAfter: 30, cause: "the listing takes too long")
      }
      switch try await reading.next(cursor) {
      case .page(let page):
        try bound.count(page, after: cursor)
        state = await folder.apply(page)
      case .reset:
        try bound.countReset()
        (folder, state) = try await firstPage(reading, &bound)
      }
    }
    return (folder, state)
  }

  /// Reads on from where the index ends, until nothing more comes or the index was dropped meanwhile.
  func read(_ key: Key, _ id: Int, _ reading: FolderReading) async throws(GalleryError) {
    var bound = ReadingBound()
    /// After a reset: what is read anew, while the old index is shown.
    var anew: (folder: IndexedFolder, state: IndexedFolder.State)?
    while let slot = slots[key], slot.id == id, let cursor = (anew?.state ?? slot.state).cursor {
      let mustStartOver = anew == nil && slot.state.isCutOff
      let step =
        mustStartOver
        ? .reset
        : try await afterEarlierCalls(of: key.owner) { () async throws(GalleryError) in
          try await reading.next(cursor)
        }
      switch step {
      case .reset:
        try bound.countReset()
        anew = try await afterEarlierCalls(of: key.owner) { [bound] () async throws(GalleryError) in
          var bound = bound
          return try await firstPage(reading, &bound)
        }
      case .page(let page):
        try bound.count(page, after: cursor)
        let folder = anew?.folder ?? slot.folder
        let state = await folder.apply(page)
        if anew != nil { anew?.state = state } else { update(key, id, state) }
        if anew == nil, !page.hasMore || state.isCutOff { return }
      }
      if let made = anew, made.state.isComplete || !slot.state.isComplete {
        let state = await made.folder.succeed(slot.folder)
        update(key, id, state, folder: made.folder)
        if state.isComplete { return }
        anew = nil
      }
    }
  }

  private func firstPage(
    _ reading: FolderReading, _ bound: inout ReadingBound
  ) async throws(GalleryError) -> (IndexedFolder, IndexedFolder.State) {
    let page = try await reading.first()
    try bound.count(page, after: nil)
    let folder = IndexedFolder(limitBytes: limitBytes)
    return (folder, await folder.apply(page))
  }

  private func update(
    _ key: Key, _ id: Int, _ state: IndexedFolder.State, folder: IndexedFolder? = nil
  ) {
    guard slots[key]?.id == id else { return }
    slots[key]?.state = state
    if let folder { slots[key]?.folder = folder }
    makeRoom(keeping: key)
  }
}
