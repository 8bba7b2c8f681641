// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// nginx with TLS, HTTP/2 and a certificate for 127.0.0.1 signed by an authority made for the occasion.
struct TLSServer {
  /// The authority that signed the server's certificate, a PEM file.
  let authority: String
  /// Another authority of the same name.
  let otherAuthority: String
  private let port: UInt16
  private let folder: TemporaryFolder
  private let process: ChildProcess

  /// - Parameters:
  ///   - options: what follows `ssl` in `listen`, as in `http2`.
  ///   - backend: where `/backend/` leads to.
  static func start(options: String = "http2", backend: UInt16 = 1) async throws -> TLSServer {
    let folder = try TemporaryFolder()
    let port = try FreePort.find()
    for name in ["authority", "other"] { try await makeAuthority(name, in: folder) }
    try await makeCertificate(in: folder)
    try folder.write(
      configuration(folder, listen: "127.0.0.1:\(port) ssl \(options)", backend: backend),
      to: "nginx.conf")
    let process = try await ChildProcess.start(
      "nginx", ["-p", folder.path, "-e", "stderr", "-c", folder.path(of: "nginx.conf")])
    _ = try await process.line(containing: "start worker process")
    return TLSServer(
      authority: folder.path(of: "authority.pem"), otherAuthority: folder.path(of: "other.pem"),
      port: port, folder: folder, process: process)
  }

  func url(_ path: String, host: String = "127.0.0.1") -> String {
    "https://\(host):\(port)\(path)"
  }

  func stop() async throws {
    try await process.terminate()
  }

  private static func makeAuthority(_ name: String, in folder: TemporaryFolder) async throws {
    try await openssl(
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=Test Authority", "-keyout", "\(name).key", "-out",
        "\(name).pem",
      ], in: folder)
  }

  private static func makeCertificate(in folder: TemporaryFolder) async throws {
    try folder.write("subjectAltName=IP:127.0.0.1,DNS:gallery.localhost\n", to: "names")
    try await openssl(
      [
        "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
        "/CN=server", "-keyout", "server.key", "-out", "server.csr",
      ], in: folder)
    try await openssl(
      [
        "x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
        "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem",
      ], in: folder)
  }

  private static func openssl(_ arguments: [String], in folder: TemporaryFolder) async throws {
    let outcome = try await ChildProcess.run("openssl", arguments, folder: folder.path)
    guard outcome.exit == .status(0) else { throw TestFailure(outcome.errorText) }
  }

  private static func configuration(
    _ folder: TemporaryFolder, listen: String, backend: UInt16
  ) -> String {
    """
    daemon off;
    pid nginx.pid;
    error_log stderr notice;
    worker_processes 1;
    worker_rlimit_nofile 8192;
    events { worker_connections 4096; }
    http {
      access_log off;
      client_body_temp_path \(folder.path)/body;
      proxy_temp_path \(folder.path)/proxy;
      fastcgi_temp_path \(folder.path)/fastcgi;
      uwsgi_temp_path \(folder.path)/uwsgi;
      scgi_temp_path \(folder.path)/scgi;
      keepalive_requests 100000;
      server {
        listen \(listen);
        ssl_certificate \(folder.path)/server.pem;
        ssl_certificate_key \(folder.path)/server.key;
        location / { return 200 "$server_protocol $connection"; }
        location /backend/ { proxy_pass http://127.0.0.1:\(backend)/; proxy_buffering off; }
      }
    }

    """
  }
}
