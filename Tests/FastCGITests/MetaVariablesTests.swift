// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import FastCGI

@Suite struct MetaVariablesTests {
  private func request(
    _ variables: [String], body: [UInt8] = [], isBodyTooLarge: Bool = false
  ) -> Request {
    var meta = MetaVariables(refusalVariable: "GALLERY_REFUSAL")
    for variable in ["REQUEST_METHOD=GET", "REQUEST_URI=/a%20b?c"] + variables {
      meta.add(variable.utf8Span.span)
    }
    return meta.request(body: body, isBodyTooLarge: isBodyTooLarge, bodyLimit: 100)
  }

  @Test func `what nginx sends becomes a request`() {
    let request = request([
      "FCGI_ROLE=RESPONDER", "HTTP_HOST=example.org:8443", "HTTP_ACCEPT_LANGUAGE=de",
      "HTTP_X_A=1", "HTTP_X_A=2", "CONTENT_LENGTH=", "CONTENT_TYPE=", "HTTPS=on",
      "REMOTE_ADDR=192.0.2.7", "REQUEST_ID=0123456789abcdef0123456789abcdef", "HTTP_PROXY=",
      "SCRIPT_NAME=", "SCRIPT_NAME=/x", "HTTP_EMPTY=",
    ])
    #expect(request.defect == nil)
    #expect(request.method == .get)
    #expect(request.target == "/a%20b?c")
    #expect(request.isSecure)
    #expect(request.remoteAddress == "192.0.2.7")
    #expect(request.id == "0123456789abcdef0123456789abcdef")
    #expect(
      request.fields.map { "\($0.name.canonicalName)=\($0.value)" } == [
        "host=example.org:8443", "accept-language=de", "x-a=1", "x-a=2",
      ])
  }

  @Test(
    arguments: [
      "HTTP_CONTENT_LENGTH=5", "HTTP_CONTENT_TYPE=a/b", "HTTP_TRANSFER_ENCODING=chunked",
      "HTTP_PROXY=http://evil", "HTTP_CONNECTION=close", "HTTP_KEEP_ALIVE=1", "HTTP_TE=trailers",
      "HTTP_TRAILER=x", "HTTP_UPGRADE=h2c", "HTTP_PROXY_CONNECTION=close", "HTTP_=x", "HTTP",
      "NOTHING", "=x",
    ])
  func `fields of the connection and their likes are left out`(variable: String) {
    let request = request([variable])
    #expect(request.fields.isEmpty)
    #expect(request.defect == nil)
  }

  @Test(
    arguments: [
      "REQUEST_METHOD=GET", "REQUEST_URI=/a%20b?c", "CONTENT_LENGTH=0", "CONTENT_TYPE=a/b",
      "REMOTE_ADDR=::1", "REMOTE_USER=root", "AUTH_TYPE=Basic", "HTTPS=on", "REQUEST_ID=a",
      "HTTP_HOST=a", "HTTP_AUTHORIZATION=Basic x",
    ])
  func `what decides something must not come twice`(variable: String) throws {
    guard case .malformed(let reason)? = request([variable, variable]).defect else {
      Issue.record("\(variable) twice was accepted")
      return
    }
    #expect(reason.contains("twice"))
  }

  @Test(arguments: [
    ("413", Request.Defect.bodyTooLarge(limit: 100)), ("429", .tooManyRequests), ("404", .withheld),
    ("500", nil),
  ])
  func `what the web server refused has a defect, and needs no body`(
    status: String, defect: Request.Defect?
  ) {
    let length = defect == nil ? "0" : "3000000"
    let refused = request(["CONTENT_LENGTH=\(length)", "GALLERY_REFUSAL=\(status)"])
    #expect(refused.defect == defect)
    #expect(request(["HTTP_GALLERY_REFUSAL=\(status)"]).defect == nil)
  }

  @Test func `a body over the limit is dropped when the web server refused the request`() {
    let body = [UInt8](repeating: 65, count: 101)
    let refused = request(["GALLERY_REFUSAL=404"], body: body, isBodyTooLarge: true)
    #expect(refused.body.isEmpty)
    #expect(refused.defect == .withheld)
  }

  @Test(arguments: ["REQUEST_METHOD=GET", "REQUEST_URI=/"])
  func `a request needs a method and a target`(variable: String) {
    var meta = MetaVariables(refusalVariable: "GALLERY_REFUSAL")
    meta.add(variable.utf8Span.span)
    guard case .malformed? = meta.request(body: [], bodyLimit: 1).defect else {
      Issue.record("accepted")
      return
    }
  }

  @Test(arguments: ["GE T", "", "GET\u{7f}", "G\"T"])
  func `a method is a token`(method: String) {
    var meta = MetaVariables(refusalVariable: "GALLERY_REFUSAL")
    meta.add("REQUEST_METHOD=\(method)".utf8Span.span)
    meta.add("REQUEST_URI=/".utf8Span.span)
    #expect(
      meta.request(body: [], bodyLimit: 1).defect
        == .malformed(reason: "REQUEST_METHOD is not a token"))
  }

  @Test func `a target that is not UTF-8 is refused`() {
    var meta = MetaVariables(refusalVariable: "GALLERY_REFUSAL")
    meta.add("REQUEST_METHOD=GET".utf8Span.span)
    meta.add((Array("REQUEST_URI=/".utf8) + [0xff]).span)
    let request = meta.request(body: [], bodyLimit: 1)
    #expect(request.defect == .malformed(reason: "REQUEST_URI is not UTF-8"))
    #expect(request.target == "/")
  }

  @Test func `a field with control characters is refused`() {
    #expect(request(["HTTP_X=a\u{1}b"]).defect != nil)
    #expect(request(["HTTP_X=a\nb"]).defect != nil)
    #expect(request(["CONTENT_TYPE=a\nb"]).defect != nil)
  }

  // MARK: Length

  @Test(
    arguments: [
      ("", 0, true), ("0", 0, true), ("3", 3, true), ("03", 3, true), ("3", 2, false),
      ("3", 4, false), ("", 1, false), ("-1", 0, false), ("+3", 3, false), (" 3", 3, false),
      ("3,3", 3, false), ("0x3", 3, false), ("99999999999999999999", 0, false),
      ("3\u{660}", 3, false),
    ])
  func `the length is a number, and the body's`(text: String, count: Int, isRight: Bool) {
    let request = request(
      ["CONTENT_LENGTH=\(text)"], body: [UInt8](repeating: 1, count: count))
    #expect((request.defect == nil) == isRight)
  }

  @Test func `a body beyond the limit is a defect of its own`() {
    #expect(
      request(["CONTENT_LENGTH=101"], isBodyTooLarge: true).defect == .bodyTooLarge(limit: 100))
    let announced = request(["CONTENT_LENGTH=101"], body: [1])
    #expect(announced.defect == .bodyTooLarge(limit: 100))
    #expect(announced.body.isEmpty)
  }

  // MARK: Security and names

  @Test(arguments: [("on", true), ("1", true), ("", false), ("off", false), ("OFF", false)])
  func `HTTPS tells whether the browser's connection is encrypted`(value: String, isSecure: Bool) {
    #expect(request(["HTTPS=\(value)"]).isSecure == isSecure)
    #expect(!request(["HTTP_HTTPS=on", "REQUEST_SCHEME=https"]).isSecure)
  }

  @Test(
    arguments: [
      ("REQUEST_ID=abc-DEF_1", "abc-DEF_1"), ("UNIQUE_ID=Zz@-x", "Zz@-x"),
      ("REQUEST_ID=" + String(repeating: "a", count: 64), String(repeating: "a", count: 64)),
    ])
  func `a request keeps the name the web server gave it`(variable: String, id: String) {
    #expect(request([variable]).id == id)
  }

  @Test(arguments: ["", "a b", "a\"", "<b>", "é", String(repeating: "a", count: 65)])
  func `another name is made where that one is not usable`(text: String) {
    let first = request(["REQUEST_ID=\(text)"]).id
    #expect(first.utf8.count == 32)
    #expect(first.allSatisfy { $0.isHexDigit })
    #expect(first != request([]).id)
  }
}
