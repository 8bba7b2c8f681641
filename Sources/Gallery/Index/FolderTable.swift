// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What lies in a folder: records of one size, and beside them one row of bytes for all their texts.
///
/// A picture takes about 170 bytes of it, two ways to find it included. Records keep their numbers until `compact`.
struct FolderTable: Sendable {
  enum Kind: UInt8, Sendable {
    case picture
    /// A picture that the listing has not brought itself.
    case provisional
    case album
    /// A file that is no picture.
    case other
    /// A hole.
    case gone
  }

  struct Record: Sendable {
    var modified: Int64 = 0
    var size: Int64 = 0
    /// Where its texts begin: id, rev, name, what the name is sorted by, what it is found by.
    fileprivate(set) var start: UInt32 = 0
    /// The change of the folder by which it came.
    var added: UInt32 = 0
    fileprivate(set) var nameCount: UInt16 = 0
    /// 0 where the name itself is what it is sorted by.
    fileprivate(set) var sortCount: UInt16 = 0
    /// 0 where the name in lower case is what it is found by.
    fileprivate(set) var keyCount: UInt16 = 0
    fileprivate(set) var idCount: UInt8 = 0
    fileprivate(set) var revCount: UInt8 = 0
    var kind: Kind
  }

  private(set) var records: [Record] = []
  private(set) var text: [UInt8] = []
  private var byKey = RecordHash()
  private var byID = RecordHash()
  private(set) var holes = 0

  /// Of memory.
  var bytes: Int {
    records.capacity * MemoryLayout<Record>.stride + text.capacity + byKey.bytes + byID.bytes
  }

  var hasManyHoles: Bool { holes > 64 && holes > records.count / 4 }

  subscript(number: Int32) -> Record {
    get { records[Int(number)] }
    set { records[Int(number)] = newValue }
  }

  // MARK: Changing

  /// - Parameter key: the name under which a folder holds something: case makes no difference.
  /// - Returns: nil for texts that are longer than any of Dropbox's.
  mutating func insert(
    _ record: Record, id: FileID? = nil, rev: Rev? = nil, name: String, key: String
  ) -> Int32? {
    var record = record
    let token = id?.value.dropFirst(3) ?? ""
    let sorted = NaturalOrder.text(of: name)
    let lowered = name.lowercased().utf8.elementsEqual(key.utf8) ? nil : key
    guard let number = Int32(exactly: records.count), let start = UInt32(exactly: text.count),
      let idCount = UInt8(exactly: token.utf8.count),
      let revCount = UInt8(exactly: rev?.value.utf8.count ?? 0),
      let nameCount = UInt16(exactly: name.utf8.count),
      let sortCount = UInt16(exactly: sorted?.utf8.count ?? 0),
      let keyCount = UInt16(exactly: lowered?.utf8.count ?? 0)
    else { return nil }
    record.start = start
    (record.idCount, record.revCount) = (idCount, revCount)
    (record.nameCount, record.sortCount, record.keyCount) = (nameCount, sortCount, keyCount)
    text.append(contentsOf: token.utf8)
    for part in [rev?.value, name, sorted, lowered] { text.append(contentsOf: (part ?? "").utf8) }
    records.append(record)
    byKey.insert(number, hash: key.hashValue)
    if let id { byID.insert(number, hash: id.hashValue) }
    return number
  }

  mutating func remove(_ number: Int32) {
    guard self[number].kind != .gone else { return }
    byKey.remove(number, hash: key(number).hashValue)
    if let id = id(number) { byID.remove(number, hash: id.hashValue) }
    self[number].kind = .gone
    holes += 1
  }

  /// Closes the holes.
  ///
  /// - Returns: for each old number the new one; they stand in the same order.
  mutating func compact() -> [Int32] {
    var table = FolderTable()
    table.records.reserveCapacity(records.count - holes)
    var numbers = Array(repeating: Int32(-1), count: records.count)
    for number in records.indices.map({ Int32(truncatingIfNeeded: $0) })
    where self[number].kind != .gone {
      numbers[Int(number)] =
        table.insert(
          self[number], id: id(number), rev: rev(number), name: name(number), key: key(number))
        ?? -1
    }
    self = table
    return numbers
  }

  // MARK: Finding

  func find(key: String) -> Int32? {
    byKey.find(hash: key.hashValue) { isKey(key, of: $0) }
  }

  func find(_ id: FileID) -> Int32? {
    byID.find(hash: id.hashValue) {
      text[idRange(self[$0])].elementsEqual(id.value.utf8.dropFirst(3))
    }
  }

  func picture(_ number: Int32) -> Picture? {
    guard let id = id(number), let rev = rev(number) else { return nil }
    let record = self[number]
    return Picture(
      id: id, rev: rev, name: name(number), modified: UnixTime(seconds: record.modified),
      size: record.size)
  }

  func album(_ number: Int32) -> Album? {
    id(number).map { Album(id: $0, name: name(number)) }
  }

  func id(_ number: Int32) -> FileID? {
    FileID("id:" + string(idRange(self[number])))
  }

  func rev(_ number: Int32) -> Rev? {
    let range = idRange(self[number])
    return Rev(string(range.upperBound..<range.upperBound + Int(self[number].revCount)))
  }

  private func name(_ number: Int32) -> String { string(nameRange(self[number])) }

  private func key(_ number: Int32) -> String {
    let record = self[number]
    let start = nameRange(record).upperBound + Int(record.sortCount)
    return record.keyCount == 0
      ? name(number).lowercased() : string(start..<start + Int(record.keyCount))
  }

  private func isKey(_ key: String, of number: Int32) -> Bool {
    self.key(number).utf8.elementsEqual(key.utf8)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  func idRange(_ record: Record) -> Range<Int> {
    Int(record.start)..<Int(record.start) + Int(record.idCount)
  }

  func nameRange(_ record: Record) -> Range<Int> {
    let start = Int(record.start) + Int(record.idCount) + Int(record.revCount)
    return start..<start + Int(record.nameCount)
  }
}
