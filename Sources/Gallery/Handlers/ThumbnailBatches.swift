// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import TaskCoordination

/// Collects the requests of a page for small thumbnails into few calls to Dropbox.
///
/// A batch holds thumbnails of one session and one size. It is sent when it holds 25 thumbnails, when no request has
/// joined it for some ticks of 8 ms, or after 50 ticks. The number of quiet ticks is 2 for a batch of one thumbnail, 6
/// for a larger batch, and 8 while a call of the account runs: a page of a hundred thumbnails is still sending its
/// requests then, and Dropbox could hardly answer earlier. A tick is not quiet while another request of the same
/// browser is known to arrive, or when it lasted half again as long as it should: on a machine so busy other requests
/// are delayed as well. A batch that waits for a permit of its account goes on growing up to 25.
///
/// Requests for the same thumbnail share one place in a batch. The session is part of every key, so a thumbnail never
/// reaches another session, and a session that ends fails no request of another one. A call is cancelled when all its
/// requests are.
actor ThumbnailBatches {
  /// Asks Dropbox for thumbnails with a session. The outcomes have the order of the revisions.
  typealias Fetch =
    @concurrent @Sendable (OpenSession, [Rev], Rendition) async -> [ThumbnailOutcome]

  static let tick: Duration = .milliseconds(8)
  private static let mostTicks = 50
  /// The number of calls of an account at once. Dropbox throttles parallel calls of one account sooner than many
  /// calls.
  private static let width = 2

  private static let cancellation = GalleryError(DropboxError.cancelled)

  private let fetch: Fetch
  private let arrivals: Arrivals
  private let pause: @Sendable () async -> Void
  private let requests = SingleFlight<ThumbnailRequest, Thumbnail, GalleryError>(
    cancellation: cancellation)
  private let limiter = KeyedLimiter<String>(limit: width)
  private var lastID = 0
  private var batches: [Int: Batch] = [:]
  /// The batch of each key that accepts thumbnails.
  private var open: [BatchKey: Int] = [:]
  /// The entries of all batches, by their id.
  private var waiters: [Int: Waiter] = [:]

  /// - Parameter pause: returns after a tick.
  init(
    arrivals: Arrivals = Arrivals(), fetch: @escaping Fetch,
    pause: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: tick) }
  ) {
    self.fetch = fetch
    self.arrivals = arrivals
    self.pause = pause
  }

  /// A picture in a small size.
  ///
  /// - Throws: the error of the call, or Dropbox's error for this picture; `.unavailable` when the task is cancelled.
  func thumbnail(
    of rev: Rev, as rendition: Rendition, for session: OpenSession, _ arrival: Arrival
  ) async throws(GalleryError) -> Thumbnail {
    let request = ThumbnailRequest(
      batch: BatchKey(ticket: session.ticket.text, rendition: rendition), rev: rev)
    let start = ContinuousClock.now
    // A request that joins another one does not come to `add`.
    if requests.callerCount(of: request) > 0 { arrival.end() }
    let outcome = await requests.run(request) { () async throws(GalleryError) in
      try await self.batched(request, of: session, arrival).get()
    }
    RequestTrace.current?.wait(.dropbox, since: start)
    return try outcome.result.get()
  }

  /// The number of requests whose thumbnail is in a batch.
  var waiterCount: Int {
    batches.values.reduce(0) { count, batch in
      batch.entries.reduce(count) { $0 + requests.callerCount(of: batch.request($1)) }
    }
  }

  private func nextID() -> Int {
    lastID &+= 1
    return lastID
  }

  // MARK: Entries of a batch

  private func batched(
    _ request: ThumbnailRequest, of session: OpenSession, _ arrival: Arrival
  ) async -> ThumbnailOutcome {
    let id = nextID()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard !Task.isCancelled else {
          return continuation.resume(returning: .failure(Self.cancellation))
        }
        add(request, of: session, as: id, arrival, continuation)
        // The task may be cancelled before it registers, so check again here.
        if Task.isCancelled { remove(id) }
      }
    } onCancel: {
      Task { await remove(id) }
    }
  }

  private func add(
    _ request: ThumbnailRequest, of session: OpenSession, as id: Int, _ arrival: Arrival,
    _ continuation: CheckedContinuation<ThumbnailOutcome, Never>
  ) {
    arrival.end()
    let number = open[request.batch] ?? begin(request.batch, of: session, arrival)
    waiters[id] = Waiter(batch: number, continuation: continuation)
    batches[number]?.entries.append(Entry(id: id, rev: request.rev))
    if let batch = batches[number], batch.entries.count >= Dropbox.batchLimit {
      close(number)
      enqueue(number)
    }
  }

  private func remove(_ id: Int) {
    guard let waiter = waiters.removeValue(forKey: id) else { return }
    waiter.continuation.resume(returning: .failure(Self.cancellation))
    batches[waiter.batch]?.entries.removeAll { $0.id == id }
    if let batch = batches[waiter.batch], batch.entries.isEmpty, let task = batch.task {
      close(waiter.batch)
      task.cancel()
    }
  }

  // MARK: Batches

  private func begin(_ key: BatchKey, of session: OpenSession, _ arrival: Arrival) -> Int {
    let number = nextID()
    batches[number] = Batch(key: key, session: session, first: arrival)
    open[key] = number
    Task { await collect(number) }
    return number
  }

  private func close(_ number: Int) {
    guard let key = batches[number]?.key, open[key] == number else { return }
    open[key] = nil
  }

  /// Enqueues the batch when no further request is expected. It stays open until it has a permit.
  private func collect(_ number: Int) async {
    var ticks = 0
    var quiet = 0
    while true {
      let count = batches[number]?.entries.count
      let start = ContinuousClock.now
      await pause()
      let isPunctual = ContinuousClock.now - start < Self.tick * 3 / 2
      guard let batch = batches[number], batch.task == nil else { return }
      ticks += 1
      let isComing = arrivals.count(like: batch.first) > 0
      quiet = isPunctual && !isComing && batch.entries.count == count ? quiet + 1 : 0
      let isBusy = limiter.permitCount(of: batch.account) > 0
      let quietLimit = isBusy ? 8 : batch.entries.count > 1 ? 6 : 2
      if quiet >= quietLimit || ticks >= Self.mostTicks { return enqueue(number) }
    }
  }

  private func enqueue(_ number: Int) {
    guard let batch = batches[number], batch.task == nil else { return }
    batches[number]?.task = Task { await send(number, of: batch.account) }
  }

  private func send(_ number: Int, of account: String) async {
    let permit = await limiter.acquire(account)
    close(number)
    if let batch = batches[number], !batch.entries.isEmpty {
      let revs = batch.entries.map(\.rev)
      deliver(await fetch(batch.session, revs, batch.key.rendition), to: batch.entries)
    }
    batches[number] = nil
    permit?.release()
  }

  private func deliver(_ outcomes: [ThumbnailOutcome], to entries: [Entry]) {
    for (index, entry) in entries.enumerated() {
      let outcome =
        index < outcomes.count
        ? outcomes[index] : .failure(.fault(cause: "a picture of a batch has no outcome"))
      waiters.removeValue(forKey: entry.id)?.continuation.resume(returning: outcome)
    }
  }
}

/// A thumbnail, or the reason for its absence.
typealias ThumbnailOutcome = Result<Thumbnail, GalleryError>

extension ThumbnailBatches {
  private struct BatchKey: Hashable {
    let ticket: String
    let rendition: Rendition
  }

  private struct ThumbnailRequest: Hashable {
    let batch: BatchKey
    let rev: Rev
  }

  private struct Entry {
    let id: Int
    let rev: Rev
  }

  private struct Waiter {
    let batch: Int
    let continuation: CheckedContinuation<ThumbnailOutcome, Never>
  }

  private struct Batch {
    let key: BatchKey
    let session: OpenSession
    /// The arrival of the request that began the batch.
    let first: Arrival
    /// The thumbnails that a request waits for.
    var entries: [Entry] = []
    /// Waits for a permit, then calls Dropbox. `nil` while the batch collects requests.
    var task: Task<Void, Never>?

    var account: String { session.session.accountID }

    func request(_ entry: Entry) -> ThumbnailRequest {
      ThumbnailRequest(batch: key, rev: entry.rev)
    }
  }
}
