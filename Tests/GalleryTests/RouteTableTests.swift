// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTP
import HTTPTypes
import Testing

@testable import Gallery

/// The route table, row by row, and the files of web servers that repeat a part of it.
struct RouteTableTests {
  @Test(arguments: RouteName.allCases)
  func `every route is printed as it is parsed`(name: RouteName) throws {
    for _ in 0..<100 {
      for path in Self.paths(of: name) {
        let route = try Self.route(path)
        #expect(route.path == path)
        #expect(route.definition.template == name.definition.template)
      }
    }
  }

  @Test(arguments: RouteName.allCases)
  func `a pattern never shows an id`(name: RouteName) throws {
    let patterns = Set(
      try (0..<100).flatMap { _ in try Self.paths(of: name).map { try Self.route($0).pattern } })
    let expected: Set<String> =
      switch name {
      case .gallery: ["/"]
      case .album: ["/albums/{id}"]
      case .cover: ["/albums/{id}/cover"]
      case .picture: ["/pictures/{id}"]
      case .login: ["/login"]
      case .authorized: ["/oauthredirect"]
      case .logout: ["/logout"]
      case .welcome: ["/welcome"]
      case .rendition:
        Set(Rendition.allCases.map { "/renditions/{id}/{rev}/\($0.segment)" })
      case .details: ["/details/{id}/{rev}"]
      case .original: ["/originals/{id}"]
      case .download: ["/downloads/{id}"]
      case .healthy: ["/healthz"]
      case .ready: ["/readyz"]
      }
    #expect(patterns == expected)
  }

  @Test(arguments: RouteName.allCases)
  func `only signing out takes a POST`(name: RouteName) {
    #expect(name.definition.allow == (name == .logout ? "GET, HEAD, POST" : "GET, HEAD"))
  }

  @Test(arguments: RouteName.allCases)
  func `sign-in leads back to pages and files only`(name: RouteName) throws {
    let canFollow = [.gallery, .album, .picture, .original, .download].contains(name)
    for path in Self.paths(of: name) {
      let target = try #require(RequestTarget(parsing: "/login" + (path == "/" ? "" : path)))
      let route = try? Route(parsing: target)
      #expect(
        try route == (canFollow ? .login(then: Self.route(path)) : name == .login ? route : nil))
      #expect(name.definition.access.canFollowSignIn == canFollow)
    }
    #expect(throws: GalleryError.self) { try Self.route("/login/login") }
  }

  // MARK: Web servers

  @Test func `nginx limits and withholds the paths of the table`() throws {
    let text = try Self.configuration("nginx/gallery.conf")
    let locations = text.matches(of: #/location ~ (\S+) \{([^}]*)\}/#)
    let limited = locations.filter { $0.output.2.contains("limit_req zone=gallery_sign_in") }
    let withheld = locations.filter { $0.output.2.contains("deny all;") }
    try Self.compare(limited.map { String($0.output.1) }, withheld.map { String($0.output.1) })
  }

  @Test func `Apache limits and withholds the paths of the table`() throws {
    let limited = try Self.configuration("apache/limits.conf")
      .matches(of: #/SetEnvIf Request_URI "(\S+)" GALLERY_SIGN_IN=1/#)
    let withheld = try Self.configuration("apache/refusals.conf")
      .matches(of: #/<LocationMatch "(\S+)">\s+Require ip 127\.0\.0\.1 ::1\s/#)
    try Self.compare(limited.map { String($0.output.1) }, withheld.map { String($0.output.1) })
  }

  private static func compare(_ limited: [String], _ withheld: [String]) throws {
    #expect(limited.count == 1 && withheld.count == 1)
    let isLimited = try Regex(#require(limited.first))
    let isWithheld = try Regex(#require(withheld.first))
    for name in RouteName.allCases {
      for path in paths(of: name) {
        #expect(
          (path.firstMatch(of: isLimited) != nil) == (name.definition.rateLimit == .signIn),
          "\(path)")
        #expect(
          (path.firstMatch(of: isWithheld) != nil) == (name.definition.access == .private),
          "\(path)")
      }
    }
    for route in OperatorRoute.allCases {
      #expect(route.path.firstMatch(of: isWithheld) != nil, "\(route.path)")
    }
  }

  private static func configuration(_ file: String) throws -> String {
    try String(contentsOfFile: Words.ourViews + "/../conf/" + file, encoding: .utf8)
  }

  // MARK: Paths

  private static func route(_ path: String) throws -> Route {
    try Route(parsing: #require(RequestTarget(parsing: path)))
  }

  /// Paths of a route with random ids; of a rendition all sizes, and of sign-in all routes that may follow it.
  private static func paths(of name: RouteName) -> [String] {
    switch name {
    case .gallery: ["/"]
    case .album: ["/albums/\(id)"]
    case .cover: ["/albums/\(id)/cover"]
    case .picture: ["/pictures/\(id)"]
    case .login:
      ["/login", "/login/albums/\(id)", "/login/pictures/\(id)", "/login/originals/\(id)"]
        + ["/login/downloads/\(id)"]
    case .authorized: ["/oauthredirect"]
    case .logout: ["/logout"]
    case .welcome: ["/welcome"]
    case .rendition: Rendition.allCases.map { "/renditions/\(id)/\(rev)/\($0.segment)" }
    case .details: ["/details/\(id)/\(rev)"]
    case .original: ["/originals/\(id)"]
    case .download: ["/downloads/\(id)"]
    case .healthy: ["/healthz"]
    case .ready: ["/readyz"]
    }
  }

  private static var id: String {
    text(1...64, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  }

  private static var rev: String { text(9...64, of: "0123456789abcdef") }

  private static func text(_ count: ClosedRange<Int>, of characters: String) -> String {
    String((0..<Int.random(in: count)).map { _ in characters.randomElement() ?? "0" })
  }
}
