// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

@testable import EndToEndSupport

/// What a contract case needs of a front, beside a request and its response.
enum FrontFeature {
  /// Requests and responses are HTTP messages.
  case http
  /// The front itself rejects requests that are too long to read, and is configured with such limits.
  case headerLimits
  /// TLS, HTTP/2, and a plain port that redirects.
  case tls
  /// The front closes connections for unknown server names during the TLS handshake.
  case unknownNames
  /// The front serves `public/`.
  case files
  /// The front compresses text.
  case compression
  /// The front knows the address of a client, and limits its requests.
  case addresses
  /// The front limits the requests in flight of one client.
  case inFlightLimit
  /// The front reports an interrupted response over HTTP/2 to the client each time.
  case http2Reset
  /// A supervisor can replace the service while the front keeps running.
  case supervision
  /// A process of the service outlives a request.
  case process
  /// The front can reload its own configuration.
  case gracefulReload

  /// Returns why a front cannot show this, or `nil` if it can.
  func absence(from front: Front) -> String? {
    switch self {
    case .http, .files, .compression, .addresses, .headerLimits:
      front.isDirect ? "\(front.rawValue) is no web server" : nil
    case .tls:
      front.isSite
        ? nil
        : front.isDirect
          ? "\(front.rawValue) has no connection to a client"
          : "conf/nginx/local.conf.in is for loopback without TLS"
    case .unknownNames: front == .nginxSite ? nil : "only site.conf of nginx rejects unknown names"
    case .inFlightLimit: front == .nginxSite ? nil : "only site.conf of nginx has limit_conn"
    case .http2Reset:
      FrontFeature.tls.absence(from: front)
        ?? (front == .apacheProxy ? "mod_proxy_fcgi sometimes leaves the stream open" : nil)
    case .supervision:
      switch front {
      case .apacheFcgid: "Apache starts the service"
      case .plainCGI: "each request is a process of its own"
      case .spawnFCGI: "spawn-fcgi does not hold the socket for the next process"
      default: nil
      }
    case .process: front == .plainCGI ? "each request is a process of its own" : nil
    case .gracefulReload:
      switch front {
      // A child that waits for the next process may hang until Apache kills it; see GracefulRestartTests.
      case .apacheFcgid: "mod_fcgid ends the processes of the service"
      default: front.isDirect ? "\(front.rawValue) has no configuration" : nil
      }
    }
  }
}
