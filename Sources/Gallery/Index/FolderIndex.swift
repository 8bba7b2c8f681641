// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The pictures of one folder, as far as its listing was read. Pages are applied in the order in which they come.
struct FolderIndex: Sendable {
  /// Even an empty one takes room: its cursor, its place in the tables.
  private static let emptyBytes = 2048

  private var byPath: [String: Picture] = [:]
  /// About how much memory it takes, the lists made of it included.
  private(set) var bytes = emptyBytes
  /// Where the listing goes on; nil before its first page.
  private(set) var cursor: Cursor?
  /// Whether the end of the listing was seen. It stays so while changes are read.
  private(set) var isComplete = false
  /// Whether there are more pictures than may be held, so that the rest was left out.
  private(set) var isCutOff = false

  var pictures: [Picture] { Array(byPath.values) }
  var isEmpty: Bool { byPath.isEmpty }

  mutating func apply(_ page: ListFolderPage) {
    for entry in page.entries { apply(entry) }
    cursor = page.cursor
    if !page.hasMore { isComplete = true }
  }

  /// Takes what is there for the whole.
  mutating func cutOff() {
    isComplete = true
    isCutOff = true
  }

  private mutating func apply(_ entry: Entry) {
    switch entry {
    case .file(let file):
      let path = file.pathLower ?? file.name.lowercased()
      remove(path)
      guard file.isPicture else { return }
      let picture = Picture(file)
      byPath[path] = picture
      bytes += Self.bytes(of: picture, at: path)
    case .folder(let folder): remove(folder.pathLower ?? folder.name.lowercased())
    case .deleted(let name, let pathLower): remove(pathLower ?? name.lowercased())
    case .unknown: break
    }
  }

  private mutating func remove(_ path: String) {
    guard let old = byPath.removeValue(forKey: path) else { return }
    bytes -= Self.bytes(of: old, at: path)
  }

  /// Twice its place in the table, which grows by doubling; five lists that hold it; four texts with what an
  /// allocation adds to each.
  private static func bytes(of picture: Picture, at path: String) -> Int {
    2 * (MemoryLayout<String>.stride + MemoryLayout<Picture>.stride)
      + 5 * MemoryLayout<Picture>.stride + 4 * 32 + path.utf8.count + picture.name.utf8.count
      + picture.id.value.utf8.count + picture.rev.value.utf8.count
  }
}
