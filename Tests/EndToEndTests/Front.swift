// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// How requests reach the service.
enum Front: String, CaseIterable, CustomTestStringConvertible {
  /// nginx as `make run` has it, `fastcgi_keep_conn on`.
  case nginxKept = "nginx with kept connections"
  /// The same, a connection for each request.
  case nginxPlain = "nginx without kept connections"
  /// nginx with TLS, `conf/nginx/site.conf`.
  case nginxSite = "nginx as in production"
  /// Apache with TLS, mod_fcgid, `conf/apache/site.fcgid.conf`.
  case apacheFcgid = "Apache with mod_fcgid"
  /// Apache with TLS, mod_proxy_fcgi, `conf/apache/site.proxy_fcgi.conf`.
  case apacheProxy = "Apache with mod_proxy_fcgi"

  /// Those whose files are for production, over HTTP/2 wherever a client can.
  static let sites = [nginxSite, apacheProxy, apacheFcgid]

  var isSite: Bool { Self.sites.contains(self) }
  var isApache: Bool { self == .apacheFcgid || self == .apacheProxy }
  var testDescription: String { rawValue }
}
