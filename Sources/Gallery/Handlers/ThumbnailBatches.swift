// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// Gathers the small pictures that a page asks for one by one into few calls to Dropbox.
///
/// They wait until 25 of a session and a size are there, or no other has come for a while, or fifty moments are over. The
/// while is two moments for one picture and six for several, in which no further request of the same browser is known
/// to be coming. While a call of the account is under way it is eight moments: a page that asks for a hundred is still
/// at it, and what waits could hardly be had earlier. A moment that lasted half again as long as it should does not
/// count, since a machine so busy has others on their way. A picture that is asked for again while it is on its way is
/// not asked for again. Pictures of one session never reach another: it is part of every key, so
/// that a session that ends takes nobody else's along, not even of the same account.
///
/// A browser that goes away ends a call only when nobody waits for anything of it any more.
actor ThumbnailBatches {
  /// Asks Dropbox for pictures of a session and gives as many outcomes, in their order.
  typealias Fetch =
    @concurrent @Sendable (OpenSession, [Rev], Rendition) async -> [ThumbnailOutcome]

  /// How long a batch of one picture waits for another.
  static let moment: Duration = .milliseconds(8)
  /// How many moments others are waited for that come and come.
  private static let mostMoments = 50
  /// Calls of one account at once. Dropbox minds parallel calls of one person more than many.
  private static let width = 2

  private let fetch: Fetch
  private let arrivals: Arrivals
  private let pause: @Sendable () async -> Void
  private var lastNumber = 0
  private var batches: [Int: Batch] = [:]
  /// The batch of each line that still takes pictures.
  private var open: [Line: Int] = [:]
  private var lanes: [String: Traffic] = [:]
  private var waits: [Wish: Wait] = [:]

  /// - Parameter pause: returns after a moment.
  init(
    arrivals: Arrivals = Arrivals(), fetch: @escaping Fetch,
    pause: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: moment) }
  ) {
    self.fetch = fetch
    self.arrivals = arrivals
    self.pause = pause
  }

  /// A picture in a small size.
  ///
  /// - Throws: what the call met, or what Dropbox says of this picture; `.unavailable` when the task is cancelled.
  func thumbnail(
    of rev: Rev, as rendition: Rendition, for session: OpenSession, _ arrival: Arrival
  ) async throws(GalleryError) -> Thumbnail {
    let wish = Wish(line: Line(ticket: session.ticket.text, rendition: rendition), rev: rev)
    let number = nextNumber()
    let start = ContinuousClock.now
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        join(wish, of: session, as: number, arrival, continuation)
        // Cancelled before, there was nobody to leave.
        if Task.isCancelled { leave(wish, as: number) }
      }
    } onCancel: {
      Task { await leave(wish, as: number) }
    }
    RequestTrace.current?.wait(.dropbox, since: start)
    return try outcome.get()
  }

  private func nextNumber() -> Int {
    lastNumber &+= 1
    return lastNumber
  }

  /// How many wait.
  var waiterCount: Int { waits.values.reduce(0) { $0 + $1.waiters.count } }

  // MARK: coming and going

  private func join(
    _ wish: Wish, of session: OpenSession, as number: Int, _ arrival: Arrival,
    _ continuation: CheckedContinuation<ThumbnailOutcome, Never>
  ) {
    arrival.end()
    if waits[wish] != nil {
      waits[wish]?.waiters[number] = continuation
      return
    }
    let id = open[wish.line] ?? begin(wish.line, of: session, arrival)
    waits[wish] = Wait(batch: id, waiters: [number: continuation])
    batches[id]?.wanted.append(wish)
    if let batch = batches[id], batch.wanted.count >= Dropbox.batchLimit {
      open[wish.line] = nil
      enqueue(id)
    }
  }

  private func leave(_ wish: Wish, as number: Int) {
    guard let continuation = waits[wish]?.waiters.removeValue(forKey: number) else { return }
    continuation.resume(returning: .failure(GalleryError(DropboxError.cancelled)))
    guard let wait = waits[wish], wait.waiters.isEmpty else { return }
    waits[wish] = nil
    batches[wait.batch]?.wanted.removeAll { $0 == wish }
    if let batch = batches[wait.batch], batch.wanted.isEmpty { batch.call?.cancel() }
  }

  // MARK: batches

  private func begin(_ line: Line, of session: OpenSession, _ arrival: Arrival) -> Int {
    let id = nextNumber()
    batches[id] = Batch(line: line, session: session, first: arrival)
    open[line] = id
    Task { await gather(id) }
    return id
  }

  /// Ends the gathering when it is enough. Until its turn comes, an open batch goes on taking pictures.
  private func gather(_ id: Int) async {
    var moments = 0
    var quiet = 0
    while true {
      let count = batches[id]?.wanted.count
      let start = ContinuousClock.now
      await pause()
      let isPunctual = ContinuousClock.now - start < Self.moment * 3 / 2
      guard let batch = batches[id], !batch.isQueued else { return }
      moments += 1
      let isComing = arrivals.count(like: batch.first) > 0
      quiet = isPunctual && !isComing && batch.wanted.count == count ? quiet + 1 : 0
      let isBusy = lanes[batch.account].map { $0.inFlight > 0 } ?? false
      let patience = isBusy ? 8 : batch.wanted.count > 1 ? 6 : 2
      if quiet >= patience || moments >= Self.mostMoments { return enqueue(id) }
    }
  }

  private func enqueue(_ id: Int) {
    guard let batch = batches[id], !batch.isQueued else { return }
    batches[id]?.isQueued = true
    lanes[batch.account, default: Traffic()].queue.append(id)
    startNext(of: batch.account)
  }

  private func startNext(of account: String) {
    while var traffic = lanes[account], traffic.inFlight < Self.width, !traffic.queue.isEmpty {
      let id = traffic.queue.removeFirst()
      lanes[account] = traffic
      guard let batch = batches[id] else { continue }
      if open[batch.line] == id { open[batch.line] = nil }
      if batch.wanted.isEmpty {
        batches[id] = nil
      } else {
        lanes[account]?.inFlight += 1
        batches[id]?.call = Task { await call(id, batch) }
      }
    }
    if let traffic = lanes[account], traffic.inFlight == 0, traffic.queue.isEmpty {
      lanes[account] = nil
    }
  }

  private func call(_ id: Int, _ batch: Batch) async {
    let outcomes = await fetch(batch.session, batch.wanted.map(\.rev), batch.line.rendition)
    for (index, wish) in batch.wanted.enumerated() where waits[wish]?.batch == id {
      let outcome =
        index < outcomes.count
        ? outcomes[index] : .failure(.fault(cause: "a picture of a batch has no outcome"))
      for waiter in waits.removeValue(forKey: wish)?.waiters.values ?? [:].values {
        waiter.resume(returning: outcome)
      }
    }
    batches[id] = nil
    lanes[batch.account]?.inFlight -= 1
    startNext(of: batch.account)
  }
}

/// A picture, or why there is none.
typealias ThumbnailOutcome = Result<Thumbnail, GalleryError>

extension ThumbnailBatches {
  /// What is gathered together.
  private struct Line: Hashable {
    let ticket: String
    let rendition: Rendition
  }

  private struct Wish: Hashable {
    let line: Line
    let rev: Rev
  }

  /// Who waits for one picture.
  private struct Wait {
    let batch: Int
    var waiters: [Int: CheckedContinuation<ThumbnailOutcome, Never>]
  }

  private struct Batch {
    let line: Line
    let session: OpenSession
    /// The request that began it.
    let first: Arrival
    /// Those somebody still waits for.
    var wanted: [Wish] = []
    var isQueued = false
    var call: Task<Void, Never>?

    var account: String { session.session.accountID }
  }

  private struct Traffic {
    var inFlight = 0
    var queue: [Int] = []
  }
}
