// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Logging
internal import TaskCoordination

/// The listings of people's folders, in this process's memory alone, so that a view of a folder seldom waits for
/// Dropbox.
///
/// The first view waits for as many pages as it takes to have something to show, one as a rule. The rest, and changes
/// once an index is 30 s old, are read behind the views, of a person one page at a time. Indexes together take 64 MiB
/// at most; the one that nobody looked at for longest goes first.
actor FolderIndexes {
  /// Whose folder. Pictures of one owner are never shown to another.
  struct Key: Hashable, Sendable {
    /// The Dropbox account.
    let owner: String
    /// The root, or a folder by its id.
    let folder: FolderPath
  }

  struct Slot {
    /// Tells an index from a later one under the same key.
    let id: Int
    var folder: IndexedFolder
    var state: IndexedFolder.State
    /// When the last reading came to its end, a good one or a bad one.
    var checked: ContinuousClock.Instant
    /// Before this Dropbox wants to be left alone.
    var notBefore: ContinuousClock.Instant?
    var lastUse: Int
    /// The way to the folder as Dropbox said, for where its parents are not in memory.
    var trail: [Crumb]?
    /// The folder in whose index this one was last found.
    var parent: Key?
  }

  static let standardLimitBytes = 64 << 20
  private static let freshFor: Duration = .seconds(30)
  /// One that was cut off is read anew as a whole, so less often.
  private static let cutOffFreshFor: Duration = .seconds(600)

  let limitBytes: Int
  /// Whether a first view waits for the whole folder: where the process ends with its answer.
  let waitsForAll: Bool
  private let logger: Logger
  let now: @Sendable () -> ContinuousClock.Instant
  var slots: [Key: Slot] = [:]
  private var uses = 0
  /// First readings of folders. A reading goes on when its browsers go away, so that the next view finds the listing.
  private let firstReadings = SingleFlight<Key, IndexedFolder, GalleryError>(
    cancellation: GalleryError(DropboxError.cancelled), whenAbandoned: .finish)
  /// Readings under way behind the views, by the id of the slot.
  private(set) var readings: [Int: Task<Void, Never>] = [:]
  /// One listing call of an account at a time, because Dropbox may reject parallel listings of one account.
  private let limiter = KeyedLimiter<String>(limit: 1)

  init(
    limitBytes: Int = standardLimitBytes, waitsForAll: Bool = false, logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.limitBytes = limitBytes
    self.waitsForAll = waitsForAll
    self.logger = logger
    self.now = now
  }

  /// How many views wait for the first reading of any folder.
  var waiterCount: Int { firstReadings.callerCount }

  /// A page of a folder as far as it is known; asks Dropbox first only when there is nothing to show.
  ///
  /// - Parameter chosen: a picture whose page is wanted.
  /// - Returns: nil when the chosen picture is not known to be in the folder.
  func view(
    of key: Key, _ parameters: GalleryParameters, chosen: FileID? = nil, _ reading: FolderReading
  ) async throws(GalleryError) -> FolderView? {
    let view = await (try await folder(key, .view, reading)).view(parameters, chosen: chosen)
    // After the view was taken, so that it does not wait for the page that comes next.
    readBehind(key, reading)
    return view
  }

  /// The picture that stands for a folder; asks Dropbox for as much as a first view needs when nothing is
  /// known, one page as a rule, and reads no further.
  ///
  /// - Returns: nil when there is none in what is known.
  func cover(of key: Key, _ reading: FolderReading) async throws(GalleryError) -> Picture? {
    if let slot = slots[key] { return await slot.folder.cover }
    let read = try await afterEarlierCalls(of: key.owner) { () async throws(GalleryError) in
      try await folder(key, .cover, reading)
    }
    return await read.cover
  }

  /// Puts a picture of a folder in that Dropbox said is there, and looks soon whether the listing has it too.
  func add(_ picture: FileEntry, to key: Key, _ reading: FolderReading) async {
    while let slot = slots[key] {
      if let state = await slot.folder.add(picture), slots[key]?.folder === slot.folder {
        slots[key]?.state = state
        readBehind(key, reading, evenIfFresh: true)
        return
      }
      // The folder is being replaced by one that was read anew.
      await Task.yield()
    }
  }

  /// Drops what is known of a person's folders.
  func forget(_ owner: String) {
    for key in slots.keys where key.owner == owner { slots[key] = nil }
  }

  // MARK: Known, or read first

  private func folder(
    _ key: Key, _ purpose: Purpose, _ reading: FolderReading
  ) async throws(GalleryError) -> IndexedFolder {
    while true {
      if let folder = known(key, purpose) { return folder }
      let outcome = await firstReadings.run(key, waitingFor: .dropbox) {
        () async throws(GalleryError) in
        try await self.load(key, purpose, reading)
      }
      switch outcome.result {
      case .success(let folder):
        // A call that this caller joined may have read less than it needs.
        if !outcome.hasJoined { return folder }
      case .failure(let error):
        // The call may have used another session of the account, and this session may still be valid.
        guard outcome.hasJoined, case .sessionEnded = error else { throw error }
      }
    }
  }

  private func known(_ key: Key, _ purpose: Purpose) -> IndexedFolder? {
    guard let slot = slots[key], !purpose.wantsMore(than: slot.state) else { return nil }
    uses += 1
    slots[key]?.lastUse = uses
    return slot.folder
  }

  /// Reads what a first view needs into a slot.
  private func load(
    _ key: Key, _ purpose: Purpose, _ reading: FolderReading
  ) async throws(GalleryError) -> IndexedFolder {
    do throws(GalleryError) {
      let (folder, state) = try await loadInitial(key, purpose, reading)
      uses += 1
      let old = slots[key]
      slots[key] = Slot(
        id: old?.folder === folder ? old?.id ?? uses : uses, folder: folder, state: state,
        checked: now(), lastUse: uses, trail: old?.trail, parent: old?.parent)
      makeRoom(keeping: key)
      return folder
    } catch {
      if case .notFound = error { slots[key] = nil }
      throw error
    }
  }

  /// Runs a listing call of an account after the earlier ones have ended. Calls for a first view do not use it.
  func afterEarlierCalls<Value: Sendable>(
    of owner: String, _ call: () async throws(GalleryError) -> Value
  ) async throws(GalleryError) -> Value {
    try await limiter.withPermit(owner, cancellation: GalleryError(DropboxError.cancelled), call)
  }

  // MARK: Behind the views

  private func readBehind(_ key: Key, _ reading: FolderReading, evenIfFresh: Bool = false) {
    guard let slot = slots[key], readings[slot.id] == nil else { return }
    let id = slot.id
    let freshFor = slot.state.isCutOff ? Self.cutOffFreshFor : Self.freshFor
    let isDue = !slot.state.isComplete || slot.checked.duration(to: now()) >= freshFor
    guard isDue || evenIfFresh, slot.notBefore ?? slot.checked <= now() else { return }
    // It belongs to no request.
    readings[id] = RequestTrace.$current.withValue(nil) { readingTask(key, id, reading) }
  }

  private func readingTask(_ key: Key, _ id: Int, _ reading: FolderReading) -> Task<Void, Never> {
    Task {
      do throws(GalleryError) {
        try await read(key, id, reading)
        if slots[key]?.id == id { slots[key]?.notBefore = nil }
      } catch {
        logger.notice("a folder was not read to its end", metadata: ["cause": "\(error)"])
        if slots[key]?.id == id { bear(error, key) }
      }
      if slots[key]?.id == id { slots[key]?.checked = now() }
      readings[id] = nil
    }
  }

  /// What a failed reading means for what is known: a folder that vanished is not shown again.
  private func bear(_ error: GalleryError, _ key: Key) {
    switch error {
    case .sessionEnded, .notFound: slots[key] = nil
    case .unavailable(_, let seconds, _): slots[key]?.notBefore = now() + .seconds(seconds)
    default: slots[key]?.notBefore = now() + Self.freshFor
    }
  }

  /// How much is held, for who watches.
  var census: (folders: Int, pictures: Int, bytes: Int, readings: Int) {
    (
      slots.count, slots.values.reduce(0) { $0 + $1.state.count },
      slots.values.reduce(0) { $0 + $1.state.bytes }, readings.count
    )
  }

  func makeRoom(keeping kept: Key) {
    var total = slots.values.reduce(0) { $0 + $1.state.bytes }
    while total > limitBytes,
      let oldest = slots.filter({ $0.key != kept }).min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      slots[oldest.key] = nil
      total -= oldest.value.state.bytes
    }
  }
}
