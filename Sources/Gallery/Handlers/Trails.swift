// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The ways that lead from the root to albums and pictures, from memory where a person came that way, else from
/// Dropbox.
struct Trails: Sendable {
  /// Of a deeper folder only the nearest parents are asked for.
  private static let depthLimit = 12

  let sessions: Sessions
  let indexes: FolderIndexes

  /// - Returns: the folders from the root to this one, itself last.
  /// - Throws: `.notFound` for an id that is no folder's.
  func trail(
    to key: FolderIndexes.Key, _ open: OpenSession
  ) async throws(GalleryError) -> [Crumb] {
    if let known = await indexes.trail(to: key) { return known }
    guard let id = key.folder.id, case .folder(let folder) = try await entry(.id(id), open) else {
      throw .notFound
    }
    let parents = folder.pathLower.flatMap { FolderPath($0) }?.lineage.dropLast() ?? []
    return await [.root] + crumbs(of: parents.suffix(Self.depthLimit), open)
      + [Crumb(Album(id: folder.id, name: folder.name))]
  }

  /// Where a picture lies.
  ///
  /// - Throws: `.notFound` for what is no picture, or is gone.
  func find(
    _ picture: FileID, _ open: OpenSession
  ) async throws(GalleryError) -> (file: FileEntry, folder: FolderPath) {
    guard case .file(let file) = try await entry(.id(picture), open), file.isPicture,
      let parent = file.pathLower.flatMap({ FolderPath($0) })?.parent
    else { throw .notFound }
    if parent == .root { return (file, .root) }
    guard case .folder(let folder) = try await entry(.path(parent), open) else { throw .notFound }
    return (file, FolderPath(folder.id))
  }

  /// A parent that cannot be had is left out; the page is worth more than the whole way to it.
  private func crumbs(of folders: ArraySlice<FolderPath>, _ open: OpenSession) async -> [Crumb] {
    await withTaskGroup(of: (Int, Crumb?).self) { group in
      for (place, path) in folders.enumerated() {
        group.addTask {
          guard case .folder(let folder) = try? await entry(.path(path), open) else {
            return (place, nil)
          }
          return (place, Crumb(Album(id: folder.id, name: folder.name)))
        }
      }
      var found: [(Int, Crumb?)] = []
      for await crumb in group { found.append(crumb) }
      return found.sorted { $0.0 < $1.0 }.compactMap(\.1)
    }
  }

  private func entry(
    _ file: FileReference, _ open: OpenSession
  ) async throws(GalleryError) -> Entry {
    try await sessions.client(for: open).metadata(of: file)
  }
}
