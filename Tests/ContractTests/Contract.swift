// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TaskCoordination
import TestSupport
import Testing

@testable import EndToEndSupport

/// One installation for all tests of a suite, with a client that is signed in.
final class Contract: Sendable {
  @TaskLocal static var current: Contract?

  /// The bytes of `download.jpg`.
  static let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  /// Its file name: each character needs another kind of escape.
  static let downloadName = "Übung \"1\" 100% 😀.jpg"
  /// Requests of one client that may be in flight, where the front limits them.
  static let inFlightLimit = 60
  /// The size of a file that no buffer between the service and a client holds.
  static let hugeSize = 20_000_000

  let installation: Installation
  let client: Visitor
  /// The paths of the photos, by name.
  private let photos: JSONValue

  var front: Front { installation.web.front }
  var dropbox: StandIn { installation.dropbox }

  static var required: Contract {
    get throws(TestFailure) {
      guard let current else { throw TestFailure("the suite lacks the trait .contract") }
      return current
    }
  }

  static func start(_ front: Front) async throws -> Contract {
    let installation = try await Installation.start(
      front, pictures: ["a.jpg", "Oslo/Lake.jpg"],
      inFlightLimit: inFlightLimit,
      // mod_proxy_fcgi ends an interrupted response when this time is over.
      webServerArguments: front.isApache ? ["-c", "KeepAliveTimeout 1"] : [])
    try Data(bytes).write(to: URL(filePath: installation.photos + "/" + downloadName))
    let huge = installation.photos + "/huge.jpg"
    try Data().write(to: URL(filePath: huge))
    let handle = try FileHandle(forWritingTo: URL(filePath: huge))
    try handle.truncate(atOffset: UInt64(hugeSize))
    try handle.close()
    let client = installation.visitor()
    try await client.signIn()
    let page = try await client.json("/")
    return Contract(
      installation: installation, client: client, photos: try #require(page["pictures"]))
  }

  private init(installation: Installation, client: Visitor, photos: JSONValue) {
    self.installation = installation
    self.client = client
    self.photos = photos
  }

  /// Whether the service answers, on a connection of its own: Apache may close a kept one at any
  /// moment, because its keep-alive timeout is 1 s here.
  func isHealthy() async throws -> Bool {
    if front.isDirect {
      return try await installation.visitor().send("/healthz").status == .ok
    }
    return try await installation.curl("/healthz").status == 200
  }

  /// The path of a photo's page, original or download.
  func path(_ kind: String, of name: String = Contract.downloadName) throws -> String {
    try #require(photos.named(name)?[kind]?.string)
  }

  /// The path of a photo's rendition with so many pixels.
  func rendition(_ pixels: Int, of name: String = "a.jpg") throws -> String {
    guard case .object(let links)? = photos.named(name) else { throw TestFailure("no \(name)") }
    return try #require(
      links.values.compactMap(\.string).first {
        $0.hasPrefix("/renditions/") && $0.hasSuffix("/\(pixels)")
      })
  }

  /// Starts a download over HTTP/1.1 with a client of its own, which the caller closes.
  func open(_ path: String, _ http: HTTPClient) async throws -> AnswerStream {
    try await http.open(
      OutgoingRequest(
        url: installation.site + path, fields: [.cookie: client.cookies], limit: .seconds(60),
        answerLimit: 1 << 30), limits: StreamLimits(head: .seconds(30), stall: .seconds(30)))
  }

  /// Runs `body` with an HTTP client of its own, because an interrupted response makes a connection useless.
  func withHTTPClient<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
    let http = try Installation.client(installation.web.certificate)
    let result: Result<Value, any Error>
    do { result = .success(try await body(http)) } catch { result = .failure(error) }
    await http.close()
    return try result.get()
  }
}

/// Starts the contract's installation before the tests of a suite, and stops it after them.
struct ContractTrait: SuiteTrait, TestScoping {
  /// Two cores serve that many installations before requests run into the limits of production.
  private static let limiter = KeyedLimiter<String>(limit: 5)

  let front: Front

  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard let permit = await Self.limiter.acquire("installations") else {
      throw CancellationError()
    }
    defer { permit.release() }
    let contract = try await Contract.start(front)
    let result: Result<Void, any Error>
    do {
      result = .success(try await Contract.$current.withValue(contract, operation: function))
    } catch {
      result = .failure(error)
    }
    try await contract.installation.stop()
    try result.get()
  }
}

extension Trait where Self == ContractTrait {
  static func contract(_ front: Front) -> Self { ContractTrait(front: front) }
}
