// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// The log of a service that receives FastCGI variables which no web server sends.
@Suite(.serialized)
struct LogTests {
  @Test(arguments: ["json", "logfmt"])
  func `hostile FastCGI variables leave none of their text in the log`(
    format: String
  ) async throws {
    let installation = try await Installation.start(
      settings: ["LOG_FORMAT": format, "LOG_LEVEL": "trace"])
    let hostile = "hostile-text-of-a-client"
    let socket = try installation.anySocket()
    for (name, value) in [
      ("REQUEST_ID", "\(hostile)\nlevel=error"), ("HTTP_\(hostile)", "\u{1}\n"),
      ("CONTENT_LENGTH", hostile), ("REQUEST_METHOD", "\(hostile)\n"),
      ("REQUEST_URI", "\n\(hostile)"), ("HTTP_COOKIE", "\(hostile)\n"),
      ("HTTP_AUTHORIZATION", "Bearer \(hostile)"),
    ] {
      var environment = [
        "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/welcome",
      ]
      environment[name] = value
      _ = try await ChildProcess.run(
        "cgi-fcgi", ["-bind", "-connect", socket], environment: environment)
    }
    #expect(try await installation.visitor().send("/nowhere").status == .notFound)
    // The entry of the last request is written last.
    _ = try await installation.logLine(containing: "404")
    let log = installation.log
    for secret in [hostile, "Authorization", "Bearer"] { #expect(!log.contains(secret)) }
    #expect(
      log.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    for line in log.split(separator: "\n", omittingEmptySubsequences: true) {
      if format == "json" {
        let fields = try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
        #expect(fields["time"]?.string != nil && fields["level"]?.string != nil)
      } else {
        #expect(line.hasPrefix("time=2") && line.contains(" level=") && line.contains(" msg="))
      }
    }
    try await installation.stop()
  }
}
