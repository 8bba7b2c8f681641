// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// How requests reach the service.
enum Front: String, CaseIterable, CustomTestStringConvertible {
  /// nginx, `fastcgi_keep_conn on`.
  case nginxKept = "nginx with kept connections"
  /// nginx, a connection for each request.
  case nginxPlain = "nginx without kept connections"
  /// Apache, mod_fcgid.
  case apacheFcgid = "Apache with mod_fcgid"
  /// Apache, mod_proxy_fcgi.
  case apacheProxy = "Apache with mod_proxy_fcgi"
  /// The same, which keeps its connections for the next request.
  case apacheProxyKept = "Apache with mod_proxy_fcgi and kept connections"

  /// One for each way that differs for a visitor.
  static let allCases: [Front] = [.nginxKept, .nginxPlain, .apacheFcgid, .apacheProxy]
  /// Those behind which a daemon of its own runs.
  static let withDaemon: [Front] = [.nginxKept, .nginxPlain, .apacheProxyKept, .apacheProxy]

  var keepsConnections: Bool { self == .nginxKept || self == .apacheProxyKept }

  var testDescription: String { rawValue }
}
