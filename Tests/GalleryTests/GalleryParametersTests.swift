// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import Gallery

struct GalleryParametersTests {
  @Test(arguments: [
    ("", PictureOrder.newest, 1), ("sort=oldest", .oldest, 1), ("sort=name&page=2", .name, 2),
    ("page=3&sort=name-down", .nameDown, 3), ("sort=x", .newest, 1), ("sort=NAME", .newest, 1),
    ("sort=name&sort=oldest", .newest, 1), ("page=-1", .newest, 1), ("page=0", .newest, 1),
    ("page=00007", .newest, 7), ("page=", .newest, 1), ("page", .newest, 1),
    ("page=1.5", .newest, 1), ("page=%2B5", .newest, 1), ("page=%D9%A3", .newest, 1),
    ("page=2&page=3", .newest, 1), ("page=99999999", .newest, 99_999_999),
    ("page=99999999999999999999999999", .newest, .max), ("sort=name&x=1&page=2%23", .name, 1),
  ])
  func `any query means an order and a page`(query: String, order: PictureOrder, page: Int) throws {
    let parameters = GalleryParameters(query: try #require(FormFields(parsing: query)))
    #expect(parameters.order == order)
    #expect(parameters.page == page)
  }

  @Test(arguments: [
    ("", PictureOrder.name, false), ("sort=x", .name, false), ("sort=newest", .newest, true),
    ("page=2", .name, false),
  ])
  func `an order of before counts unless another one is chosen`(
    query: String, order: PictureOrder, isChosen: Bool
  ) throws {
    let parameters = GalleryParameters(
      query: try #require(FormFields(parsing: query)), remembered: .name)
    #expect(parameters.order == order)
    #expect(parameters.isOrderChosen == isChosen)
  }

  @Test(arguments: [
    ("sort=name", PictureOrder.name), ("a=b; sort=name-down", .nameDown), ("sort=", nil),
    ("sort=x", nil), ("sort=name; sort=oldest", nil), ("", nil),
  ])
  func `a cookie holds one order or none`(cookie: String, order: PictureOrder?) {
    let request = Request(target: "/", fields: [.cookie: cookie], id: "1")
    #expect(OrderCookie(isSecure: false).order(in: request) == order)
  }

  @Test func `the cookie of an order is kept for a year, from scripts and other sites`() {
    #expect(
      OrderCookie(isSecure: false).cookie(holding: .nameDown).setCookie
        == "sort=name-down; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000")
    #expect(
      OrderCookie(isSecure: true).cookie(holding: .name).setCookie
        == "__Host-sort=name; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000; Secure")
  }
}
