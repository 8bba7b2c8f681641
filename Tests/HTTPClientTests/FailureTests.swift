// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Everything a server, a network or a caller can do wrong.
@Suite struct FailureTests {
  @Test func `a slow answer ends at the limit`() async throws {
    let server = try await ScriptedServer { _ in [.wait(.seconds(5)), .answer()] }
    let client = try makeClient()
    let start = ContinuousClock.now
    #expect(await client.failure(server.url(), limit: .milliseconds(200)) == .timedOut)
    let duration = ContinuousClock.now - start
    #expect((.milliseconds(200) ... .seconds(2)).contains(duration))
    try await server.wait { $0.openConnections == 0 }
  }

  @Test func `an answer that trickles ends at the limit`() async throws {
    let server = try await ScriptedServer { _ in
      [.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")]
        + (0..<99).flatMap { _ in [.wait(.milliseconds(50)), ScriptedServer.Step.send("x")] }
    }
    #expect(try await makeClient().failure(server.url(), limit: .milliseconds(200)) == .timedOut)
  }

  @Test func `the limit counts while a request waits for a connection`() async throws {
    let server = try await ScriptedServer { _ in [.wait(.seconds(5)), .answer()] }
    let client = try makeClient { $0.maxConnectionsPerHost = 1 }
    async let first = client.failure(server.url("/first"), limit: .seconds(1))
    try await server.wait { !$0.requests.isEmpty }
    let start = ContinuousClock.now
    #expect(await client.failure(server.url("/second"), limit: .milliseconds(100)) == .timedOut)
    #expect(ContinuousClock.now - start < .milliseconds(800))
    #expect(await first == .timedOut)
    #expect(await server.requests.count == 1)
  }

  @Test func `a server that accepts and does not speak TLS is unreachable after the connect limit`()
    async throws
  {
    let (listener, port) = try LoopbackSocket.listen()
    defer { close(listener) }
    let client = try makeClient { $0.connectLimit = .milliseconds(200) }
    let error = await client.failure("https://127.0.0.1:\(port)/")
    #expect(error == .unreachable(.operationTimedout))
  }

  @Test func `a closed port is unreachable`() async throws {
    let (listener, port) = try LoopbackSocket.listen()
    close(listener)
    let client = try makeClient()
    #expect(await client.failure("http://127.0.0.1:\(port)/") == .unreachable(.couldntConnect))
    let name = await client.failure("https://does-not-exist.invalid/")
    #expect(name == .unreachable(.couldntResolveHost))
  }

  @Test(
    arguments: [
      (
        "cut in the body", [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .close],
        CurlCode.partialFile
      ),
      (
        "cut in a chunk",
        [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"), .close],
        .partialFile
      ),
      (
        "reset in the body", [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .reset],
        .recvError
      ),
      ("nothing at all", [.close], .gotNothing),
      ("not HTTP", [.send("220 mail.example ESMTP\r\n"), .close], .unsupportedProtocol),
      (
        "a wrong length", [.send("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n"), .close],
        .weirdServerReply
      ),
    ] as [(String, [ScriptedServer.Step], CurlCode)])
  func `a broken answer is an interruption`(
    what: String, steps: [ScriptedServer.Step], code: CurlCode
  ) async throws {
    let server = try await ScriptedServer { _ in steps }
    #expect(try await makeClient().failure(server.url()) == .interrupted(code))
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\n",
  ])
  func `a body beyond the limit ends the transfer`(head: String) async throws {
    let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
    let server = try await ScriptedServer { _ in [.send(head), .sendEndlessly(chunk)] }
    let error = try await makeClient().failure(server.url(), answerLimit: 1 << 20)
    #expect(error == .tooLarge(limit: 1 << 20))
    try await server.wait { $0.openConnections == 0 }
  }

  @Test func `a body of just the limit is taken, one byte more is not`() async throws {
    let server = try await ScriptedServer { _ in [.answer("200 OK", "12345678")] }
    let client = try makeClient()
    #expect(try await client.get(server.url(), answerLimit: 8).body.count == 8)
    #expect(await client.failure(server.url(), answerLimit: 7) == .tooLarge(limit: 7))
  }

  @Test(
    arguments: [
      [
        .send("HTTP/1.1 200 OK\r\n"),
        .sendEndlessly("X-Filler: \(String(repeating: "x", count: 999))\r\n"),
      ],
      [.sendEndlessly("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")],
    ] as [[ScriptedServer.Step]])
  func `fields without end are too large`(steps: [ScriptedServer.Step]) async throws {
    let server = try await ScriptedServer { _ in steps }
    #expect(try await makeClient().failure(server.url()) == .tooLarge(limit: 65_536))
  }

  @Test func `a cancelled task ends its transfer and its connection`() async throws {
    let server = try await ScriptedServer { _ in [] }
    let client = try makeClient()
    let task = Task { await client.failure(server.url()) }
    try await server.wait { $0.requests.count == 1 }
    task.cancel()
    #expect(await task.value == .cancelled)
    try await server.wait { $0.openConnections == 0 }
  }

  @Test func `a task cancelled beforehand sends nothing`() async throws {
    let server = try await ScriptedServer { _ in [.answer()] }
    let client = try makeClient()
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return await client.failure(server.url())
    }
    #expect(await task.value == .cancelled)
    #expect(await server.requests.isEmpty)
  }

  @Test func `closing the client ends those who wait and those who come later`() async throws {
    let server = try await ScriptedServer { _ in [] }
    let client = try makeClient()
    let tasks = (0..<20).map { _ in Task { await client.failure(server.url()) } }
    try await server.wait { $0.requests.count == 20 }
    await client.close()
    for task in tasks { #expect(await task.value == .cancelled) }
    #expect(await client.failure(server.url()) == .cancelled)
  }

  @Test func `a kept connection that has died is replaced`() async throws {
    let server = try await ScriptedServer { [.answer("200 OK", "\($0.connection)")] }
    let client = try makeClient()
    #expect(try await client.get(server.url()).text == "1")
    await server.closeConnections()
    #expect(try await client.get(server.url()).text == "2")
  }

  @Test(arguments: [true, false])
  func `a kept connection that dies at the next request: sent again only where that is allowed`(
    isRepeatable: Bool
  ) async throws {
    let server = try await ScriptedServer { request in
      request.number == 2 || request.path == "/die" && request.number == 1 && !isRepeatable
        ? [.close] : [.answer("200 OK", "\(request.connection)")]
    }
    let client = try makeClient()
    _ = try await client.get(server.url())
    if isRepeatable {
      #expect(try await client.get(server.url("/die")).text == "2")
      #expect(await server.requests.filter { $0.path == "/die" }.count == 2)
    } else {
      let error = await client.failure(server.url("/die"), isRepeatable: false)
      #expect(error == .interrupted(.gotNothing))
      #expect(await server.requests.filter { $0.path == "/die" }.count == 1)
    }
  }

  @Test func `a limit of nothing is over at once`() async throws {
    #expect(try await makeClient().failure("https://127.0.0.1/", limit: .zero) == .timedOut)
  }
}
