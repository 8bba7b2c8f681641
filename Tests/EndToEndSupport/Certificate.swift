// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// A certificate for localhost that signs itself, as Let's Encrypt would put it there: `fullchain.pem` and `privkey.pem`.
struct Certificate {
  /// The folder of the two files.
  let folder: String
  var chain: String { folder + "/fullchain.pem" }

  /// - Parameter isExpired: it ended long ago.
  static func make(in folder: String, isExpired: Bool = false) async throws -> Certificate {
    let certificate = Certificate(folder: folder)
    let made = try await ChildProcess.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", folder + "/privkey.pem", "-out", certificate.chain, "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-days", "2",
      ])
    guard made.exit == .status(0) else { throw TestFailure(made.errorText) }
    if isExpired { try await certificate.expire() }
    return certificate
  }

  /// The SHA-256 of the public key, in base64.
  func keyHash() async throws -> String {
    let script = """
      openssl x509 -in "$0" -noout -pubkey | openssl pkey -pubin -outform der |
        openssl dgst -sha256 -binary | base64
      """
    return try await ChildProcess.run("sh", ["-c", script, chain]).text.filter { $0 != "\n" }
  }

  /// Signs it anew with a time that is over; only `openssl ca` sets both ends.
  private func expire() async throws {
    let script = """
      cd "$0" && : > index && echo 01 > serial &&
      openssl req -new -key privkey.pem -subj /CN=localhost -out request.pem &&
      printf '[ca]\\ndefault_ca=c\\n[c]\\ndatabase=index\\nserial=serial\\nnew_certs_dir=.\\ndefault_md=sha256\\n' > ca.conf &&
      printf 'policy=p\\nx509_extensions=x\\n[p]\\ncommonName=supplied\\n[x]\\nsubjectAltName=DNS:localhost\\n' >> ca.conf &&
      openssl ca -batch -config ca.conf -selfsign -keyfile privkey.pem -in request.pem -notext -out fullchain.pem \
        -startdate 20200101000000Z -enddate 20200201000000Z
      """
    let signed = try await ChildProcess.run("sh", ["-c", script, folder])
    guard signed.exit == .status(0) else { throw TestFailure(signed.errorText) }
  }
}
