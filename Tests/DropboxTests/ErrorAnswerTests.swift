// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Dropbox
@testable import HTTPClient

struct ErrorAnswerTests {
  private func error(
    _ status: Int, _ body: String, fields: HTTPFields = [:], secrets: [Secret] = []
  ) -> ErrorAnswer {
    ErrorAnswer(
      answer: Answer(status: .init(code: status), fields: fields, body: Array(body.utf8)),
      secrets: secrets)
  }

  private static let anyError: @Sendable ([String]) -> EndpointError? = {
    ThumbnailError.error($0) ?? ListFolder.continuation.error($0)
  }

  @Test(arguments: [
    (401, #"{"error":{".tag":"expired_access_token"},"error_summary":"x/"}"#, DropboxError.expired),
    (401, #"{"error":{".tag":"invalid_access_token"}}"#, .unlinked),
    (401, #"{"error":{".tag":"user_suspended"}}"#, .unlinked),
    (
      401, #"{"error":{".tag":"missing_scope","required_scope":"files.metadata.read"}}"#,
      .missingScope("files.metadata.read")
    ),
    (401, #"{"error":{".tag":"missing_scope"}}"#, .missingScope("")),
    (401, #"{"error":{".tag":"missing_scope","required_scope":"a\nb"}}"#, .missingScope("")),
    (401, #"{"error":{".tag":"route_access_denied"}}"#, .forbidden),
    (401, #"{"error":{".tag":"brand_new"}}"#, .unauthorized("status 401, brand_new")),
    (401, #"{"error_summary":"expired_access_token/"}"#, .unauthorized("status 401")),
    (401, "<html>expired_access_token</html>", .unauthorized("status 401")),
    (403, #"{"error":{".tag":"no_permission"}}"#, .forbidden), (403, "", .forbidden),
    (409, #"{"error":{".tag":"path","path":{".tag":"not_found"}},"error_summary":"z"}"#, .notFound),
    (
      409, #"{"error":{".tag":"path","path":{".tag":"malformed_path","malformed_path":"x"}}}"#,
      .endpoint(.path(.malformedPath))
    ),
    (
      409, #"{"error":{".tag":"unsupported_extension"}}"#,
      .endpoint(.thumbnail(.unsupportedExtension))
    ),
    (
      409, #"{"error":{".tag":"reset"},"error_summary":"reset/..."}"#,
      .endpoint(.listFolderContinue(.reset))
    ),
    (
      409, #"{"error":{".tag":"reset","reset":{".tag":"x"}}}"#,
      .endpoint(.listFolderContinue(.reset))
    ),
    (409, #"{"error":{".tag":"path","path":{"a":1}}}"#, .endpoint(.unknown("path"))),
    (409, #"{"error":{".tag":"path","path":[]}}"#, .endpoint(.unknown("path"))),
    (409, #"{"error":{".tag":"A B\n"}}"#, .unexpectedAnswer("status 409")),
    (409, #"{"error":{".tag":""}}"#, .unexpectedAnswer("status 409")),
    (409, #"{"error":"reset"}"#, .unexpectedAnswer("status 409")),
    (409, #"{"error":null}"#, .unexpectedAnswer("status 409")),
    (409, "not_found", .unexpectedAnswer("status 409")),
    (409, String(repeating: "[", count: 99_999), .unexpectedAnswer("status 409")),
    (404, "<html></html>", .unexpectedAnswer("status 404")),
    (404, #"{"error":{".tag":"path","path":{".tag":"not_found"}}}"#, .notFound),
    (500, "", .unavailable(.status(500))), (502, "<html>", .unavailable(.status(502))),
    (503, "{}", .unavailable(.status(503))), (504, "", .unavailable(.status(504))),
    (501, "", .unexpectedAnswer("status 501")), (302, "", .unexpectedAnswer("status 302")),
    (204, "", .unexpectedAnswer("status 204")), (206, "", .unexpectedAnswer("status 206")),
    (410, "", .unexpectedAnswer("status 410")), (422, "{}", .unexpectedAnswer("status 422")),
  ])
  func `a route's error is its status and its tags`(
    status: Int, body: String, expected: DropboxError
  ) {
    #expect(error(status, body).ofEndpoint(Self.anyError) == expected)
  }

  @Test func `tags are followed to a limited depth`() {
    var json = #"{".tag":"a"}"#
    for _ in 0..<50 { json = #"{".tag":"a","a":\#(json)}"# }
    #expect(
      error(409, #"{"error":\#(json)}"#).ofEndpoint({ _ in nil }) == .endpoint(.unknown("a/a/a/a")))
  }

  @Test(arguments: [
    (
      400, #"{"error":"invalid_grant","error_description":"code doesn't exist"}"#,
      DropboxError.invalidGrant
    ),
    (200, #"{"error":"invalid_grant"}"#, .invalidGrant),
    (401, #"{"error":"invalid_client"}"#, .invalidClient),
    (400, #"{"error":"invalid_client: Invalid client_id or client_secret"}"#, .invalidClient),
    (400, #"{"error":"invalid_granted"}"#, .refusedRequest(#"{"error":"invalid_granted"}"#)),
    (400, "Error in call", .refusedRequest("Error in call")),
    (400, #"{"error":{".tag":"x"}}"#, .refusedRequest(#"{"error":{".tag":"x"}}"#)),
    (401, "<html>", .unexpectedAnswer("status 401")), (403, "", .unexpectedAnswer("status 403")),
    (500, #"{"error":"invalid_grant"}"#, .unavailable(.status(500))),
    (503, "", .unavailable(.status(503))), (302, "", .unexpectedAnswer("status 302")),
    (429, "", .throttled(retryAfter: .seconds(5))),
  ])
  func `an OAuth error is its code`(status: Int, body: String, expected: DropboxError) {
    #expect(error(status, body).ofToken == expected)
  }

  @Test func `the text of a refusal is one short line without secrets`() {
    let body = "a\r\nb\0 Bearer sl.SECRET é" + String(repeating: "é", count: 10_000)
    guard
      case .refusedRequest(let text) = error(400, body, secrets: [Secret("sl.SECRET")]).ofEndpoint({
        _ in nil
      })
    else {
      Issue.record("no refusal")
      return
    }
    #expect(text.hasPrefix("a  b  Bearer <redacted> é"))
    #expect(text.utf8.count <= 503)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func `no part of a secret is shown where the text was cut`() {
    let token = "sl." + String(repeating: "x", count: 1997)
    for count in [5, 49, 50, 51, 60] {
      let answer = error(400, String(repeating: token, count: count), secrets: [Secret(token)])
      let redacted = String(repeating: "<redacted>", count: min(count, 50))
      #expect(answer.ofEndpoint({ _ in nil }) == .refusedRequest(redacted), "\(count)")
    }
  }

  @Test func `bytes that are no text are refused without a trap`() {
    let answer = Answer(status: .badRequest, fields: [:], body: [0xFF, 0xFE, 0xC0, 0x80])
    guard
      case .refusedRequest = ErrorAnswer(answer: answer, secrets: [Secret("")]).ofEndpoint({ _ in
        nil
      })
    else {
      Issue.record("no refusal")
      return
    }
  }

  @Test(
    arguments: [
      ("3", "", Duration.seconds(3)), ("60.0", "", .seconds(60)), ("0", "", .zero),
      (nil, #"{"error":{"reason":{".tag":"too_many_requests"},"retry_after":15}}"#, .seconds(15)),
      ("1", #"{"error":{"retry_after":2}}"#, .seconds(2)),
      ("4", #"{"error":{"retry_after":2}}"#, .seconds(4)), (nil, "", .seconds(5)),
      (nil, "too_many_requests", .seconds(5)), ("soon", "", .seconds(5)), ("-1", "", .seconds(5)),
      ("nan", "", .seconds(5)), ("inf", "", .seconds(86_400)), ("1e300", "", .seconds(86_400)),
      ("-inf", "", .seconds(5)), (nil, #"{"error":{"retry_after":"x"}}"#, .seconds(5)),
      (nil, #"{"error":{"retry_after":-3}}"#, .seconds(5)),
      (nil, #"{"error":{"retry_after":1e300}}"#, .seconds(86_400)),
      ("Wed, 21 Oct 2026 07:28:00 GMT", "", .seconds(5)),
    ] as [(String?, String, Duration)])
  func `a throttle says how long, in one of its forms`(
    header: String?, body: String, expected: Duration
  ) {
    var fields = HTTPFields()
    fields[.retryAfter] = header
    #expect(
      error(429, body, fields: fields).ofEndpoint({ _ in nil }) == .throttled(retryAfter: expected))
  }
}
