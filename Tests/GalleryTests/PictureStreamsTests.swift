// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import TestSupport
import Testing

@testable import Gallery

struct PictureStreamsTests {
  private let revs = (0..<20).compactMap { Rev("0161a2b3c" + String($0 + 0x100, radix: 16)) }

  private typealias Asked = Task<Result<PictureStream, GalleryError>, Never>

  private func ask(
    _ streams: PictureStreams, _ rev: Rev, _ rendition: Rendition = .image2048,
    for session: OpenSession
  ) -> Asked {
    Task {
      do throws(GalleryError) {
        return .success(try await streams.picture(of: rev, as: rendition, for: session))
      } catch {
        return .failure(error)
      }
    }
  }

  private func waitForWaiters(_ count: Int, _ streams: PictureStreams) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while streams.waiterCount != count {
      try #require(ContinuousClock.now < end, "never \(count) waiters")
      await Task.yield()
    }
  }

  /// Reads to the end, as the server does.
  private func read(_ body: BodyStream) async -> (count: Int, broken: BodyStream.Broken?) {
    var count = 0
    do throws(BodyStream.Broken) {
      while let piece = try await body.next() { count += piece.count }
      body.end(.complete)
      return (count, nil)
    } catch {
      body.end(.broken(error))
      return (count, error)
    }
  }

  @Test(arguments: Rendition.allCases.filter { !$0.isSmall })
  func `who asks while the call is not answered joins, and everybody gets all of it`(
    rendition: Rendition
  ) async throws {
    let (dropbox, session) = (ScriptedPictures(), try OpenSession.made())
    let streams = dropbox.streams()
    let asked = (0..<3).map { _ in ask(streams, revs[0], rendition, for: session) }
    try await waitForWaiters(3, streams)
    dropbox.gate.fire()
    await withTaskGroup { group in
      for task in asked {
        group.addTask {
          guard case .success(let picture) = await task.value else { return 0 }
          return await read(picture.body).count
        }
      }
      for await count in group { #expect(count == 4 * ScriptedPictures.pieceBytes) }
    }
    try await dropbox.wait("an end") { $0.endings == [.complete] }
    #expect(dropbox.state.calls.count == 1)
    #expect(dropbox.state.pieces == 4)
  }

  @Test func `who asks after the answer begins a call`() async throws {
    let (dropbox, session) = (ScriptedPictures(), try OpenSession.made())
    let streams = dropbox.streams()
    dropbox.gate.fire()
    let first = try await ask(streams, revs[0], for: session).value.get()
    let second = try await ask(streams, revs[0], for: session).value.get()
    for picture in [first, second] { #expect(await read(picture.body).broken == nil) }
    #expect(dropbox.state.calls.count == 2)
  }

  @Test func `six calls of an account are under way, each until its last byte`() async throws {
    let (dropbox, session) = (ScriptedPictures(), try OpenSession.made())
    let streams = dropbox.streams()
    dropbox.gate.fire()
    let asked = revs.map { ask(streams, $0, for: session) }
    try await dropbox.waitForCalls(6)
    try await waitForWaiters(14, streams)
    #expect(dropbox.state.calls.count == 6)
    // Nobody has read; a stranger does not wait for that.
    let stranger = try await ask(streams, revs[0], for: try .made("dbid:Ben")).value.get()
    #expect(await read(stranger.body).broken == nil)
    #expect(dropbox.state.calls.count == 7)
    await withTaskGroup { group in
      for task in asked {
        group.addTask {
          guard case .success(let picture) = await task.value else { return 0 }
          return await read(picture.body).count
        }
      }
      for await count in group { #expect(count == 4 * ScriptedPictures.pieceBytes) }
    }
    #expect(dropbox.state.calls.count == 21)
    #expect(dropbox.state.most <= 7)
  }

  @Test func `a picture never reaches another session`() async throws {
    let dropbox = ScriptedPictures()
    let streams = dropbox.streams()
    let asked = try ["dbid:Ana", "dbid:Ana", "dbid:Ben"].map {
      ask(streams, revs[0], for: try .made($0))
    }
    try await waitForWaiters(3, streams)
    dropbox.gate.fire()
    for task in asked { _ = try await task.value.get() }
    #expect(dropbox.state.calls.count == 3)
  }

  @Test func `a call that nobody waits for is cancelled, and the next is another`() async throws {
    let (dropbox, session) = (ScriptedPictures(), try OpenSession.made())
    let streams = dropbox.streams()
    let gone = [ask(streams, revs[0], for: session), ask(streams, revs[0], for: session)]
    try await waitForWaiters(2, streams)
    try await dropbox.waitForCalls(1)
    gone[0].cancel()
    _ = await gone[0].value
    #expect(dropbox.state.calls.count == 1)
    gone[1].cancel()
    _ = await gone[1].value
    let again = ask(streams, revs[0], for: session)
    try await dropbox.waitForCalls(2)
    dropbox.gate.fire()
    _ = try await again.value.get()
    // The cancelled call runs on for a moment, and nobody waits for it.
    try await dropbox.wait("cancellation") { $0.cancelled == 1 }
  }

  @Test func `who is cancelled before it asks waits for nothing, and takes nobody's room`()
    async throws
  {
    let (dropbox, session) = (ScriptedPictures(), try OpenSession.made())
    let streams = dropbox.streams()
    for rev in revs {
      let gone = Task { () async -> Bool in
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return (try? await streams.picture(of: rev, as: .image2048, for: session)) == nil
      }
      #expect(await gone.value)
    }
    dropbox.gate.fire()
    let picture = try await ask(streams, revs[0], for: session).value.get()
    #expect(await read(picture.body).broken == nil)
  }

  @Test func `a failure is everybody's, and makes room`() async throws {
    let dropbox = ScriptedPictures(failure: .notFound)
    let session = try OpenSession.made()
    let streams = dropbox.streams()
    dropbox.gate.fire()
    let asked = (revs + revs).map { ask(streams, $0, for: session) }
    for task in asked {
      guard case .failure(.notFound) = await task.value else {
        Issue.record("no failure")
        continue
      }
    }
    #expect(streams.inFlight == 0)
    #expect(streams.waiterCount == 0)
  }

  // MARK: SharedStream

  private func shared(
    _ count: Int, _ dropbox: ScriptedPictures
  ) async throws -> [BodyStream] {
    let (streams, session) = (dropbox.streams(), try OpenSession.made())
    let asked = (0..<count).map { _ in ask(streams, revs[0], for: session) }
    try await waitForWaiters(count, streams)
    dropbox.gate.fire()
    var bodies: [BodyStream] = []
    for task in asked { bodies.append(try await task.value.get().body) }
    return bodies
  }

  @Test func `who is ahead waits when 256 KiB are held for who is behind`() async throws {
    let dropbox = ScriptedPictures(pieces: 1024)
    let bodies = try await shared(2, dropbox)
    let fast = Task { await read(bodies[0]).count }
    try await dropbox.wait("four pieces") { $0.pieces == 4 }
    for _ in 0..<1000 { await Task.yield() }
    #expect(dropbox.state.pieces == 4)
    var taken = 0
    while let piece = try await bodies[1].next() {
      taken += piece.count
      #expect(dropbox.state.pieces * ScriptedPictures.pieceBytes - taken <= 262_144 + 65_536)
    }
    #expect(taken == 64 << 20)
    #expect(await fast.value == taken)
    #expect(dropbox.state.pieces == 1024)
  }

  @Test func `who leaves holds nobody back, and who is last ends it`() async throws {
    let dropbox = ScriptedPictures(pieces: 64)
    let bodies = try await shared(3, dropbox)
    let fast = Task { await read(bodies[0]) }
    try await dropbox.wait("four pieces") { $0.pieces == 4 }
    bodies[1].end(.abandoned)
    bodies[2].end(.abandoned)
    #expect(await fast.value.broken == nil)
    try await dropbox.wait("an end") { $0.endings == [.complete] }

    let left = ScriptedPictures(pieces: 64)
    for body in try await shared(2, left) { body.end(.abandoned) }
    try await left.wait("an end") { $0.endings == [.abandoned] }
    #expect(left.state.pieces == 0)
  }

  @Test func `who is cancelled while waiting is the only one`() async throws {
    let dropbox = ScriptedPictures(pieces: 64)
    let bodies = try await shared(2, dropbox)
    let fast = Task { await read(bodies[0]) }
    try await dropbox.wait("four pieces") { $0.pieces == 4 }
    fast.cancel()
    #expect(await fast.value.broken == BodyStream.Broken(reason: "cancelled"))
    #expect(await read(bodies[1]).count == 64 * ScriptedPictures.pieceBytes)
  }

  @Test func `what breaks off breaks for everybody`() async throws {
    let dropbox = ScriptedPictures(pieces: 3, breaks: true)
    for body in try await shared(2, dropbox) {
      let (count, broken) = await read(body)
      #expect(count == 2 * ScriptedPictures.pieceBytes)
      #expect(broken == BodyStream.Broken(reason: "cut"))
    }
    try await dropbox.wait("an end") { !$0.endings.isEmpty }
  }
}
