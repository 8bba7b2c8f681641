// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

// A CGI program ignores its arguments, because the client chooses them (RFC 3875, section 4.4).
extension PlainCGIContractTests {
  private static let request = [
    "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/healthz",
    "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "", "QUERY_STRING": "",
  ]

  @Test(arguments: [
    ["sessions", "--end-all", "--yes"], ["check"], ["--help"], ["--version"], ["--bogus"],
    ["serve", "--settings", "/dev/stdin"], ["--settings", "/dev/stdin"],
  ])
  func `a CGI run answers its request, whatever its arguments`(
    arguments: [String]
  ) async throws {
    let contract = try Contract.required
    let (installation, visitor) = (contract.installation, contract.client)
    // As a file of settings it stops the start, so a program that reads it cannot answer.
    let settings = "no setting\n"
    let outcome = try await ChildProcess.run(
      Project.program, arguments,
      environment: installation.settings.merging(Self.request) { $1 }
        .merging(["CONTENT_LENGTH": "\(settings.utf8.count)"]) { $1 },
      input: .bytes(Array(settings.utf8)))
    #expect(outcome.exit == .status(0))
    #expect(outcome.text.hasPrefix("Status: 200 OK\r\n"))
    #expect(outcome.text.hasSuffix("\r\n\r\nok\n"))
    #expect(try await visitor.send("/").status == .ok)
  }

  @Test func `Apache's mod_cgi passes a query as arguments, which end no session`() async throws {
    let contract = try Contract.required
    let (installation, visitor) = (contract.installation, contract.client)
    let port = try FreePort.find()
    let apache = try await startApache(installation, port: port)
    let client = Visitor(
      site: "http://127.0.0.1:\(port)", http: installation.http, dropbox: installation.dropbox)
    try await waitUntilListening(client, apache)

    // This script proves that the server passes the query as arguments.
    let echoed = try await client.send("/arguments?sessions+--end-all+--yes")
    #expect(echoed.text == "sessions --end-all --yes\n")

    for query in ["sessions+--end-all+--yes", "--help", "--settings+/dev/stdin"] {
      let answer = try await client.send("/?" + query)
      #expect(answer.status == .found, "\(query)")
      #expect(answer.fields[.location]?.hasSuffix("/login") == true, "\(query)")
    }
    #expect(try await visitor.send("/").status == .ok)
    try await apache.terminate()
  }

  private func startApache(
    _ installation: Installation, port: UInt16
  ) async throws -> ChildProcess {
    let runtime = try installation.folder.makeFolder("cgi")
    let program = runtime + "/gallery"
    try FileManager.default.copyItem(atPath: Project.program, toPath: program)
    let script = runtime + "/arguments"
    try Data("#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n%s\\n' \"$*\"\n".utf8)
      .write(to: URL(filePath: script))
    for file in [program, script] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    let settings = installation.settings.map { "SetEnv \($0.key) \"\($0.value)\"\n" }.joined()
    let modules = ["mpm_event", "authz_core", "alias", "cgi", "env"].map {
      "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so\n"
    }.joined()
    let file = try installation.folder.write(
      """
      \(modules)
      ServerRoot "\(runtime)"
      DefaultRuntimeDir "\(runtime)"
      PidFile "\(runtime)/apache.pid"
      Mutex "file:\(runtime)" default
      ErrorLog "\(runtime)/error.log"
      Listen 127.0.0.1:\(port)
      ServerName localhost
      User www-data
      Group www-data
      StartServers 1
      \(settings)
      ScriptAlias /arguments \(script)
      ScriptAliasMatch "^/" \(program)
      <Directory "\(runtime)">
        Require all granted
      </Directory>

      """, to: "cgi.conf")
    try Project.openToAll(runtime)
    return try await ChildProcess.start("/usr/sbin/apache2", ["-D", "FOREGROUND", "-f", file])
  }

  private func waitUntilListening(_ client: Visitor, _ apache: ChildProcess) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while (try? await client.send("/arguments")) == nil {
      guard ContinuousClock.now < end else { throw TestFailure("no answer: \(apache.text)") }
      await TestLoop.pause(.milliseconds(20))
    }
  }
}
