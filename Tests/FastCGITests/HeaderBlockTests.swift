// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import FastCGI

@Suite struct HeaderBlockTests {
  private func text(_ response: Response, to method: HTTPRequest.Method = .get) throws -> String {
    String(decoding: try HeaderBlock(response, to: method).bytes, as: UTF8.self)
  }

  @Test func `a response is a status, its fields, a length and an empty line`() throws {
    #expect(
      try text(Response(text: "schön")) == """
        Status: 200 OK\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Length: 6\r
        \r

        """)
  }

  @Test func `each cookie has a line of its own`() throws {
    var response = Response(status: .seeOther)
    response.fields.append(HTTPField(name: .setCookie, value: "a=1"))
    response.fields.append(HTTPField(name: .setCookie, value: "b=2"))
    let text = try text(response)
    #expect(text.contains("\r\nSet-Cookie: a=1\r\n"))
    #expect(text.contains("\r\nSet-Cookie: b=2\r\n"))
  }

  @Test func `a length that a handler set is not believed`() throws {
    var response = Response(text: "four")
    response.fields[.contentLength] = "3"
    let lengths = try text(response).split(separator: "\r\n").filter { $0.contains("Length") }
    #expect(lengths == ["Content-Length: 4"])
  }

  @Test func `HEAD tells the length and sends no body`() throws {
    let block = try HeaderBlock(Response(text: "four"), to: .head)
    #expect(!block.hasBody)
    #expect(String(decoding: block.bytes, as: UTF8.self).contains("Content-Length: 4\r\n"))
  }

  @Test(arguments: [HTTPResponse.Status.noContent, .notModified])
  func `neither length nor body where none may be`(status: HTTPResponse.Status) throws {
    let block = try HeaderBlock(Response(status: status), to: .get)
    #expect(!block.hasBody)
    #expect(!String(decoding: block.bytes, as: UTF8.self).contains("Content-Length"))
  }

  @Test(arguments: ["a\r\nSet-Cookie: b=1", "a\nb", "a\rb", "a\u{0}b"])
  func `a value can not begin another field`(value: String) throws {
    // The type replaces what it does not allow; leniently made it keeps more.
    let legal = Response(status: .ok, fields: [.location: value])
    #expect(try text(legal).split(separator: "\r\n").count == 3)
    let lenient = HTTPField(name: .location, lenientValue: Array(value.utf8))
    #expect(
      try text(Response(status: .ok, fields: HTTPFields([lenient])))
        .split(separator: "\r\n").count == 3)
  }

  @Test func `a reason phrase can not begin a field`() {
    let status = HTTPResponse.Status(code: 200, reasonPhrase: "OK\r\nX: y")
    let response = Response(status: status)
    if let text = try? text(response) { #expect(!text.contains("\r\nX: y")) }
  }

  @Test(arguments: [0, 100, 101, 199, 600, 999])
  func `a status that ends nothing is refused`(code: Int) {
    #expect(throws: HeaderBlock.Failure.status(code)) {
      try HeaderBlock(Response(status: HTTPResponse.Status(code: code)), to: .get)
    }
  }
}
