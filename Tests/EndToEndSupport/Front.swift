// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// How requests reach the service.
enum Front: String, CaseIterable {
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
  /// The same, which keeps its connections for the next request.
  case apacheProxyKept = "Apache with mod_proxy_fcgi and kept connections"
  /// No web server: spawn-fcgi(1) starts the service, and cgi-fcgi(1) sends each request to its socket.
  case spawnFCGI = "spawn-fcgi"
  /// No web server: cgi-fcgi(1) sends each request to the socket of the service.
  case cgiFCGI = "cgi-fcgi"
  /// No web server: each request runs the program, as RFC 3875 describes it.
  case plainCGI = "plain CGI"

  /// One for each way that differs for a visitor.
  static let allCases: [Front] = [.nginxKept, .nginxPlain, .nginxSite, .apacheFcgid, .apacheProxy]

  var keepsConnections: Bool { [.nginxKept, .nginxSite, .apacheProxyKept].contains(self) }

  /// Those whose files are for production, over HTTP/2 wherever a client can.
  static let sites = [nginxSite, apacheProxy, apacheFcgid]

  /// Whether requests reach the service without a web server.
  var isDirect: Bool { [.spawnFCGI, .cgiFCGI, .plainCGI].contains(self) }
  /// Whether a process of the service outlives a request, and is not a child of Apache.
  var hasDaemon: Bool { self != .apacheFcgid && self != .plainCGI }

  var isSite: Bool { Self.sites.contains(self) || self == .apacheProxyKept }
  var isApache: Bool { self == .apacheFcgid || isApacheProxy }
  var isApacheProxy: Bool { self == .apacheProxy || self == .apacheProxyKept }
}
