// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import HTTPTypes
import TestSupport
import Testing

@testable import HTTPClient

/// Answers whose body is taken in pieces.
@Suite struct AnswerStreamTests {
  private static let limits = StreamLimits(head: .seconds(10), stall: .seconds(10))

  private func open(
    _ client: HTTPClient, _ url: String, limit: Duration = .seconds(60),
    answerLimit: Int = 1 << 30, limits: StreamLimits = Self.limits
  ) async throws(HTTPClientError) -> AnswerStream {
    try await client.open(
      OutgoingRequest(url: url, limit: limit, answerLimit: answerLimit), limits: limits)
  }

  /// What came, and how it ended.
  private func read(_ body: AnswerBody) async -> (count: Int, error: HTTPClientError?) {
    var count = 0
    do throws(HTTPClientError) {
      while let piece = try await body.next() { count += piece.count }
      return (count, nil)
    } catch {
      return (count, error)
    }
  }

  private func failure(_ open: () async throws(HTTPClientError) -> AnswerStream) async
    -> HTTPClientError?
  {
    do throws(HTTPClientError) {
      _ = try await open()
      return nil
    } catch {
      return error
    }
  }

  private static func endless(_ head: String = "Content-Length: 67108864") -> [ScriptedServer.Step]
  {
    [
      .send("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n"),
      .sendEndlessly(String(repeating: "x", count: 1 << 16)),
    ]
  }

