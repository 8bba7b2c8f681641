// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import TestSupport
import Testing

@testable import Gallery

struct ThumbnailBatchesTests {
  private let revs = (0..<100).compactMap { Rev("0161a2b3c" + String($0 + 0x100, radix: 16)) }

  private typealias Asked = Task<ThumbnailOutcome, Never>

  private func ask(
    _ batches: ThumbnailBatches, _ rev: Rev, _ rendition: Rendition = .image256,
    for session: OpenSession
  ) -> Asked {
    Task {
      do throws(GalleryError) {
        return .success(
          try await batches.thumbnail(
            of: rev, as: rendition, for: session, Arrivals().begin(Request(target: "/", id: "1"))))
      } catch {
        return .failure(error)
      }
    }
  }

  private func expectCancelled(
    _ task: Asked, _ location: SourceLocation = #_sourceLocation
  ) async {
    guard case .failure(.unavailable(.dropbox, retryAfter: 1, _)) = await task.value else {
      Issue.record("not cancelled", sourceLocation: location)
      return
    }
  }

  private func waitForWaiters(_ count: Int, _ batches: ThumbnailBatches) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while await batches.waiterCount != count {
      try #require(ContinuousClock.now < end, "never \(count) waiters")
      await Task.yield()
    }
  }

  @Test func `a hundred small pictures at once are four calls`() async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    dropbox.gate.fire()
    let asked = revs.map { ask(batches, $0, for: session) }
    for (rev, task) in zip(revs, asked) {
      #expect(
        try await task.value.get() == dropbox.picture(rev, .image256, for: session.ticket.text))
    }
    #expect(dropbox.calls.map(\.revs.count) == [25, 25, 25, 25])
    #expect(Set(dropbox.calls.flatMap(\.revs)) == Set(revs))
    dropbox.moment.fire()
  }

  @Test func `a few go when no other comes for a moment`() async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    let asked = revs.prefix(3).map { ask(batches, $0, for: session) }
    try await waitForWaiters(3, batches)
    #expect(dropbox.calls.isEmpty)
    dropbox.moment.fire()
    dropbox.gate.fire()
    for task in asked { _ = try await task.value.get() }
    #expect(dropbox.calls.map { Set($0.revs) } == [Set(revs.prefix(3))])
  }

  @Test(arguments: Rendition.allCases.filter(\.isSmall))
  func `a picture that is asked for again is not asked for twice`(
    rendition: Rendition
  ) async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    dropbox.moment.fire()
    let first = ask(batches, revs[0], rendition, for: session)
    try await dropbox.waitForCalls(1)
    let others = [0, 1, 2].map { _ in ask(batches, revs[0], rendition, for: session) }
    try await waitForWaiters(4, batches)
    dropbox.gate.fire()
    for task in [first] + others {
      let picture = dropbox.picture(revs[0], rendition, for: session.ticket.text)
      #expect(try await task.value.get() == picture)
    }
    #expect(dropbox.calls.count == 1)
    _ = await ask(batches, revs[0], rendition, for: session).value
    #expect(dropbox.calls.count == 2)
  }

  @Test func `two batches of an account are under way, and what waits goes on growing`()
    async throws
  {
    let (dropbox, here, there) = (
      ScriptedThumbnails(), try OpenSession.made(), try OpenSession.made()
    )
    let batches = dropbox.batches()
    dropbox.moment.fire()
    var asked = [ask(batches, revs[0], for: here)]
    try await dropbox.waitForCalls(1)
    asked.append(ask(batches, revs[1], for: there))
    try await dropbox.waitForCalls(2)
    for rev in revs[2..<7] {
      asked.append(ask(batches, rev, for: here))
      try await waitForWaiters(asked.count, batches)
    }
    let stranger = ask(batches, revs[0], for: try OpenSession.made("dbid:Ben"))
    try await dropbox.waitForCalls(3)
    dropbox.gate.fire()
    for task in asked + [stranger] { _ = try await task.value.get() }
    #expect(dropbox.calls.map(\.revs.count) == [1, 1, 1, 5])
    #expect(dropbox.most == 3)
  }

  @Test func `a picture never reaches another session, not even of the same account`()
    async throws
  {
    let dropbox = ScriptedThumbnails()
    let batches = dropbox.batches()
    let sessions = [
      try OpenSession.made(), try OpenSession.made(), try OpenSession.made("dbid:Ben"),
    ]
    let asked = sessions.map { ask(batches, revs[0], for: $0) }
    try await waitForWaiters(3, batches)
    dropbox.moment.fire()
    dropbox.gate.fire()
    for (session, task) in zip(sessions, asked) {
      let picture = dropbox.picture(revs[0], .image256, for: session.ticket.text)
      #expect(try await task.value.get() == picture)
    }
    #expect(Set(dropbox.calls.map(\.ticket)) == Set(sessions.map(\.ticket.text)))
  }

  @Test func `sizes are not mixed`() async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    let sizes = Rendition.allCases.filter(\.isSmall)
    let asked = sizes.map { ask(batches, revs[0], $0, for: session) }
    try await waitForWaiters(asked.count, batches)
    dropbox.moment.fire()
    dropbox.gate.fire()
    for (rendition, task) in zip(sizes, asked) {
      let picture = dropbox.picture(revs[0], rendition, for: session.ticket.text)
      #expect(try await task.value.get() == picture)
    }
  }

  @Test func `who goes away takes nobody along`() async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    let gone = ask(batches, revs[0], for: session)
    let goneWithItsPicture = ask(batches, revs[1], for: session)
    let stays = ask(batches, revs[0], for: session)
    try await waitForWaiters(3, batches)
    goneWithItsPicture.cancel()
    await expectCancelled(goneWithItsPicture)
    dropbox.moment.fire()
    try await dropbox.waitForCalls(1)
    gone.cancel()
    await expectCancelled(gone)
    dropbox.gate.fire()
    let picture = dropbox.picture(revs[0], .image256, for: session.ticket.text)
    #expect(try await stays.value.get() == picture)
    #expect(dropbox.calls.map(\.revs) == [[revs[0]]])
    #expect(dropbox.cancelled == 0)
  }

  @Test(arguments: [Rendition.image256, .image640])
  func `a call that nobody waits for is cancelled, and the picture can be asked for again`(
    rendition: Rendition
  ) async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    dropbox.moment.fire()
    let gone = ask(batches, revs[0], rendition, for: session)
    try await dropbox.waitForCalls(1)
    gone.cancel()
    _ = await gone.value
    let again = ask(batches, revs[0], rendition, for: session)
    try await dropbox.waitForCalls(2)
    dropbox.gate.fire()
    _ = try await again.value.get()
    try await dropbox.waitForCancellations(1)
    #expect(await batches.waiterCount == 0)
  }

  @Test func `a batch that everybody left is never sent`() async throws {
    let (dropbox, session) = (ScriptedThumbnails(), try OpenSession.made())
    let batches = dropbox.batches()
    let gone = revs.prefix(3).map { ask(batches, $0, for: session) }
    try await waitForWaiters(3, batches)
    for task in gone { task.cancel() }
    for task in gone { _ = await task.value }
    dropbox.moment.fire()
    dropbox.gate.fire()
    _ = try await ask(batches, revs[5], for: session).value.get()
    #expect(dropbox.calls.map(\.revs) == [[revs[5]]])
  }

  @Test func `a failure of one picture concerns it alone, one of the call everybody`() async throws
  {
    let bad = revs[1]
    let dropbox = ScriptedThumbnails { rev, outcome in
      rev == bad ? .failure(.notFound) : outcome
    }
    let session = try OpenSession.made()
    let batches = dropbox.batches()
    let asked = revs.prefix(3).map { ask(batches, $0, for: session) }
    try await waitForWaiters(3, batches)
    dropbox.moment.fire()
    dropbox.gate.fire()
    for (rev, task) in zip(revs, asked) {
      switch await task.value {
      case .success: #expect(rev != bad)
      case .failure(.notFound): #expect(rev == bad)
      case .failure(let error): Issue.record("\(error)")
      }
    }
  }

  @Test func `who gets no outcome waits for none`() async throws {
    let dropbox = ScriptedThumbnails { _, _ in nil }
    let session = try OpenSession.made()
    let batches = dropbox.batches()
    dropbox.moment.fire()
    dropbox.gate.fire()
    let asked = revs.prefix(3).map { ask(batches, $0, for: session) }
    for task in asked {
      guard case .failure(.fault) = await task.value else {
        Issue.record("an outcome out of nothing")
        continue
      }
    }
    #expect(await batches.waiterCount == 0)
  }
}
