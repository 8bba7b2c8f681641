// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// An authority made for a test, which signs certificates for it. All are files in one folder.
///
/// - Source: req(1), x509(1) of OpenSSL.
public struct CertificateAuthority: Sendable {
  /// A certificate and its key, PEM files.
  public struct Certificate: Sendable {
    public let path: String
    public let keyPath: String
  }

  /// Its own certificate, a PEM file.
  public let path: String
  private let name: String
  private let folder: TemporaryFolder

  /// - Parameter name: of the files; the subject is the same for all.
  public init(_ name: String = "authority", in folder: TemporaryFolder) async throws(TestFailure) {
    self.name = name
    self.folder = folder
    path = folder.path(of: "\(name).pem")
    try await openssl(
      ["req", "-x509"] + Self.newKey + [
        "-days", "2", "-subj", "/CN=Test Authority", "-keyout", "\(name).key", "-out",
        "\(name).pem",
      ])
  }

  /// - Parameters:
  ///   - names: as in `IP:127.0.0.1,DNS:gallery.localhost`.
  ///   - start: in how many days it begins to be valid.
  ///   - days: of validity from then on; a negative number for one that has expired.
  public func certificate(
    _ file: String = "server", for names: String, from start: Int = 0, days: Int = 2
  ) async throws(TestFailure) -> Certificate {
    try folder.write("subjectAltName=\(names)\n", to: "\(file).names")
    try await openssl(
      ["req"] + Self.newKey + [
        "-subj", "/CN=\(file)", "-keyout", "\(file).key", "-out", "\(file).csr",
      ])
    let signing = [
      "x509", "-req", "-in", "\(file).csr", "-CA", "\(name).pem", "-CAkey", "\(name).key",
      "-CAcreateserial", "-days", "\(days)", "-extfile", "\(file).names", "-out", "\(file).pem",
    ]
    try await openssl(signing, after: start)
    return Certificate(
      path: folder.path(of: "\(file).pem"), keyPath: folder.path(of: "\(file).key"))
  }

  private static let newKey = [
    "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
  ]

  /// - Parameter days: what it takes for today; OpenSSL 3.0 has no other way to begin later than now.
  private func openssl(_ arguments: [String], after days: Int = 0) async throws(TestFailure) {
    let outcome = try await ChildProcess.run(
      "faketime", ["-f", "+\(days)d", "openssl"] + arguments, folder: folder.path)
    guard outcome.exit == .status(0) else { throw TestFailure(outcome.errorText) }
  }
}
