// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What lies in one folder, as far as its listing was read. Pages are applied in the order in which they come.
struct FolderIndex: Sendable {
  /// Even an empty one takes room: its cursor, its place in the tables.
  private static let emptyBytes = 2048

  var table = FolderTable()
  var orders = FolderOrders()
  private var number = UInt64.random(in: .min ... .max)
  var change: UInt32 = 0
  /// How many pictures there are.
  var count = 0
  /// How many files there are that are no pictures.
  var others = 0
  /// Where the listing goes on; nil before its first page.
  private(set) var cursor: Cursor?
  /// Whether the end of the listing was seen. It stays so while changes are read.
  private(set) var isComplete = false
  /// Whether there is more than may be held, so that the rest was left out.
  private(set) var isCutOff = false

  /// Of memory.
  var bytes: Int { Self.emptyBytes + table.bytes + orders.bytes }
  /// Whether there is nothing to be shown.
  var isEmpty: Bool { count == 0 && albumCount == 0 }
  var albumCount: Int { orders.albums.count }
  var version: FolderVersion { FolderVersion(index: number, change: change) }

  mutating func apply(_ page: ListFolderPage) {
    var changes = FolderChanges(number: change &+ 1, isFirstReading: !isComplete)
    for entry in page.entries { changes.apply(entry, to: &self) }
    cursor = page.cursor
    if !page.hasMore {
      isComplete = true
      changes.dropProvisional(of: &self)
    }
    settle(changes)
  }

  /// Puts a picture in that is known from elsewhere. It goes again when the listing ends without it.
  mutating func add(_ file: FileEntry) {
    guard file.isPicture, picture(file.id) == nil else { return }
    var changes = FolderChanges(number: change &+ 1, isFirstReading: !isComplete)
    changes.apply(.file(file), to: &self, as: .provisional)
    settle(changes)
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
    var isSame = count == old.count && others == old.others && albums == old.albums
    for place in table.records.indices where table.records[place].kind.isPicture {
      let here = Int32(truncatingIfNeeded: place)
      let before = table.id(here).flatMap { old.picture($0) }
      table[here].added = before.map { old.table[$0].added } ?? (old.isComplete ? change : 0)
      isSame = isSame && before.flatMap { old.table.picture($0) } == table.picture(here)
    }
    if isSame { change = old.change }
  }

  mutating func pictures(_ range: Range<Int>, in order: PictureOrder) -> [Picture] {
    orders.pictures(range, in: order, of: table).compactMap { table.picture($0) }
  }

  /// Where a picture stands, from 0; nil where it is not known.
  mutating func place(of picture: FileID, in order: PictureOrder) -> Int? {
    self.picture(picture).flatMap { orders.place(of: $0, in: order, of: table) }
  }

  func holds(_ picture: FileID) -> Bool { self.picture(picture) != nil }

  /// All of them, by name.
  var albums: [Album] {
    orders.albums[0..<orders.albums.count].compactMap { table.album($0) }
  }

  func album(_ id: FileID) -> Album? {
    guard let found = table.find(id), table[found].kind == .album else { return nil }
    return table.album(found)
  }

  /// How many pictures came since; nil for a version of another index.
  func added(since version: FolderVersion) -> Int? {
    guard version.index == number, version.change <= change else { return nil }
    if version.change == change { return 0 }
    return table.records.reduce(0) {
      $1.kind.isPicture && $1.added > version.change ? $0 + 1 : $0
    }
  }

  private func picture(_ id: FileID) -> Int32? {
    guard let found = table.find(id), table[found].kind.isPicture else { return nil }
    return found
  }

  /// Lets the orders follow the table.
  private mutating func settle(_ changes: FolderChanges) {
    guard changes.isAny else { return }
    change = changes.number
    let isThere = { [table] (number: Int32) in table[number].kind != .gone }
    orders.update(
      newPictures: changes.newPictures.filter(isThere),
      newAlbums: changes.newAlbums.filter(isThere), hasHoles: changes.hasHoles, in: table)
    if table.hasManyHoles { orders.renumber(table.compact()) }
  }
}

extension FolderTable.Kind {
  var isPicture: Bool { self == .picture || self == .provisional }
}
