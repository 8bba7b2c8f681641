// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import TestSupport
import Testing

@testable import HTTPClient

/// What is checked before anything is sent.
@Suite struct RequestTests {
  @Test(arguments: [
    ("https://api.dropboxapi.com/2/files/list_folder", true),
    ("https://[::1]:8443/?a=b#c", true),
    ("HTTPS://EXAMPLE.ORG", true),
    ("http://127.0.0.1:3000/", false),
    ("http://localhost/", false),
    ("http://[::1]/", false),
  ])
  func `a URL that may be asked for`(text: String, isEncrypted: Bool) throws {
    let url = try RequestURL(text, allowsPlainHTTP: true)
    #expect(url.text == text)
    #expect(url.isEncrypted == isEncrypted)
  }

  @Test(arguments: [
    "", "/path", "ftp://127.0.0.1/", "file:///etc/passwd", "http://example.org/", "https://",
    "http://127.0.0.1.example.org/", "http://localhost.example.org/", "http://10.0.0.1/",
    "http://0.0.0.0/", "http://127.0.0.1@example.org/", "https://user:pass@127.0.0.1/",
    "https://127.0.0.1/a b", "https://127.0.0.1/a\r\nX: y", "https://127.0.0.1/a\0b",
    "https://127.0.0.1/ü", "https://127.0.0.1:99999/", "example.org",
    "https://127.0.0.1/" + String(repeating: "x", count: 16_384),
  ])
  func `a URL that may not`(text: String) {
    #expect(throws: HTTPClientError.self) { try RequestURL(text, allowsPlainHTTP: true) }
  }

  @Test func `plain HTTP is refused unless allowed`() {
    #expect(throws: HTTPClientError.invalidRequest("the URL does not begin with https")) {
      try RequestURL("http://127.0.0.1/", allowsPlainHTTP: false)
    }
  }

  @Test func `fields become lines, and what libcurl adds unasked is taken off`() throws {
    var fields: HTTPFields = [.accept: "text/html", .acceptLanguage: ""]
    fields.append(HTTPField(name: .cookie, value: "a=1"))
    fields.append(HTTPField(name: .cookie, value: "b=2"))
    let lines = try FieldLines.lines(fields).map { String(decoding: $0, as: UTF8.self) }
    #expect(
      lines == [
        "Accept: text/html", "Accept-Language;", "Cookie: a=1", "Cookie: b=2", "Content-Type:",
        "Expect:",
      ])
  }

  @Test(arguments: ["Host", "content-length", "Transfer-Encoding", "Connection", "Expect", "TE"])
  func `a field that belongs to the connection is refused`(name: String) async throws {
    let fields: HTTPFields = [try #require(HTTPField.Name(name)): "1"]
    #expect(throws: HTTPClientError.self) { try FieldLines.lines(fields) }
  }

  @Test func `a line end in a value begins no field`() async throws {
    let server = try await ScriptedServer { _ in [.answer()] }
    var request = OutgoingRequest(url: server.url(), limit: .seconds(10), answerLimit: 10)
    let name = try #require(HTTPField.Name("X-A"))
    request.fields.append(HTTPField(name: name, value: "1\r\nX-B: 2\nX-C: 3\0"))
    request.fields.append(HTTPField(name: name, lenientValue: Array("4\r\n\r\nX-D: 5".utf8)))
    _ = try await makeClient().send(request)
    let head = try #require(await server.requests.first?.head)
    #expect(
      head.split(separator: "\r\n").filter { $0.hasPrefix("X-") } == [
        "X-A: 1  X-B: 2 X-C: 3", "X-A: 4    X-D: 5",
      ])
  }

  @Test(arguments: [HTTPRequest.Method.connect, .head])
  func `a method that cannot carry the request is refused`(method: HTTPRequest.Method) async throws
  {
    let request = OutgoingRequest(
      method: method, url: "https://127.0.0.1/", body: [1], limit: .seconds(1), answerLimit: 1)
    await #expect(throws: HTTPClientError.invalidRequest("\(method) cannot be sent so")) {
      try await makeClient().send(request)
    }
  }

  @Test func `neither a request nor an answer prints what may be secret`() {
    let request = OutgoingRequest(
      method: .post, url: "https://127.0.0.1/token?code=secret", fields: [.authorization: "secret"],
      body: Array("secret".utf8), limit: .seconds(1), answerLimit: 1)
    #expect("\(request)" == "POST https://127.0.0.1/token, 6 bytes")
    let answer = Answer(
      status: .ok, fields: [.setCookie: "secret"], body: Array("secret".utf8))
    #expect("\(answer)" == "200, 6 bytes")
  }

  @Test(
    arguments: [
      (.zero, 1), (.nanoseconds(1), 1), (.milliseconds(3), 3), (.microseconds(3001), 4),
      (.seconds(-5), 1), (.seconds(Int64.max), 86_400_000), (.seconds(Int64.min), 1),
    ] as [(Duration, Int)])
  func `a limit in milliseconds is never nothing`(duration: Duration, milliseconds: Int) {
    #expect(duration.milliseconds == milliseconds)
  }
}
