// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import Testing

@testable import Gallery

struct PicturePageJSONTests {
  private func text(_ pictures: [Picture], isComplete: Bool = true, page: Int = 1) throws -> String
  {
    let query = FormFields([("sort", "name"), ("page", "\(page)")])
    let page = PicturePage(
      of: pictures, isComplete: isComplete, GalleryParameters(query: query))
    let body = try PicturePageJSON(page: page).response().body
    return String(decoding: try #require(body.bytes), as: UTF8.self)
  }

  @Test func `a page is an object with its pictures`() throws {
    let picture = try Picture.made("a\"</script>\n.jpg", at: 1_767_323_045, id: "id:AbC")
    #expect(
      try text([picture], isComplete: false)
        == #"{"count":1,"isComplete":false,"next":null,"page":1,"pages":1,"pictures":[{"id":"id:AbC","#
        + #""modified":"2026-01-02T03:04:05Z","name":"a\"</script>\n.jpg","original":"/originals/AbC","#
        + #""stage":"/renditions/AbC/0123456789/2048","strip":"/renditions/AbC/0123456789/strip"}]}"#
    )
  }

  @Test func `a page says where the next one is`() throws {
    let pictures = try (0..<61).map { try Picture.made("a", at: 0, id: "id:\($0)") }
    #expect(try text(pictures).contains(#""next":"/?sort=name&page=2""#))
    #expect(try text(pictures, page: 9).contains(#""next":null,"page":2,"pages":2"#))
  }

  @Test func `an empty folder is one page of nothing`() throws {
    #expect(
      try text([])
        == #"{"count":0,"isComplete":true,"next":null,"page":1,"pages":1,"pictures":[]}"#)
  }

  /// Long before any picture, and the last second that Dropbox can write.
  @Test(arguments: [
    (-11_644_473_600, "1601-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func `times far away can be written`(seconds: Int64, text expected: String) throws {
    #expect(try text([try .made("a", at: seconds)]).contains(expected))
  }
}
