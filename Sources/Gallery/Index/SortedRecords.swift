// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Some records of a table in an order. What comes is sorted in; the rest is not sorted again.
struct SortedRecords: Sendable {
  let order: PictureOrder
  private var numbers: [Int32] = []

  init(_ numbers: [Int32], by order: PictureOrder, in table: FolderTable) {
    self.order = order
    self.numbers = numbers
    self.numbers.sort { table.isBefore($0, $1, in: order) }
  }

  var count: Int { numbers.count }
  var bytes: Int { numbers.capacity * MemoryLayout<Int32>.stride }

  subscript(range: Range<Int>) -> ArraySlice<Int32> { numbers[range] }

  /// Where a record stands that is among them.
  func place(of number: Int32, in table: FolderTable) -> Int? {
    let place = place(before: number, upTo: numbers.count, table)
    return place < numbers.count && numbers[place] == number ? place : nil
  }

  mutating func removeHoles(in table: FolderTable) {
    numbers.removeAll { table[$0].kind == .gone }
  }

  /// Takes in what is not among them yet.
  mutating func insert(_ new: [Int32], in table: FolderTable) {
    let new = new.sorted { table.isBefore($0, $1, in: order) }
    var end = numbers.count
    numbers.append(contentsOf: new)
    // From the back, so that each old one moves once, to its place.
    for (index, number) in new.enumerated().reversed() {
      let place = place(before: number, upTo: end, table)
      for old in stride(from: end - 1, through: place, by: -1) {
        numbers[old + index + 1] = numbers[old]
      }
      numbers[place + index] = number
      end = place
    }
  }

  /// - Parameter numbers: the new number for each old one, in the same order.
  mutating func renumber(_ numbers: [Int32]) {
    for place in self.numbers.indices {
      self.numbers[place] = numbers[Int(self.numbers[place])]
    }
  }

  /// How many of the first `end` stand before a record.
  private func place(before number: Int32, upTo end: Int, _ table: FolderTable) -> Int {
    var (low, high) = (0, end)
    while low < high {
      let middle = low + (high - low) / 2
      if table.isBefore(numbers[middle], number, in: order) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
