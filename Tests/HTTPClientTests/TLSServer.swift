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
    let authority = try await CertificateAuthority(in: folder)
    let other = try await CertificateAuthority("other", in: folder)
    let certificate = try await authority.certificate(for: "IP:127.0.0.1,DNS:gallery.localhost")
    try folder.write(
      configuration(
        folder, certificate, listen: "127.0.0.1:\(port) ssl \(options)", backend: backend),
      to: "nginx.conf")
    let process = try await ChildProcess.start(
      "nginx", ["-p", folder.path, "-e", "stderr", "-c", folder.path(of: "nginx.conf")])
    _ = try await process.line(containing: "start worker process")
    return TLSServer(
      authority: authority.path, otherAuthority: other.path,
      port: port, folder: folder, process: process)
  }

  func url(_ path: String, host: String = "127.0.0.1") -> String {
    "https://\(host):\(port)\(path)"
  }

  func stop() async throws {
    try await process.terminate()
  }

  private static func configuration(
    _ folder: TemporaryFolder, _ certificate: CertificateAuthority.Certificate, listen: String,
    backend: UInt16
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
        ssl_certificate \(certificate.path);
        ssl_certificate_key \(certificate.keyPath);
        location / { return 200 "$server_protocol $connection"; }
        location /backend/ { proxy_pass http://127.0.0.1:\(backend)/; proxy_buffering off; }
      }
    }

    """
  }
}
