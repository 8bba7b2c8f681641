// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Where the service lives, as browsers see it.
public struct Site: Sendable {
  /// Scheme, host and port, without a slash at the end: `https://photos.example`.
  public let origin: String
  /// Whether cookies are for TLS only, and browsers are told to stay with it.
  public let isSecure: Bool

  /// - Parameters:
  ///   - redirectURL: an absolute URL of the site.
  ///   - allowsPlainHTTP: whether cookies may travel over http, if the URL says so; in development only.
  /// - Returns: nil unless it is an absolute http or https URL with a host.
  public init?(redirectURL: String, allowsPlainHTTP: Bool) {
    for scheme in ["https://", "http://"] where redirectURL.hasPrefix(scheme) {
      let host = redirectURL.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      guard !host.isEmpty, !host.contains("@") else { return nil }
      origin = scheme + host
      isSecure = scheme == "https://" || !allowsPlainHTTP
      return
    }
    return nil
  }

  /// The absolute URL of a path. A bare path in `Location` is an internal redirect to a CGI gateway.
  func url(_ path: String) -> String {
    origin + path
  }
}
