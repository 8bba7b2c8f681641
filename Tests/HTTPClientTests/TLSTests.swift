// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Against nginx: certificates and HTTP/2.
@Suite struct TLSTests {
  @Test func `a hundred requests at once share one connection over HTTP/2`() async throws {
    let server = try await TLSServer.start()
    let client = try makeClient { $0.certificateAuthorities = server.authority }
    let answers = await withTaskGroup { group in
      for _ in 0..<100 { group.addTask { try? await client.get(server.url("/")).text } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 100)
    #expect(Set(answers).count == 1)
    #expect(answers.first??.hasPrefix("HTTP/2.0 ") == true)
    try await server.stop()
  }

  @Test func `without HTTP/2 requests at once get a connection each`() async throws {
    let server = try await TLSServer.start(options: "")
    let client = try makeClient { $0.certificateAuthorities = server.authority }
    #expect(try await client.get(server.url("/")).text.hasPrefix("HTTP/1.1 "))
    let answers = await withTaskGroup { group in
      for _ in 0..<20 { group.addTask { try? await client.get(server.url("/")).text } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 20)
    #expect(!answers.contains(nil))
    try await server.stop()
  }

  @Test func `a certificate of another authority is refused, and nothing is sent`() async throws {
    let backend = try await ScriptedServer { _ in [.answer()] }
    let server = try await TLSServer.start(backend: backend.port)
    let refused = HTTPClientError.unreachable(.peerFailedVerification)
    let other = try makeClient { $0.certificateAuthorities = server.otherAuthority }
    #expect(await other.failure(server.url("/backend/")) == refused)
    // The system's authorities do not know it either.
    #expect(try await makeClient().failure(server.url("/backend/")) == refused)
    #expect(await backend.requests.isEmpty)
    try await server.stop()
  }

  @Test func `a certificate for another name is refused`() async throws {
    let server = try await TLSServer.start()
    let client = try makeClient { $0.certificateAuthorities = server.authority }
    let error = await client.failure(server.url("/", host: "localhost"))
    #expect(error == .unreachable(.peerFailedVerification))
    try await server.stop()
  }

  @Test func `authorities that cannot be read make every server unreachable`() async throws {
    let server = try await TLSServer.start()
    let client = try makeClient { $0.certificateAuthorities = "/nowhere.pem" }
    #expect(await client.failure(server.url("/")) == .unreachable(.sslCACertBadfile))
    try await server.stop()
  }

  @Test func `a cancelled stream leaves the connection to the others`() async throws {
    let backend = try await ScriptedServer { request in
      request.path == "/slow" ? [] : [.answer("200 OK", "quick")]
    }
    let server = try await TLSServer.start(backend: backend.port)
    let client = try makeClient { $0.certificateAuthorities = server.authority }
    let connection = try await client.get(server.url("/")).text
    let task = Task { await client.failure(server.url("/backend/slow")) }
    try await backend.wait { $0.requests.count == 1 }
    #expect(
      await client.failure(server.url("/backend/slow"), limit: .milliseconds(100)) == .timedOut)
    #expect(try await client.get(server.url("/backend/")).text == "quick")
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(try await client.get(server.url("/")).text == connection)
    // nginx gives the backend's connections up when their streams are gone.
    try await backend.wait { $0.openConnections == 0 }
    try await server.stop()
  }

  @Test func `too large an answer ends its stream only`() async throws {
    let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
    let backend = try await ScriptedServer { _ in
      [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), .sendEndlessly(chunk)]
    }
    let server = try await TLSServer.start(backend: backend.port)
    let client = try makeClient { $0.certificateAuthorities = server.authority }
    let connection = try await client.get(server.url("/")).text
    let error = await client.failure(server.url("/backend/"), answerLimit: 100_000)
    #expect(error == .tooLarge(limit: 100_000))
    #expect(try await client.get(server.url("/")).text == connection)
    try await server.stop()
  }
}
