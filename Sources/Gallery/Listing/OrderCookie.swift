// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// The cookie that remembers the order of the pictures for a year. It says nothing else, and is not signed.
struct OrderCookie: Sendable {
  private static let maxAge = 365 * 24 * 3600

  let isSecure: Bool

  /// - Returns: nil unless the browser sent one order.
  func order(in request: Request) -> PictureOrder? {
    let values = Cookie.values(named: name, in: request.fields)
    return values.count == 1 ? values.first.flatMap(PictureOrder.init(rawValue:)) : nil
  }

  func cookie(holding order: PictureOrder) -> Cookie {
    Cookie(name: name, value: order.rawValue, maxAge: Self.maxAge, isSecure: isSecure)
  }

  private var name: String { (isSecure ? "__Host-" : "") + "sort" }
}
