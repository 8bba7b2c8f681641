// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// A web server on 127.0.0.1 whose clock or certificate is wrong.
struct OddServer {
  let origin: String
  private let process: ChildProcess
  private let folder: TemporaryFolder

  /// - Parameters:
  ///   - skew: how many seconds its clock is ahead.
  ///   - validity: the two dates of a certificate for TLS, as OpenSSL takes them.
  static func start(
    skew: Int = 0, validity: (from: String, to: String)? = nil
  ) async throws -> OddServer {
    let folder = try TemporaryFolder()
    if let validity { try await makeCertificate(validity, in: folder) }
    let process = try await ChildProcess.start(
      "python3", ["-c", script, "\(skew)", validity == nil ? "" : "server.pem"],
      folder: folder.path)
    let port = try await process.line(containing: "port ").dropFirst(5)
    return OddServer(
      origin: "http\(validity == nil ? "" : "s")://127.0.0.1:\(port)", process: process,
      folder: folder)
  }

  func stop() async throws {
    try await process.terminate()
  }

  private static func makeCertificate(
    _ validity: (from: String, to: String), in folder: TemporaryFolder
  ) async throws {
    try folder.write(
      """
      [ca]
      default_ca = own
      [own]
      database = index
      new_certs_dir = .
      rand_serial = yes
      policy = any
      default_md = sha256
      [any]
      commonName = supplied

      """, to: "ca.conf")
    try folder.write("", to: "index")
    for arguments in [
      [
        "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
        "/CN=An issuer", "-keyout", "server.key", "-out", "server.csr",
      ],
      [
        "ca", "-batch", "-selfsign", "-notext", "-config", "ca.conf", "-keyfile", "server.key",
        "-in", "server.csr", "-out", "server.pem", "-startdate", validity.from, "-enddate",
        validity.to,
      ],
    ] {
      let outcome = try await ChildProcess.run("openssl", arguments, folder: folder.path)
      guard outcome.exit == .status(0) else { throw TestFailure(outcome.errorText) }
    }
  }

  private static let script = """
    import http.server, ssl, sys, time
    class Handler(http.server.BaseHTTPRequestHandler):
        def date_time_string(self, timestamp=None):
            return super().date_time_string((timestamp or time.time()) + int(sys.argv[1]))
        def do_HEAD(self):
            self.send_response(404)
            self.end_headers()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if sys.argv[2]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], "server.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print("port", server.server_port, flush=True)
    server.serve_forever()
    """
}
