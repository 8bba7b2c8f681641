// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import Gallery

/// The columns of the route table, as a client without a session sees them.
@Suite struct RouteAccessTests {
  @Test func `a signed-out client gets what the access of a route says`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    let json: HTTPFields = [.accept: "application/json"]
    for name in RouteName.allCases {
      let route = try Self.route(name)
      let page = try await client.send(route.path)
      let data = try await client.send(route.path, fields: json)
      let signIn = service.site + Route.login(then: route).path
      switch name.definition.access {
      case .session(.page):
        #expect(page.status == .found && page.fields[.location] == signIn, "\(name)")
        #expect(data.status == .unauthorized, "\(name)")
      case .session(.file):
        #expect(page.status == .found && page.fields[.location] == signIn, "\(name)")
        #expect(data.status == .found, "\(name)")
      case .session(.data):
        #expect(page.status == .unauthorized && data.status == .unauthorized, "\(name)")
      case .public, .private:
        // The callback without a state.
        let expected: Set<Int> = name == .authorized ? [400] : [200, 302, 303]
        #expect(expected.contains(page.status.code), "\(name): \(page.status.code)")
        #expect(page.fields[.location] != signIn, "\(name)")
      }
    }
    #expect(service.dropbox.calls.isEmpty)
    #expect(!service.log.text.contains("is not for its access"))
    try await service.stop()
  }

  @Test func `another method gets 405 with the methods of the route`() async throws {
    let service = try await TestService.start()
    for name in RouteName.allCases {
      let answer = try await service.client().send(try Self.route(name).path, method: .put)
      #expect(answer.status == .methodNotAllowed, "\(name)")
      #expect(answer.fields[.allow] == name.definition.allow, "\(name)")
    }
    try await service.stop()
  }

  @Test func `the log names every route by its template`() async throws {
    let service = try await TestService.start()
    for name in RouteName.allCases {
      let route = try Self.route(name)
      let id = try await service.client().send(route.path).requestID
      let line = service.log.lines.first { $0.contains("id=\(id)") && $0.contains(" request ") }
      #expect(line?.contains(" route=\(route.pattern) ") == true, "\(name): \(line ?? "")")
    }
    #expect(!service.log.text.contains(Self.id))
    try await service.stop()
  }

  private static let id = "AbCdEfGhIjkAAAAAAAAABQ"

  private static func route(_ name: RouteName) throws -> Route {
    let id = try #require(FileID("id:" + id))
    let rev = try #require(Rev("0161a2b3c4d5e6f0"))
    return switch name {
    case .gallery: .gallery
    case .album: .album(id)
    case .cover: .cover(id)
    case .picture: .picture(id)
    case .login: .login(then: .picture(id))
    case .authorized: .authorized
    case .logout: .logout
    case .welcome: .welcome
    case .rendition: .rendition(id, rev, Rendition.allCases[0])
    case .details: .details(id, rev)
    case .original: .original(id)
    case .download: .download(id)
    case .healthy: .healthy
    case .ready: .ready
    }
  }
}
