// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What lies in one folder, as far as its listing was read. Pages are applied in the order in which they come.
struct FolderIndex: Sendable {
  /// Even an empty one takes room: its cursor, its place in the tables.
  private static let emptyBytes = 2048

  private enum Item {
    case picture(Picture, added: UInt32, isProvisional: Bool)
    case album(Album)
    case other
  }

  private var items: [String: Item] = [:]
  private var sorted: [PictureOrder: [Picture]] = [:]
  private var number = UInt64.random(in: .min ... .max)
  private var change: UInt32 = 0
  /// How many pictures there are.
  private(set) var count = 0
  /// How many files there are that are no pictures.
  private(set) var others = 0
  /// About how much memory it takes, the lists made of it included.
  private(set) var bytes = emptyBytes
  /// Where the listing goes on; nil before its first page.
  private(set) var cursor: Cursor?
  /// Whether the end of the listing was seen. It stays so while changes are read.
  private(set) var isComplete = false
  /// Whether there is more than may be held, so that the rest was left out.
  private(set) var isCutOff = false

  /// Whether there is nothing to be shown.
  var isEmpty: Bool { count == 0 && items.count == others }
  var version: FolderVersion { FolderVersion(index: number, change: change) }

  mutating func apply(_ page: ListFolderPage) {
    if !page.entries.isEmpty {
      change &+= 1
      sorted = [:]
    }
    var gone: [FileID: UInt32] = [:]
    for entry in page.entries { apply(entry, &gone) }
    cursor = page.cursor
    if !page.hasMore {
      isComplete = true
      dropProvisional()
    }
  }

  /// Puts a picture in that is known from elsewhere. It goes again when the listing ends without it.
  mutating func add(_ file: FileEntry) {
    guard file.isPicture, place(of: file.id, in: .standard) == nil else { return }
    change &+= 1
    sorted = [:]
    set(
      .picture(Picture(file), added: isComplete ? change : 0, isProvisional: true),
      at: Self.key(file.pathLower, file.name))
  }

  /// Takes what is there for the whole.
  mutating func cutOff() {
    isComplete = true
    isCutOff = true
  }

  /// Goes on as another index of the same folder, so that a version of that one can still be told from this one.
  mutating func succeed(_ old: FolderIndex) {
    number = old.number
    change = old.change &+ 1
    var added: [FileID: UInt32] = [:]
    for case .picture(let picture, let change, _) in old.items.values { added[picture.id] = change }
    for (key, item) in items {
      guard case .picture(let picture, _, let isProvisional) = item else { continue }
      let since = added[picture.id] ?? (old.isComplete ? change : 0)
      items[key] = .picture(picture, added: since, isProvisional: isProvisional)
    }
  }

  mutating func pictures(_ range: Range<Int>, in order: PictureOrder) -> [Picture] {
    Array(all(in: order)[range])
  }

  mutating func place(of picture: FileID, in order: PictureOrder) -> Int? {
    all(in: order).firstIndex { $0.id == picture }
  }

  var albums: [Album] {
    items.values.compactMap { if case .album(let album) = $0 { album } else { nil } }
      .map { (NaturalName($0.name), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  func album(_ id: FileID) -> Album? {
    for case .album(let album) in items.values where album.id == id { return album }
    return nil
  }

  /// How many pictures came since; nil for a version of another index.
  func added(since version: FolderVersion) -> Int? {
    guard version.index == number, version.change <= change else { return nil }
    return items.values.reduce(0) {
      if case .picture(_, let added, _) = $1, added > version.change { $0 + 1 } else { $0 }
    }
  }

  private mutating func all(in order: PictureOrder) -> [Picture] {
    if let known = sorted[order] { return known }
    let list = order.sorted(
      items.values.compactMap { if case .picture(let picture, _, _) = $0 { picture } else { nil } })
    sorted[order] = list
    return list
  }

  private mutating func apply(_ entry: Entry, _ gone: inout [FileID: UInt32]) {
    switch entry {
    case .file(let file):
      let key = Self.key(file.pathLower, file.name)
      if case .picture(let old, let added, _) = items[key] { gone[old.id] = added }
      guard file.isPicture else { return set(.other, at: key) }
      set(
        .picture(
          Picture(file), added: gone[file.id] ?? (isComplete ? change : 0), isProvisional: false),
        at: key)
    case .folder(let folder):
      set(
        .album(Album(id: folder.id, name: folder.name)), at: Self.key(folder.pathLower, folder.name)
      )
    case .deleted(let name, let pathLower):
      let key = Self.key(pathLower, name)
      if case .picture(let old, let added, _) = items[key] { gone[old.id] = added }
      set(nil, at: key)
    case .unknown: break
    }
  }

  private mutating func dropProvisional() {
    for (key, item) in items {
      if case .picture(_, _, isProvisional: true) = item { set(nil, at: key) }
    }
  }

  private mutating func set(_ item: Item?, at key: String) {
    weigh(items[key], at: key, -1)
    items[key] = item
    weigh(item, at: key, 1)
  }

  private mutating func weigh(_ item: Item?, at key: String, _ sign: Int) {
    switch item {
    case .picture(let picture, _, _):
      count += sign
      bytes += sign * Self.bytes(of: picture, at: key)
    case .album: bytes += sign * 512
    case .other:
      others += sign
      bytes += sign * 256
    case nil: break
    }
  }

  /// The name under which a folder holds something: case makes no difference.
  private static func key(_ pathLower: String?, _ name: String) -> String {
    guard let pathLower, let slash = pathLower.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return name.lowercased()
    }
    return String(pathLower[pathLower.utf8.index(after: slash)...])
  }

  /// Twice its place in the table, which grows by doubling; five lists that hold it; four texts with what an
  /// allocation adds to each.
  private static func bytes(of picture: Picture, at path: String) -> Int {
    2 * (MemoryLayout<String>.stride + MemoryLayout<Picture>.stride)
      + 5 * MemoryLayout<Picture>.stride + 4 * 32 + path.utf8.count + picture.name.utf8.count
      + picture.id.value.utf8.count + picture.rev.value.utf8.count
  }
}
