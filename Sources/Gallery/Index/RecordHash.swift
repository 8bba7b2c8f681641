// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the records of a table by the hash of a text of theirs: open addressing, eight bytes for each place.
///
/// Hashes have to come from `Hashable`, which nobody outside can predict.
struct RecordHash: Sendable {
  private static let free: UInt64 = .max
  /// Where a record was; a search goes on behind it.
  private static let left: UInt64 = .max - 1
  private static let smallest = 16

  /// The hash in the upper half, the record in the lower one. A power of two of them.
  private var places = Array(repeating: free, count: smallest)
  /// Those that are not free.
  private var used = 0
  private var count = 0

  var bytes: Int { places.capacity * MemoryLayout<UInt64>.stride }

  mutating func insert(_ record: Int32, hash: Int) {
    if (used + 1) * 4 > places.count * 3 { rebuild() }
    put(Self.entry(record, hash))
    used += 1
    count += 1
  }

  mutating func remove(_ record: Int32, hash: Int) {
    let entry = Self.entry(record, hash)
    var place = Self.start(entry, places.count)
    while places[place] != Self.free {
      if places[place] == entry {
        places[place] = Self.left
        count -= 1
        return
      }
      place = (place + 1) & (places.count - 1)
    }
  }

  /// The first record of this hash that is meant.
  func find(hash: Int, where isMeant: (Int32) -> Bool) -> Int32? {
    let upper = Self.entry(0, hash) >> 32
    var place = Self.start(Self.entry(0, hash), places.count)
    while places[place] != Self.free {
      let entry = places[place]
      let record = Int32(truncatingIfNeeded: entry)
      if entry >> 32 == upper, isMeant(record) { return record }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private mutating func rebuild() {
    let entries = places.filter { $0 < Self.left }
    var size = Self.smallest
    while size < (count + 1) * 2 { size *= 2 }
    places = Array(repeating: Self.free, count: size)
    used = count
    for entry in entries { put(entry) }
  }

  private mutating func put(_ entry: UInt64) {
    var place = Self.start(entry, places.count)
    while places[place] != Self.free { place = (place + 1) & (places.count - 1) }
    places[place] = entry
  }

  /// 31 bits of the hash, so that no entry is one of the two marks.
  private static func entry(_ record: Int32, _ hash: Int) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: hash) >> 1) << 32 | UInt64(UInt32(bitPattern: record))
  }

  private static func start(_ entry: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: entry >> 32) & (count - 1)
  }
}
