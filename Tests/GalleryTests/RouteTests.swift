// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import Testing

@testable import Gallery

struct RouteTests {
  @Test(arguments: [
    "/", "/login", "/login/albums/cover", "/login/pictures/-_-", "/login/originals/a",
    "/login/downloads/a", "/oauthredirect", "/logout", "/welcome", "/healthz", "/readyz",
    "/originals/AbCdEfGhIjkAAAAAAAAABQ", "/downloads/AbCdEfGhIjkAAAAAAAAABQ",
    "/albums/AbCdEfGhIjkAAAAAAAAABQ", "/albums/AbCdEfGhIjkAAAAAAAAABQ/cover", "/albums/cover/cover",
    "/pictures/AbCdEfGhIjkAAAAAAAAABQ", "/pictures/-_-",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/animation",
    "/details/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/256",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/640",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/1024",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/2048",
  ])
  func `every route is printed as it is parsed`(path: String) throws {
    let target = try #require(RequestTarget(parsing: path))
    #expect(try Route(parsing: target).path == path)
  }

  @Test(arguments: [
    "/login/", "/Login", "/login/x", "/login/login", "/login/welcome", "/login/albums/a/cover",
    "/login//elsewhere.example", "/login/originals/https%3A%2F%2Felsewhere.example",
    "/login/login/albums/a", "/originals", "/originals/", "/originals/a/b",
    "/originals/%20",
    "/originals/a%2Fb", "/albums", "/albums/", "/albums//cover", "/albums/a/covers", "/albums/a/",
    "/albums/a.b", "/albums/id%3Aa", "/pictures/a/b", "/pictures/%C3%BC", "/downloads/",
    "/details/a", "/renditions/a/b/256",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c/huge",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c/stage",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c/1024/",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c/%31024/2048",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/XYZ/256", "/admin", "//", "/index.php", "/.env",
  ])
  func `an unknown path is not found`(path: String) throws {
    let target = try #require(RequestTarget(parsing: path))
    #expect(throws: GalleryError.self) { try Route(parsing: target) }
  }

  @Test func `the number of segments does not decide the depth of the stack`() {
    let segments = [String](repeating: "login", count: 200_000)
    #expect(Route(segments: segments[...]) == nil)
  }

  @Test(arguments: [("strip", Rendition.image256), ("grid", .image640)])
  func `an address that an earlier release printed leads to the same rendition`(
    segment: String, rendition: Rendition
  ) throws {
    let path = "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/"
    let target = try #require(RequestTarget(parsing: path + segment))
    let route = try Route(parsing: target)
    guard case .rendition(_, _, rendition) = route else {
      Issue.record("\(route)")
      return
    }
    #expect(route.path == path + rendition.segment)
  }

  @Test func `every rendition has a size of its own, but what moves is not drawn`() {
    let drawings = Rendition.allCases.map(\.drawing)
    #expect(
      drawings.map { $0?.size } == [.w256h256, .w640h480, .w1024h768, .w2048h1536, nil])
    #expect(drawings.map { $0?.mode } == [.fitoneBestfit, .bestfit, .bestfit, .bestfit, nil])
    #expect(Rendition.allCases.filter(\.isSmall) == [.image256, .image640])
  }
}