  @Test func `the head is there before the body`() async throws {
    let gate = Event()
    let server = try await ScriptedServer { request in
      request.path == "/go"
        ? [.answer()] : [.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc")]
    }
    let client = try makeClient()
    let answer = try await open(client, server.url())
    #expect(answer.status == .ok)
    #expect(answer.length == 6)
    #expect(try await answer.body.next() == Array("abc".utf8))
    let rest = Task {
      defer { gate.fire() }
      return await read(answer.body).error
    }
    _ = try await client.get(server.url("/go"))
    #expect(!gate.hasHappened)
    await server.closeConnections()
    #expect(await rest.value == .interrupted(.partialFile))
  }

  @Test(
    arguments: [
      ("Content-Length: 3\r\n\r\nabc", 3),
      ("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", nil),
      ("Content-Length: 0\r\n\r\n", 0),
    ] as [(String, Int?)])
  func `an answer is read to its end, and its connection used again`(
    rest: String, length: Int?
  ) async throws {
    let server = try await ScriptedServer { _ in
      [.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nX-A: b\r\n" + rest)]
    }
    let client = try makeClient()
    for _ in 0..<2 {
      let answer = try await open(client, server.url())
      #expect(answer.length == length)
      #expect(answer.fields[HTTPField.Name("x-a")!] == "b")
      let (count, error) = await read(answer.body)
      #expect(count == length ?? 3)
      #expect(error == nil)
    }
    #expect(await server.accepted == 1)
    #expect(await client.heldBytes == 0)
  }

  @Test func `of 64 MiB for a slow reader no more is held than a reader's piece`() async throws {
    let server = try await ScriptedServer { request in
      request.path == "/small" ? [.answer()] : Self.endless()
    }
    let client = try makeClient()
    let answer = try await open(client, server.url())
    var taken = 0
    while taken < 64 << 20, let piece = try await answer.body.next() {
      taken += piece.count
      #expect(piece.count < 100_000)
      // Meanwhile another request is asked and answered, so that whatever may come has time to come.
      if taken < 1 << 20 { _ = try await client.get(server.url("/small")) }
      let (held, sent) = (await client.heldBytes, await server.sentBytes)
      #expect(held < 100_000)
      // The rest lies in the buffers of two sockets.
      #expect(sent - taken < 16 << 20)
    }
    #expect(taken == 64 << 20)
  }

  @Test func `a reader who lets go ends the transfer`() async throws {
    let server = try await ScriptedServer { _ in Self.endless() }
    let client = try makeClient()
    var answer: AnswerStream? = try await open(client, server.url())
    _ = try await answer?.body.next()
    answer = nil
    try await server.wait { $0.openConnections == 0 }
    #expect(await client.heldBytes == 0)

    let other = try await open(client, server.url())
    other.body.cancel()
    try await server.wait { $0.openConnections == 0 }
    #expect(await read(other.body).error == .cancelled)
  }

  @Test func `a cancelled reader ends the transfer, with the head or without`() async throws {
    let server = try await ScriptedServer { request in
      request.path == "/head" ? [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")] : []
    }
    let client = try makeClient()
    let headless = Task {
      await failure { () throws(HTTPClientError) in
        try await open(client, server.url())
      }
    }
    try await server.wait { $0.requests.count == 1 }
    headless.cancel()
    #expect(await headless.value == .cancelled)
    let body = try await open(client, server.url("/head")).body
    let reader = Task { await read(body).error }
    reader.cancel()
    #expect(await reader.value == .cancelled)
    try await server.wait { $0.openConnections == 0 }
  }

  @Test func `no head, no progress and no end are each over at their limit`() async throws {
    let server = try await ScriptedServer { request in
      switch request.path {
      case "/silent": []
      case "/stuck": [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")]
      default:
        [.send("HTTP/1.1 200 OK\r\n\r\n")]
          + (0..<200).flatMap { _ in [.wait(.milliseconds(20)), ScriptedServer.Step.send("x")] }
      }
    }
    let client = try makeClient()
    let short = StreamLimits(head: .seconds(5), stall: .milliseconds(300))
    let headless = await failure { () throws(HTTPClientError) in
      try await open(
        client, server.url("/silent"),
        limits: StreamLimits(head: .milliseconds(100), stall: .milliseconds(300)))
    }
    #expect(headless == .timedOut)
    let stuck = await read(try await open(client, server.url("/stuck"), limits: short).body)
    #expect(stuck.error == .timedOut)
    let slow = try await open(
      client, server.url("/trickle"), limit: .seconds(1),
      limits: short)
    let trickle = await read(slow.body)
    #expect(trickle.error == .timedOut)
    // It went on longer than nothing may come.
    #expect(trickle.count > 15)
    try await server.wait { $0.openConnections == 0 }
  }

  @Test func `a reader who takes his time is no stall`() async throws {
    let server = try await ScriptedServer { _ in Self.endless("Content-Length: 1048576") }
    let limits = StreamLimits(head: .seconds(5), stall: .milliseconds(200))
    let answer = try await open(try makeClient(), server.url(), limits: limits)
    _ = try await answer.body.next()
    await TestLoop.pause(.milliseconds(700))
    #expect(try await answer.body.next() != nil)
  }

  @Test(arguments: [
    ("Content-Length: 9\r\n\r\nabc", ScriptedServer.Step.close, CurlCode.partialFile),
    ("Content-Length: 9\r\n\r\nabc", .reset, .recvError),
    ("Transfer-Encoding: chunked\r\n\r\n9\r\nabc", .close, .partialFile),
  ])
  func `a body that breaks off is an interruption`(
    rest: String, step: ScriptedServer.Step, code: CurlCode
  ) async throws {
    let server = try await ScriptedServer { _ in [.send("HTTP/1.1 200 OK\r\n" + rest), step] }
    let client = try makeClient()
    do throws(HTTPClientError) {
      let answer = try await open(client, server.url())
      #expect(await read(answer.body).error == .interrupted(code))
    } catch {
      // All of it may come at once.
      #expect(error == .interrupted(code))
    }
  }

  @Test func `a body beyond the limit ends, announced or not`() async throws {
    let server = try await ScriptedServer { request in
      Self.endless(request.path == "/announced" ? "Content-Length: 1048577" : "X-A: b")
    }
    let client = try makeClient()
    let announced = await failure { () throws(HTTPClientError) in
      try await open(client, server.url("/announced"), answerLimit: 1 << 20)
    }
    #expect(announced == .tooLarge(limit: 1 << 20))
    let answer = try await open(client, server.url("/more"), answerLimit: 1 << 20)
    let (count, error) = await read(answer.body)
    #expect(error == .tooLarge(limit: 1 << 20))
    #expect(count <= 1 << 20)
    try await server.wait { $0.openConnections == 0 }
  }

  @Test func `closing the client ends streams`() async throws {
    let server = try await ScriptedServer { _ in Self.endless() }
    let client = try makeClient()
    let answer = try await open(client, server.url())
    await client.close()
    #expect(await read(answer.body).error == .cancelled)
  }

  @Test func `over TLS a stream has a connection of its own, beside HTTP/2`() async throws {
    let backend = try await ScriptedServer { request in
      request.path == "/endless" ? Self.endless() : [.answer("200 OK", "small")]
    }
    let server = try await TLSServer.start(backend: backend.port)
    let client = try makeClient { $0.certificateAuthorities = server.authority }
    #expect(try await client.get(server.url("/")).text.hasPrefix("HTTP/2.0"))
    let answer = try await open(client, server.url("/"))
    let protocols = try await answer.body.next().map { String(decoding: $0, as: UTF8.self) }
    #expect(protocols?.hasPrefix("HTTP/1.1") == true)
    var held: [AnswerStream] = []
    for _ in 0..<5 { held.append(try await open(client, server.url("/backend/endless"))) }
    // Nobody reads those; others are answered nevertheless.
    for _ in 0..<20 {
      #expect(try await client.get(server.url("/backend/x")).text == "small")
    }
    #expect(await client.heldBytes < 5 * 100_000)
    withExtendedLifetime(held) {}
    try await server.stop()
  }
}
