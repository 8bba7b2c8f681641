// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// Header fields that HTTPTypes has no constant for.
extension HTTPField.Name {
  static let clearSiteData = literal("Clear-Site-Data")
  static let crossOriginEmbedderPolicy = literal("Cross-Origin-Embedder-Policy")
  static let crossOriginOpenerPolicy = literal("Cross-Origin-Opener-Policy")
  static let originAgentCluster = literal("Origin-Agent-Cluster")
  static let permissionsPolicy = literal("Permissions-Policy")
  static let requestID = literal("X-Request-Id")
  static let referrerPolicy = literal("Referrer-Policy")
  static let secFetchSite = literal("Sec-Fetch-Site")
  static let xFrameOptions = literal("X-Frame-Options")

  private static func literal(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("not a token: \(name)") }
    return name
  }
}

extension Response {
  /// Adds a cookie; each has a field of its own.
  mutating func set(_ cookie: Cookie) {
    fields.append(HTTPField(name: .setCookie, value: cookie.setCookie))
  }
}
