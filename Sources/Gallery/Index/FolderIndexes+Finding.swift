// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What can be said of a person's folders without asking Dropbox.
extension FolderIndexes {
  /// Deeper folders than this have no trail in memory.
  private static let depthLimit = 64

  /// The folder in whose index a picture stands, the one looked at last first.
  func folder(holding picture: FileID, of owner: String) async -> Key? {
    let known = slots.filter { $0.key.owner == owner }
      .sorted { $0.value.lastUse > $1.value.lastUse }
    for (key, slot) in known where await slot.folder.holds(picture) { return key }
    return nil
  }

  /// How far albums of a person were read; those that were not are missing.
  func counts(of albums: [Album], _ owner: String) -> [FileID: AlbumCount] {
    var counts: [FileID: AlbumCount] = [:]
    for album in albums {
      guard let state = slots[Key(owner: owner, folder: FolderPath(album.id))]?.state else {
        continue
      }
      counts[album.id] = AlbumCount(
        count: state.count, albums: state.albums,
        isComplete: state.isComplete && !state.isCutOff)
    }
    return counts
  }

  /// The way from the root to a folder, itself last; nil where neither its parents are in memory nor it was
  /// remembered.
  func trail(to key: Key) async -> [Crumb]? {
    var trail: [Crumb] = []
    var here = key
    while let id = here.folder.id {
      guard trail.count < Self.depthLimit, let (album, parent) = await find(id, here) else {
        return slots[here]?.trail.map { $0 + trail }
      }
      trail.insert(Crumb(album), at: 0)
      here = parent
    }
    return [.root] + trail
  }

  func remember(_ trail: [Crumb], to key: Key) {
    slots[key]?.trail = trail
  }

  private func find(_ id: FileID, _ key: Key) async -> (Album, parent: Key)? {
    if let parent = slots[key]?.parent, let album = await slots[parent]?.folder.album(id) {
      return (album, parent)
    }
    for (parent, slot) in slots where parent.owner == key.owner {
      guard let album = await slot.folder.album(id) else { continue }
      slots[key]?.parent = parent
      return (album, parent)
    }
    return nil
  }
}
