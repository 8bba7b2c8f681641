// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What a newcomer types first.
@Suite(.serialized)
struct MakeRunTests {
  @Test(arguments: [SIGINT, SIGTERM])
  func `make run shows the demo, and ends everything it started`(signal: CInt) async throws {
    let port = try FreePort.find()
    let run = try await start(["PORT": "\(port)"])
    let line = try await run.line(containing: "Dropbox Gallery is at")
    #expect(line.contains("http://localhost:\(port)"))
    let children = try Processes.children(of: run.id)
    #expect(children.count == 4)
    let page = try await get("http://localhost:\(port)/welcome")
    #expect(page.status == .ok)
    let login = try await get("http://localhost:\(port)/login")
    #expect(try await get(login.location).text.contains("id=\"allow\""))

    run.signal(signal)
    #expect(try await run.exit() == .status(0))
    #expect(children.allSatisfy { !Processes.isThere($0) })
    #expect(run.text.split(separator: "\n").filter { $0.contains("http://") }.count == 1)
  }

  @Test(arguments: [
    (["PORT": "99999"], "PORT is not a port number"),
    (["PHOTOS": "/nowhere"], "PHOTOS does not name a folder"),
  ])
  func `make run says in one line what is wrong`(
    settings: [String: String], complaint: String
  ) async throws {
    let run = try await start(settings)
    let outcome = try await run.outcome()
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText == "develop: \(complaint)\n")
  }

  /// The other tests run in the folder of the project, whose `.env` is the developer's.
  @Test(arguments: [
    ("export PORT='99999' \n", "PORT is not a port number"),
    ("PORT=1\nPORT 2\n", ".env: line 2 is not NAME=value"),
    ("PORT=1\n\nDBX_APP_SECRET='secret\n", ".env: line 3 has quotes that do not match"),
  ])
  func `make run reads the file of settings as the service does`(
    lines: String, complaint: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("conf")
    for file in ["develop", "processes.py"] {
      try FileManager.default.copyItem(
        atPath: Project.root + "/conf/" + file, toPath: folder.path(of: "conf/" + file))
    }
    try folder.write(lines, to: ".env")
    let run = try await ChildProcess.start(
      folder.path(of: "conf/develop"), environment: ["PROGRAMS": Project.builtFolder],
      folder: folder.path)
    let outcome = try await run.outcome()
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText == "develop: \(complaint)\n")
  }

  @Test func `make run leaves a port alone that somebody has`() async throws {
    let installation = try await Installation.start()
    let port = try #require(installation.site.split(separator: ":").last)
    let outcome = try await start(["PORT": "\(port)"]).outcome()
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText.contains("port \(port) is not to be had"))
    try await installation.stop()
  }

  private func start(_ settings: [String: String]) async throws -> ChildProcess {
    var environment = settings
    environment["PROGRAMS"] = Project.builtFolder
    for name in ["DBX_APP_KEY", "DBX_APP_KEY_FILE", "REDIS_URL", "PHOTOS"]
    where environment[name] == nil {
      environment[name] = ""
    }
    return try await ChildProcess.start(
      Project.root + "/conf/develop", environment: environment, folder: Project.root)
  }

  private func get(_ url: String) async throws -> Answer {
    let http = try Installation.client()
    let answer = try await http.send(
      OutgoingRequest(
        method: .get, url: url, fields: [:], body: [], limit: .seconds(10), answerLimit: 1 << 20))
    await http.close()
    return answer
  }
}

/// What /proc tells of processes.
enum Processes {
  static func children(of id: pid_t) throws -> [pid_t] {
    let list = try String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
    return list.split(separator: " ").compactMap { pid_t($0) }
  }

  static func isThere(_ id: pid_t) -> Bool {
    FileManager.default.fileExists(atPath: "/proc/\(id)")
  }
}
