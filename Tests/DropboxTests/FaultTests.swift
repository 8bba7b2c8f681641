// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import Testing

@testable import Dropbox

/// Everything Dropbox may answer instead of what it should, on every call that reads.
@Suite(.serialized) struct FaultTests {
  private func json(_ status: Int, _ body: String) -> Fault {
    .status(status, body: body, type: "application/json")
  }

  /// Each route fails for good, and the error and the number of attempts are the same for all.
  private func expect(
    _ fault: Fault, _ expected: DropboxError, calls: Int,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    try await withDropbox { connection in
      for operation in Operation.allCases {
        connection.standIn.inject(fault, into: operation.route, times: nil)
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        #expect(error == expected, "\(operation)", sourceLocation: location)
        let count = connection.standIn.count(of: operation.route)
        #expect(count == calls, "\(operation)", sourceLocation: location)
      }
      #expect(connection.standIn.calls.count == calls * Operation.allCases.count)
    }
  }

  @Test(
    arguments: [
      (500, DropboxError.unavailable(.status(500))), (502, .unavailable(.status(502))),
      (503, .unavailable(.status(503))), (504, .unavailable(.status(504))),
    ])
  func `an outage that lasts is three calls`(status: Int, expected: DropboxError) async throws {
    try await expect(.status(status, body: "Service Unavailable"), expected, calls: 3)
  }

  @Test func `an answer that is cut off each time is three calls`() async throws {
    try await expect(
      .cut(afterBytes: 10), .unavailable(.interrupted(.partialFile)), calls: 3)
    try await expect(.cut(afterBytes: 0), .unavailable(.interrupted(.partialFile)), calls: 3)
  }

  @Test(
    arguments: [
      (.tooManyRequests(retryAfter: 4), DropboxError.throttled(retryAfter: .seconds(4))),
      (.tooManyRequestsText(retryAfter: 15), .throttled(retryAfter: .seconds(15))),
      (.tooManyRequests(retryAfter: .max), .throttled(retryAfter: .seconds(86_400))),
      (.status(429, body: "slow down"), .throttled(retryAfter: .seconds(5))),
      (
        .status(429, fields: ["Retry-After": "99999999999999999999999999"]),
        .throttled(retryAfter: .seconds(86_400))
      ),
      (.status(429, fields: ["Retry-After": "inf"]), .throttled(retryAfter: .seconds(86_400))),
      (.status(429, fields: ["Retry-After": "-inf"]), .throttled(retryAfter: .seconds(5))),
      (.status(429, fields: ["Retry-After": "nan"]), .throttled(retryAfter: .seconds(5))),
    ] as [(Fault, DropboxError)])
  func `a long throttle is the answer after one call`(
    fault: Fault, expected: DropboxError
  ) async throws {
    try await expect(fault, expected, calls: 1)
  }

  @Test(
    arguments: [
      (400, "Error in call", DropboxError.refusedRequest("Error in call")), (403, "", .forbidden),
      (404, "<html>", .unexpectedAnswer("status 404")), (410, "", .unexpectedAnswer("status 410")),
      (409, "not JSON", .unexpectedAnswer("status 409")),
      (422, "", .unexpectedAnswer("status 422")),
      (501, "", .unexpectedAnswer("status 501")), (599, "", .unexpectedAnswer("status 599")),
      (401, "<html>", .unauthorized("status 401")),
      (401, #"{"error":{".tag":"invalid_access_token"}}"#, .unlinked),
      (401, #"{"error":{".tag":"user_suspended"}}"#, .unlinked),
      (401, #"{"error":{".tag":"route_access_denied"}}"#, .forbidden),
      (409, #"{"error":{".tag":"path","path":{".tag":"not_found"}}}"#, .notFound),
      (409, #"{"error":{".tag":"path","path":{".tag":"locked"}}}"#, .endpoint(.path(.locked))),
      (409, String(repeating: #"{"error":"#, count: 50_000), .unexpectedAnswer("status 409")),
    ])
  func `a refusal is the answer after one call`(
    status: Int, body: String, expected: DropboxError
  ) async throws {
    try await expect(json(status, body), expected, calls: 1)
  }

  @Test func `the refusals that Dropbox knows are one call each`() async throws {
    try await expect(.expiredAccessToken, .expired, calls: 1)
    try await expect(
      .missingScope("files.content.read"), .missingScope("files.content.read"), calls: 1)
  }

  @Test func `a reset concerns listings that go on, and is an unknown error elsewhere`()
    async throws
  {
    try await withDropbox { connection in
      for operation in Operation.allCases {
        connection.standIn.inject(.cursorReset, into: operation.route, times: nil)
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        #expect(error == (operation == .continueListing ? nil : .endpoint(.unknown("reset"))))
        #expect(connection.standIn.count(of: operation.route) == 1)
      }
    }
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect is not followed`(status: Int) async throws {
    try await withDropbox { connection in
      let there = connection.standIn.origins.api + "/2/auth/token/revoke"
      for operation in Operation.allCases {
        connection.standIn.inject(
          .status(status, fields: ["Location": there]), into: operation.route, times: nil)
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        #expect(error == .unexpectedAnswer("status \(status)"))
        #expect(connection.standIn.count(of: operation.route) == 1)
      }
      #expect(connection.standIn.count(of: "auth/token/revoke") == 0)
    }
  }

  @Test(
    arguments: [
      .html, .status(200), .status(201, body: "{}"),
      .status(200, body: String(repeating: "[", count: 100_000)), .status(206, body: "{}"),
      .huge(bytes: 8 << 20),
    ] as [Fault])
  func `an answer that is none is one call`(fault: Fault) async throws {
    try await expectNone(fault, for: Operation.allCases)
  }

  /// A single entry that cannot be read is an unknown one, as in a list.
  @Test(arguments: [
    "null", "[]", "{}", "\u{FEFF}{}", "1e999",
    #"{"entries":[{".tag":"file"}],"cursor":"","has_more":1e999}"#,
  ])
  func `JSON of another shape is one call`(body: String) async throws {
    try await expectNone(
      .status(200, body: body), for: Operation.allCases.filter { $0 != .metadata })
  }

  private func expectNone(_ fault: Fault, for operations: [Operation]) async throws {
    try await withDropbox { connection in
      for operation in operations {
        connection.standIn.inject(fault, into: operation.route, times: nil)
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        switch error {
        case .unexpectedAnswer: break
        case .noPicture where operation == .thumbnail: break
        default: Issue.record("\(fault), \(operation): \(String(describing: error))")
        }
        #expect(connection.standIn.count(of: operation.route) == 1)
      }
    }
  }

  @Test func `500 MB are given up on before they are there`() async throws {
    try await withDropbox { connection in
      let start = ContinuousClock.now
      // A file may be as long as that.
      for operation in Operation.allCases where operation != .download {
        connection.standIn.inject(.huge(bytes: 500_000_000), into: operation.route, times: nil)
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        let isPictures = [.thumbnail, .thumbnails].contains(operation)
        #expect(error == .tooLarge(limit: isPictures ? 16 << 20 : 8 << 20))
        #expect(connection.standIn.count(of: operation.route) == 1)
      }
      #expect(ContinuousClock.now - start < .seconds(2))
    }
  }

  @Test func `no error repeats a token that Dropbox repeats`() async throws {
    try await withDropbox { connection in
      let secret = connection.token.value.revealed
      connection.standIn.inject(.status(400, body: "Bad token \(secret)."), into: "*", times: nil)
      for operation in Operation.allCases {
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        #expect(error == .refusedRequest("Bad token <redacted>."))
      }
    }
  }
}
