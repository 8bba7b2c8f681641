// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import DropboxStandIn
import Foundation
import HTTP
import HTTPClient
import Logging
import TestSupport
import Testing

@testable import Gallery

/// Indexes of a stand-in for Dropbox: what a view costs.
@Suite(.serialized)
struct FolderReadingTests {
  private let clock = MovedClock()
  private let key = FolderIndexes.Key(owner: "dbid:a", folder: .root)

  private func withFolder(
    _ options: StandIn.Options, _ test: (StandIn, FolderIndexes, FolderReading) async throws -> Void
  ) async throws {
    let standIn = try await StandIn.start(options)
    var configuration = HTTPClient.Configuration()
    configuration.allowsPlainHTTP = true
    let http = try HTTPClient(loop: TestLoop.shared, configuration: configuration)
    let dropbox = Dropbox(
      app: DropboxApp(
        key: options.appKey, secret: Secret(options.appSecret),
        redirectURL: "http://localhost/oauthredirect"),
      origins: DropboxOrigins(
        authorize: standIn.origins.www, api: standIn.origins.api, content: standIn.origins.content),
      http: http)
    let token = try #require(
      AccessToken(standIn.grant().accessToken, expires: UnixTime(seconds: .max)))
    let account = try #require(AccountID("dbid:a"))
    let reading = FolderReading(.root, dropbox.client(for: account, GalleryToken(token: token)))
    let clock = clock
    let indexes = FolderIndexes(
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { clock.now })
    let result: Result<Void, any Error>
    do {
      result = .success(try await test(standIn, indexes, reading))
    } catch {
      result = .failure(error)
    }
    await http.close()
    await standIn.stop()
    try result.get()
  }

  @Test func `a first view costs one call, the rest comes behind it, further views cost none`()
    async throws
  {
    var options = StandIn.Options.synthetic(count: 5000)
    options.pageLimit = 2000
    options.variesPages = false
    try await withFolder(options) { standIn, indexes, reading in
      let list = try await indexes.view(of: key, reading)
      #expect(list.count == 2000)
      #expect(!list.isComplete)
      await indexes.settle()
      for _ in 0..<5 {
        let list = try await indexes.view(of: key, reading)
        #expect(list.count == 5000)
        #expect(list.isComplete)
      }
      await indexes.settle()
      #expect(standIn.count(of: "files/list_folder") == 1)
      #expect(standIn.count(of: "files/list_folder/continue") == 2)
    }
  }

  @Test func `pictures that come and go are seen after 30 seconds`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("a", to: "a.jpg")
    _ = try folder.write("b", to: "b.jpg")
    try await withFolder(StandIn.Options(photos: folder.path)) { standIn, indexes, reading in
      let first = try await indexes.view(of: key, reading)
      #expect(first.names == "a.jpg b.jpg")
      #expect(try await added(since: first.version, indexes, reading) == 0)
      try FileManager.default.removeItem(atPath: folder.path(of: "a.jpg"))
      _ = try folder.write("c", to: "c.jpg")
      clock.advance(by: 30)
      #expect(try await indexes.view(of: key, reading).names == "a.jpg b.jpg")
      await indexes.settle()
      #expect(try await indexes.view(of: key, reading).names == "b.jpg c.jpg")
      #expect(try await added(since: first.version, indexes, reading) == 1)
      standIn.resetCursors()
      _ = try folder.write("d", to: "d.jpg")
      clock.advance(by: 30)
      _ = try await indexes.view(of: key, reading)
      await indexes.settle()
      #expect(try await indexes.view(of: key, reading).names == "b.jpg c.jpg d.jpg")
      // A reset does not make all of them new.
      #expect(try await added(since: first.version, indexes, reading) == 2)
      #expect(standIn.count(of: "files/list_folder") == 2)
    }
  }

  private func added(
    since version: FolderVersion, _ indexes: FolderIndexes, _ reading: FolderReading
  ) async throws -> Int? {
    let query = FormFields([("since", version.text)])
    return try await indexes.view(of: key, GalleryParameters(query: query), reading)?.added
  }
}

/// A token that is not refreshed, for parts of the gallery.
private struct GalleryToken: TokenSource {
  let token: AccessToken

  func current() async throws(GalleryError) -> AccessToken { token }
  func refreshed(insteadOf stale: AccessToken) async throws(GalleryError) -> AccessToken? { nil }
  func failure(_ error: DropboxError) async -> GalleryError { GalleryError(error) }
}
