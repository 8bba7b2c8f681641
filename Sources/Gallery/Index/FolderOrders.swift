// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The pictures of a folder in each order that somebody wanted, and its albums by name.
///
/// Z to A is A to Z from its end; the two orders of time are not each other's reverse, as pictures of the same
/// second stand by name in both.
struct FolderOrders: Sendable {
  private var pictures: [PictureOrder: SortedRecords] = [:]
  private(set) var albums = SortedRecords([], by: .name, in: FolderTable())

  var bytes: Int { pictures.values.reduce(albums.bytes) { $0 + $1.bytes } }

  /// Numbers of the pictures at these places of an order.
  mutating func pictures(
    _ range: Range<Int>, in order: PictureOrder, of table: FolderTable
  ) -> [Int32] {
    let sorted = sorted(by: order, of: table)
    guard order == .nameDown else { return Array(sorted[range]) }
    return sorted[sorted.count - range.upperBound..<sorted.count - range.lowerBound].reversed()
  }

  mutating func place(
    of picture: Int32, in order: PictureOrder, of table: FolderTable
  ) -> Int? {
    let sorted = sorted(by: order, of: table)
    let place = sorted.place(of: picture, in: table)
    return order == .nameDown ? place.map { sorted.count - 1 - $0 } : place
  }

  /// Follows the table after records came or went.
  mutating func update(
    newPictures: [Int32], newAlbums: [Int32], hasHoles: Bool, in table: FolderTable
  ) {
    for order in pictures.keys {
      if hasHoles { pictures[order]?.removeHoles(in: table) }
      pictures[order]?.insert(newPictures, in: table)
    }
    if hasHoles { albums.removeHoles(in: table) }
    albums.insert(newAlbums, in: table)
  }

  mutating func renumber(_ numbers: [Int32]) {
    for order in pictures.keys { pictures[order]?.renumber(numbers) }
    albums.renumber(numbers)
  }

  private mutating func sorted(by order: PictureOrder, of table: FolderTable) -> SortedRecords {
    let kept = order == .nameDown ? .name : order
    if let known = pictures[kept] { return known }
    let all = table.records.indices.map { Int32(truncatingIfNeeded: $0) }
      .filter { table[$0].kind.isPicture }
    let sorted = SortedRecords(all, by: kept, in: table)
    pictures[kept] = sorted
    return sorted
  }
}
