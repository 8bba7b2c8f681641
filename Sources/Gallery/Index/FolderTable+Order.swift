// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension FolderTable {
  /// Total: pictures of the same second stand by name, and what has the same name by id.
  func isBefore(_ left: Int32, _ right: Int32, in order: PictureOrder) -> Bool {
    let (one, other) = (self[left], self[right])
    switch order {
    case .newest where one.modified != other.modified: return one.modified > other.modified
    case .oldest where one.modified != other.modified: return one.modified < other.modified
    case .newest, .oldest, .name: return compareNames(one, other) < 0
    case .nameDown: return compareNames(one, other) > 0
    }
  }

  private func compareNames(_ left: Record, _ right: Record) -> Int {
    let text = text.span
    let natural = NaturalOrder.compare(
      text.extracting(sortRange(left)), text.extracting(sortRange(right)))
    if natural != 0 { return natural }
    let names = Self.compare(
      text.extracting(nameRange(left)), text.extracting(nameRange(right)))
    return names != 0
      ? names : Self.compare(text.extracting(idRange(left)), text.extracting(idRange(right)))
  }

  private func sortRange(_ record: Record) -> Range<Int> {
    let name = nameRange(record)
    return record.sortCount == 0
      ? name : name.upperBound..<name.upperBound + Int(record.sortCount)
  }

  private static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
    for place in 0..<min(left.count, right.count) where left[place] != right[place] {
      return left[place] < right[place] ? -1 : 1
    }
    return left.count - right.count
  }
}
