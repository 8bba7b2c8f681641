// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// What goes right, over plain HTTP/1.1.
@Suite struct HTTPClientTests {
  @Test func `an answer comes with its status, its fields and its body`() async throws {
    let server = try await ScriptedServer { _ in
      [
        .answer(
          "404 Not Here", fields: "Set-Cookie: a=1\r\nX-A:  b \t\r\nset-cookie: c=2\r\n", "gone")
      ]
    }
    let answer = try await makeClient().get(server.url("/x?y=%20/../z"))
    #expect(answer.status.code == 404)
    #expect(answer.text == "gone")
    #expect(answer.fields[values: .setCookie] == ["a=1", "c=2"])
    #expect(answer.fields[HTTPField.Name("x-a")!] == "b")
    let request = try #require(await server.requests.first)
    #expect(request.head.hasPrefix("GET /x?y=%20/../z HTTP/1.1\r\n"))
  }

  @Test func `a request carries exactly what was asked for`() async throws {
    let server = try await ScriptedServer { _ in [.answer()] }
    var request = OutgoingRequest(
      method: .post, url: server.url("/api"), body: Array("{\"a\":\"ü\"}".utf8),
      limit: .seconds(10), answerLimit: 0)
    request.fields[.contentType] = "application/json"
    request.fields[HTTPField.Name("X-Empty")!] = ""
    _ = try await makeClient { $0.userAgent = "tester" }.send(request)
    let received = try #require(await server.requests.first)
    #expect(received.body == request.body)
    #expect(
      received.head.split(separator: "\r\n").sorted() == [
        "Content-Length: 10", "Content-Type: application/json",
        "Host: 127.0.0.1:\(server.port)", "POST /api HTTP/1.1", "User-Agent: tester", "X-Empty:",
      ])
  }

  @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .head, .get, .patch])
  func `a method without a body gets an answer`(method: HTTPRequest.Method) async throws {
    let server = try await ScriptedServer { _ in
      [.answer(method == .head ? "200 OK" : "204 No Content", fields: "X: y\r\n")]
    }
    let answer = try await makeClient().send(
      OutgoingRequest(method: method, url: server.url(), limit: .seconds(10), answerLimit: 10))
    #expect(answer.body == [])
    let received = try #require(await server.requests.first)
    #expect(received.head.hasPrefix("\(method.rawValue) / "))
    #expect(!received.head.contains("Content-Type"))
    #expect(received.head.contains("Content-Length: 0") == (method == .post))
  }

  @Test func `a body of a megabyte arrives whole, without a question beforehand`() async throws {
    let server = try await ScriptedServer { [.answer("200 OK", "\($0.body.count)")] }
    let body = [UInt8](repeating: 7, count: 1 << 20 + 3)
    let answer = try await makeClient().send(
      OutgoingRequest(
        method: .put, url: server.url(), body: body, limit: .seconds(10), answerLimit: 10))
    #expect(answer.text == "\(body.count)")
    #expect(await server.requests.first?.head.contains("Expect") == false)
  }

  @Test func `an informational answer and trailers leave no trace`() async throws {
    let server = try await ScriptedServer { _ in
      [
        .send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\nX-A: 1\r\n\r\n"),
        .send("3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: late\r\n\r\n"),
      ]
    }
    let answer = try await makeClient().get(server.url())
    #expect(answer.text == "abcde")
    #expect(answer.status.code == 200)
    #expect(answer.fields.map(\.name.canonicalName) == ["transfer-encoding", "trailer", "x-a"])
  }

  @Test func `a redirect is an answer like any other`() async throws {
    let server = try await ScriptedServer { _ in
      [.answer("302 Found", fields: "Location: /elsewhere\r\n")]
    }
    let answer = try await makeClient().get(server.url())
    #expect(answer.status == .found)
    #expect(answer.fields[.location] == "/elsewhere")
    #expect(await server.requests.count == 1)
  }

  @Test func `the environment's proxies are not asked`() async throws {
    let server = try await ScriptedServer { _ in [.answer("200 OK", "direct")] }
    let client = try makeClient()
    #expect(unsafe getenv("http_proxy") != nil && getenv("no_proxy") == nil)
    #expect(try await client.get(server.url()).text == "direct")
  }

  @Test func `requests one after the other share a connection`() async throws {
    let server = try await ScriptedServer { [.answer("200 OK", "\($0.connection) \($0.number)")] }
    let client = try makeClient()
    for number in 1...5 {
      #expect(try await client.get(server.url()).text == "1 \(number)")
    }
  }

  @Test func `five hundred requests at once are all answered, each with its own answer`()
    async throws
  {
    let server = try await ScriptedServer { [.answer("200 OK", String($0.path))] }
    let client = try makeClient()
    let answers = await withTaskGroup { group in
      for number in 0..<500 {
        group.addTask { (number, try? await client.get(server.url("/\(number)")).text) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(answers == Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, "/\($0)") }))
  }

  @Test func `requests beyond the connections wait for one`() async throws {
    let server = try await ScriptedServer {
      [.wait(.milliseconds(20)), .answer("200 OK", "\($0.connection)")]
    }
    let client = try makeClient { $0.maxConnectionsPerHost = 2 }
    let connections = await withTaskGroup { group in
      for _ in 0..<10 { group.addTask { try? await client.get(server.url()).text } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(connections.count == 10)
    #expect(Set(connections) == ["1", "2"])
  }
}
