// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What one page of a listing changes in an index.
struct FolderChanges {
  /// What the pictures that come are marked with.
  let number: UInt32
  /// Whether pictures that come were there before anybody looked, and are not new to anybody.
  let isFirstReading: Bool
  private(set) var newPictures: [Int32] = []
  private(set) var newAlbums: [Int32] = []
  private(set) var hasHoles = false
  /// When the pictures came that the page took away; one that was renamed comes back under its new name.
  private var gone: [FileID: UInt32] = [:]
  private var isOtherChanged = false

  init(number: UInt32, isFirstReading: Bool) {
    self.number = number
    self.isFirstReading = isFirstReading
  }

  var isAny: Bool { hasHoles || isOtherChanged || !newPictures.isEmpty || !newAlbums.isEmpty }

  /// - Parameter kind: of a picture.
  mutating func apply(
    _ entry: Entry, to index: inout FolderIndex, as kind: FolderTable.Kind = .picture
  ) {
    switch entry {
    case .file(let file):
      let key = Self.key(file.pathLower, file.name)
      if file.isPicture {
        put(file, at: key, as: kind, in: &index)
      } else {
        putOther(file.id, at: key, in: &index)
      }
    case .folder(let folder):
      put(folder, at: Self.key(folder.pathLower, folder.name), in: &index)
    case .deleted(let name, let pathLower):
      remove(index.table.find(key: Self.key(pathLower, name)), from: &index)
    case .unknown: break
    }
  }

  mutating func dropProvisional(of index: inout FolderIndex) {
    for place in index.table.records.indices
    where index.table.records[place].kind == .provisional {
      remove(Int32(truncatingIfNeeded: place), from: &index)
    }
  }

  private mutating func put(
    _ file: FileEntry, at key: String, as kind: FolderTable.Kind, in index: inout FolderIndex
  ) {
    let here = index.table.find(key: key)
    if let here, index.table[here].kind.isPicture, index.table.picture(here) == Picture(file) {
      // Nothing new, but that the listing has it as well.
      index.table[here].kind = kind
      return
    }
    remove(here, from: &index)
    // A file is in one place only.
    remove(index.table.find(file.id), from: &index)
    var record = FolderTable.Record(kind: kind)
    record.modified = file.clientModified.seconds
    record.size = file.size
    record.added = gone[file.id] ?? (isFirstReading ? 0 : number)
    guard
      let new = index.table.insert(
        record, id: file.id, rev: file.rev, name: file.name, key: key)
    else { return }
    newPictures.append(new)
    index.count += 1
  }

  private mutating func put(
    _ folder: FolderEntry, at key: String, in index: inout FolderIndex
  ) {
    let here = index.table.find(key: key)
    let album = Album(id: folder.id, name: folder.name)
    if let here, index.table[here].kind == .album, index.table.album(here) == album { return }
    remove(here, from: &index)
    remove(index.table.find(folder.id), from: &index)
    guard
      let new = index.table.insert(
        FolderTable.Record(kind: .album), id: folder.id, name: folder.name, key: key)
    else { return }
    newAlbums.append(new)
  }

  private mutating func putOther(_ id: FileID, at key: String, in index: inout FolderIndex) {
    remove(index.table.find(id), from: &index)
    let here = index.table.find(key: key)
    if let here, index.table[here].kind == .other { return }
    remove(here, from: &index)
    guard index.table.insert(FolderTable.Record(kind: .other), name: "", key: key) != nil else {
      return
    }
    index.others += 1
    isOtherChanged = true
  }

  private mutating func remove(_ number: Int32?, from index: inout FolderIndex) {
    guard let number else { return }
    let record = index.table[number]
    if record.kind.isPicture {
      if let id = index.table.id(number) { gone[id] = record.added }
      index.count -= 1
    } else if record.kind == .other {
      index.others -= 1
    }
    index.table.remove(number)
    hasHoles = true
  }

  /// The name under which a folder holds something: case makes no difference.
  private static func key(_ pathLower: String?, _ name: String) -> String {
    guard let pathLower, let slash = pathLower.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return name.lowercased()
    }
    return String(pathLower[pathLower.utf8.index(after: slash)...])
  }
}
