// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP

/// Large pictures on their way from Dropbox to browsers, each by a call of its own, six calls of an account at once.
///
/// Who asks for a picture whose call has not been answered yet joins those who wait for it, and all of them read the
/// one answer (`SharedStream`); who comes later begins a call. A call counts until its last byte was taken. Pictures of
/// one session never reach another, as in `ThumbnailBatches`. A call ends when nobody is left who wants its picture.
actor PictureStreams {
  /// Asks Dropbox for a picture of a session.
  typealias Open =
    @concurrent @Sendable (OpenSession, Rev, Rendition) async -> Result<PictureStream, GalleryError>

  /// How many calls of an account are under way. Dropbox minds parallel calls of one person more than many.
  static let width = 6

  private struct Wish: Hashable {
    let ticket: String
    let rendition: Rendition
    let rev: Rev
  }

  private typealias Waiter = CheckedContinuation<Result<PictureStream, GalleryError>, Never>

  private struct Call {
    let wish: Wish
    let session: OpenSession
    var waiters: [Int: Waiter]
    var task: Task<Void, Never>?
  }

  private struct Traffic {
    var inFlight = 0
    var queue: [Int] = []
  }

  private let open: Open
  private var lastNumber = 0
  private var calls: [Int: Call] = [:]
  /// The call of each picture that others may join.
  private var joinable: [Wish: Int] = [:]
  private var lanes: [String: Traffic] = [:]

  init(open: @escaping Open) {
    self.open = open
  }

  /// How many wait for an answer to begin.
  var waiterCount: Int { calls.values.reduce(0) { $0 + $1.waiters.count } }
  /// How many calls are under way.
  var inFlight: Int { lanes.values.reduce(0) { $0 + $1.inFlight } }

  /// - Throws: what the call met; `.unavailable` when the task is cancelled.
  func picture(
    of rev: Rev, as rendition: Rendition, for session: OpenSession
  ) async throws(GalleryError) -> PictureStream {
    let wish = Wish(ticket: session.ticket.text, rendition: rendition, rev: rev)
    let number = nextNumber()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        join(wish, of: session, as: number, continuation)
        // Cancelled before, there was nobody to leave.
        if Task.isCancelled { leave(number) }
      }
    } onCancel: {
      Task { await leave(number) }
    }
    return try result.get()
  }

  private func nextNumber() -> Int {
    lastNumber &+= 1
    return lastNumber
  }

  private func join(
    _ wish: Wish, of session: OpenSession, as number: Int, _ continuation: Waiter
  ) {
    if let id = joinable[wish] {
      calls[id]?.waiters[number] = continuation
      return
    }
    let id = nextNumber()
    calls[id] = Call(wish: wish, session: session, waiters: [number: continuation])
    joinable[wish] = id
    let account = session.session.accountID
    lanes[account, default: Traffic()].queue.append(id)
    startNext(of: account)
  }

  private func leave(_ number: Int) {
    guard let (id, call) = calls.first(where: { $0.value.waiters[number] != nil }) else { return }
    calls[id]?.waiters[number] = nil
    call.waiters[number]?.resume(returning: .failure(GalleryError(DropboxError.cancelled)))
    guard call.waiters.count == 1 else { return }
    joinable[call.wish] = nil
    if let task = call.task { task.cancel() } else { calls[id] = nil }
  }

  private func startNext(of account: String) {
    while var traffic = lanes[account], traffic.inFlight < Self.width, !traffic.queue.isEmpty {
      let id = traffic.queue.removeFirst()
      if let call = calls[id] {
        traffic.inFlight += 1
        calls[id]?.task = Task { await run(id, call.wish, call.session) }
      }
      lanes[account] = traffic
    }
    if let traffic = lanes[account], traffic.inFlight == 0, traffic.queue.isEmpty {
      lanes[account] = nil
    }
  }

  private func run(_ id: Int, _ wish: Wish, _ session: OpenSession) async {
    let account = session.session.accountID
    let result = await open(session, wish.rev, wish.rendition)
    let waiters = Array((calls.removeValue(forKey: id)?.waiters ?? [:]).values)
    if joinable[wish] == id { joinable[wish] = nil }
    switch result {
    case .failure(let error):
      for waiter in waiters { waiter.resume(returning: .failure(error)) }
      release(account)
    case .success(let picture):
      let counted = picture.body.noticing { _, _ in Task { await self.release(account) } }
      // Without anybody it is let go here, which ends it.
      let readers = SharedStream.readers(of: counted, count: waiters.count)
      for (waiter, body) in zip(waiters, readers) {
        let copy = PictureStream(mediaType: picture.mediaType, rev: picture.rev, body: body)
        waiter.resume(returning: .success(copy))
      }
    }
  }

  private func release(_ account: String) {
    lanes[account]?.inFlight -= 1
    startNext(of: account)
  }
}
