// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import Testing

@testable import Gallery

struct RouteTests {
  @Test(arguments: [
    "/", "/login", "/oauthredirect", "/logout", "/welcome", "/healthz", "/readyz",
    "/originals/AbCdEfGhIjkAAAAAAAAABQ",
    "/details/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/strip",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c4d5e6f0/stage",
  ])
  func `every route is printed as it is parsed`(path: String) throws {
    let target = try #require(RequestTarget(parsing: path))
    #expect(try Route(parsing: target).path == path)
  }

  @Test(arguments: [
    "/login/", "/Login", "/login/x", "/originals", "/originals/", "/originals/a/b",
    "/originals/%20",
    "/originals/a%2Fb", "/renditions/a/b/strip",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/0161a2b3c/huge",
    "/renditions/AbCdEfGhIjkAAAAAAAAABQ/XYZ/strip", "/admin", "//", "/index.php", "/.env",
  ])
  func `an unknown path is not found`(path: String) throws {
    let target = try #require(RequestTarget(parsing: path))
    #expect(throws: GalleryError.self) { try Route(parsing: target) }
  }

  @Test func `what a person named does not stand in a pattern`() throws {
    let target = try #require(RequestTarget(parsing: "/originals/AbCdEfGhIjkAAAAAAAAABQ"))
    #expect(try Route(parsing: target).pattern == "/originals/{id}")
  }
}
