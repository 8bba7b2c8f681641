// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The index of one folder. An actor of its own: while a page of a listing is sorted into a large folder, the views
/// of that folder wait, and nobody else's. Views take with them what they show, never the index.
actor IndexedFolder {
  /// What others have to know of an index without asking for a view.
  struct State: Sendable {
    let cursor: Cursor?
    let count: Int
    let albums: Int
    let isEmpty: Bool
    let isComplete: Bool
    let isCutOff: Bool
    let bytes: Int
  }

  private var index = FolderIndex()
  private let limitBytes: Int
  /// Whether another index goes on in its place: two that changed would be taken for the same version.
  private var isSucceeded = false

  /// - Parameter limitBytes: an index that is larger reads no further.
  init(limitBytes: Int) {
    self.limitBytes = limitBytes
  }

  var state: State {
    State(
      cursor: index.cursor, count: index.count, albums: index.albumCount,
      isEmpty: index.isEmpty, isComplete: index.isComplete, isCutOff: index.isCutOff,
      bytes: index.bytes)
  }

  func apply(_ page: ListFolderPage) -> State {
    index.apply(page)
    if index.bytes >= limitBytes { index.cutOff() }
    return state
  }

  /// - Returns: nil when another index takes the place of this one at the moment.
  func add(_ file: FileEntry) -> State? {
    guard !isSucceeded else { return nil }
    index.add(file)
    return state
  }

  /// Takes the place of another index of the same folder, which changes no more.
  func succeed(_ old: IndexedFolder) async -> State {
    index.succeed(await old.handOver())
    return state
  }

  private func handOver() -> FolderIndex {
    isSucceeded = true
    return index
  }

  func view(_ parameters: GalleryParameters, chosen: FileID?) -> FolderView? {
    index.view(parameters, chosen: chosen)
  }

  func holds(_ picture: FileID) -> Bool {
    index.holds(picture)
  }

  func album(_ id: FileID) -> Album? {
    index.album(id)
  }

  /// The newest picture that there is a rendition of, among the newest few.
  var cover: Picture? {
    let count = min(index.count, PageSlice.standardSize)
    return index.pictures(0..<count, in: .newest).first { $0.obstacle == nil }
  }
}
