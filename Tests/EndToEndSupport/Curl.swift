// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// What curl brought from a web server: for all that HTTPClient has no words for, such as versions of HTTP and of TLS.
struct Curl {
  /// 0, or a number of curl's own: 35 for a handshake that failed, 60 for a certificate it does not trust.
  let exit: ChildProcess.Exit
  let complaint: String
  let status: Int
  /// `1.1` or `2`.
  let version: String
  /// Names in lower case, with every value.
  let fields: [String: [String]]
  let body: String

  /// - Parameter arguments: in front of the URL, as on a command line.
  static func get(
    _ url: String, trusting certificate: Certificate?, _ arguments: [String] = []
  ) async throws -> Curl {
    let trust = certificate.map { ["--cacert", $0.chain] } ?? []
    let outcome = try await ChildProcess.run(
      "curl",
      ["--silent", "--show-error", "--max-time", "20", "--path-as-is", "--globoff"] + trust
        + ["--write-out", "%{stderr}\n%{http_code} %{http_version} %{header_json}"] + arguments
        + [url])
    let parts = outcome.errorText.split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    // What curl complains of stands before what it was asked to write.
    let isWell = outcome.exit == .status(0)
    let words =
      (isWell ? parts.last : nil)?.split(separator: " ", maxSplits: 2).map(String.init) ?? []
    let header = words.count == 3 ? Data(words[2].utf8) : Data("{}".utf8)
    return Curl(
      exit: outcome.exit, complaint: outcome.errorText, status: words.first.flatMap(Int.init) ?? 0,
      version: words.count > 1 ? words[1] : "",
      fields: try JSONDecoder().decode([String: [String]].self, from: header), body: outcome.text)
  }
}

extension Installation {
  /// Waits until a web server listens, whatever it then answers.
  static func untilListening(_ web: Web) async throws {
    // It tries again for as long as nobody does.
    let tried = try await ChildProcess.run(
      "curl",
      [
        "--silent", "--show-error", "--insecure", "--retry", "100", "--retry-connrefused",
        "--retry-delay", "1", "--retry-max-time", "20", "--output", "/dev/null",
        web.site + "/robots.txt",
      ])
    guard tried.exit == .status(0) else { throw TestFailure(tried.errorText) }
  }

  func curl(_ path: String, _ arguments: String...) async throws -> Curl {
    try await Curl.get(site + path, trusting: web.certificate, arguments)
  }
}
