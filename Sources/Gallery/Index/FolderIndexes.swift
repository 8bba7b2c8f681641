// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Logging

/// The listings of people's folders, in this process's memory alone, so that a view of a folder seldom waits for
/// Dropbox.
///
/// The first view waits for as many pages as it takes to have a picture, one as a rule. The rest, and changes once an
/// index is 30 s old, are read behind the views, for a folder one reading at a time. Indexes together take 64 MiB at
/// most, by an estimate; the one that nobody looked at for longest goes first.
actor FolderIndexes {
  /// Whose folder. Pictures of one owner are never shown to another.
  struct Key: Hashable, Sendable {
    /// The Dropbox account.
    let owner: String
    let folder: FolderPath
  }

  private struct Slot {
    /// Tells an index from a later one under the same key.
    let id: Int
    var index: FolderIndex
    /// Made of the index when somebody looks.
    var list: PictureList?
    /// When the last reading came to its end, a good one or a bad one.
    var checked: ContinuousClock.Instant
    var lastUse: Int
  }

  static let standardLimitBytes = 64 << 20
  private static let freshFor: Duration = .seconds(30)
  /// One that was cut off is read anew as a whole, so less often.
  private static let cutOffFreshFor: Duration = .seconds(600)
  /// How long a first view waits for a picture, over all pages.
  private static let arrivalLimit: Duration = .seconds(25)

  private let limitBytes: Int
  /// Whether a first view waits for the whole folder: where the process ends with its answer.
  private let waitsForAll: Bool
  private let logger: Logger
  private let now: @Sendable () -> ContinuousClock.Instant
  private var slots: [Key: Slot] = [:]
  private var uses = 0
  private var arrivals: [Key: Task<Result<PictureList, GalleryError>, Never>] = [:]
  /// Readings under way behind the views, by the id of the slot.
  private(set) var readings: [Int: Task<Void, Never>] = [:]

  init(
    limitBytes: Int = standardLimitBytes, waitsForAll: Bool = false, logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.limitBytes = limitBytes
    self.waitsForAll = waitsForAll
    self.logger = logger
    self.now = now
  }

  /// The pictures of a folder as far as they are known; asks Dropbox first only when nothing is.
  func list(of key: Key, _ reading: FolderReading) async throws(GalleryError) -> PictureList {
    while true {
      if let list = known(key, reading) { return list }
      guard let arrival = arrivals[key] else {
        return try await begin(key, reading).value.get()
      }
      do throws(GalleryError) {
        return try await arrival.value.get()
      } catch .sessionEnded {
        // Another session of the same person; this one may be good.
      }
    }
  }

  /// Drops what is known of a person's folders.
  func forget(_ owner: String) {
    for key in slots.keys where key.owner == owner { slots[key] = nil }
  }

  private func known(_ key: Key, _ reading: FolderReading) -> PictureList? {
    guard let slot = slots[key] else { return nil }
    uses += 1
    slots[key]?.lastUse = uses
    readBehind(key, reading)
    if let list = slot.list { return list }
    let list = PictureList(slot.index.pictures, isComplete: slot.index.isComplete)
    slots[key]?.list = list
    return list
  }

  // MARK: The first view

  /// The task belongs to nobody in particular: a browser that goes away does not end it for the others.
  private func begin(
    _ key: Key, _ reading: FolderReading
  ) -> Task<Result<PictureList, GalleryError>, Never> {
    let task = Task { () -> Result<PictureList, GalleryError> in
      defer { arrivals[key] = nil }
      do throws(GalleryError) {
        return .success(try await arrive(key, reading))
      } catch {
        return .failure(error)
      }
    }
    arrivals[key] = task
    return task
  }

  private func arrive(
    _ key: Key, _ reading: FolderReading
  ) async throws(GalleryError) -> PictureList {
    let start = now()
    var bound = ReadingBound()
    var index = try await firstPage(reading, &bound)
    while index.isEmpty || waitsForAll, !index.isComplete, let cursor = index.cursor {
      guard start.duration(to: now()) < Self.arrivalLimit else {
        throw .unavailable(.dropbox, retryAfter: 30, cause: "the listing takes too long")
      }
      switch try await reading.next(cursor) {
      case .page(let page):
        try bound.count(page, after: cursor)
        index.apply(page)
        if index.bytes >= limitBytes { index.cutOff() }
      case .reset:
        try bound.countReset()
        index = try await firstPage(reading, &bound)
      }
    }
    if index.bytes >= limitBytes { index.cutOff() }
    uses += 1
    let list = PictureList(index.pictures, isComplete: index.isComplete)
    slots[key] = Slot(id: uses, index: index, list: list, checked: now(), lastUse: uses)
    makeRoom(keeping: key)
    readBehind(key, reading)
    return list
  }

  private func firstPage(
    _ reading: FolderReading, _ bound: inout ReadingBound
  ) async throws(GalleryError) -> FolderIndex {
    let page = try await reading.first()
    try bound.count(page, after: nil)
    var index = FolderIndex()
    index.apply(page)
    return index
  }

  // MARK: Behind the views

  private func readBehind(_ key: Key, _ reading: FolderReading) {
    guard let slot = slots[key], readings[slot.id] == nil else { return }
    let id = slot.id
    let freshFor = slot.index.isCutOff ? Self.cutOffFreshFor : Self.freshFor
    guard !slot.index.isComplete || slot.checked.duration(to: now()) >= freshFor else { return }
    readings[id] = Task {
      do throws(GalleryError) {
        try await read(key, id, reading)
      } catch {
        logger.notice("a folder was not read to its end", metadata: ["cause": "\(error)"])
        if case .sessionEnded = error, slots[key]?.id == id { slots[key] = nil }
      }
      if slots[key]?.id == id { slots[key]?.checked = now() }
      readings[id] = nil
    }
  }

  /// Reads on from where the index ends, until nothing more comes or the index was dropped meanwhile.
  private func read(_ key: Key, _ id: Int, _ reading: FolderReading) async throws(GalleryError) {
    var bound = ReadingBound()
    /// After a reset: what is read anew, while the old index is shown.
    var anew: FolderIndex?
    while slots[key]?.id == id, let cursor = anew?.cursor ?? slots[key]?.index.cursor {
      let mustStartOver = anew == nil && slots[key]?.index.isCutOff == true
      switch mustStartOver ? .reset : try await reading.next(cursor) {
      case .reset:
        try bound.countReset()
        anew = try await firstPage(reading, &bound)
      case .page(let page):
        try bound.count(page, after: cursor)
        if anew == nil {
          extend(key, id) { $0.apply(page) }
          if !page.hasMore { return }
        } else {
          anew?.apply(page)
        }
      }
      if var index = anew, slots[key]?.id == id {
        if index.bytes >= limitBytes { index.cutOff() }
        guard index.isComplete || slots[key]?.index.isComplete == false else { continue }
        extend(key, id) { $0 = index }
        anew = nil
        if index.isComplete { return }
      }
      if slots[key]?.index.isCutOff == true { return }
    }
  }

  private func extend(_ key: Key, _ id: Int, _ change: (inout FolderIndex) -> Void) {
    guard var slot = slots[key], slot.id == id else { return }
    // Out of the table while it is changed, or the whole index would be copied.
    slots[key] = nil
    slot.list = nil
    change(&slot.index)
    if slot.index.bytes >= limitBytes { slot.index.cutOff() }
    slots[key] = slot
    makeRoom(keeping: key)
  }

  private func makeRoom(keeping kept: Key) {
    var total = slots.values.reduce(0) { $0 + $1.index.bytes }
    while total > limitBytes,
      let oldest = slots.filter({ $0.key != kept }).min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      slots[oldest.key] = nil
      total -= oldest.value.index.bytes
    }
  }
}
