// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

/// `make audit` with the program of the tests, and data of the security tracker's shape made for the occasion.
@Suite(.serialized)
struct AuditTests {
  @Test func `every library stands in the document with its version and licence`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path(of: "document.json")
    let outcome = try await run(
      ["--document", path, "--tracker", "http://127.0.0.1:1/data.json", Project.program])
    #expect(outcome.exit == .status(0), "\(outcome.text)\(outcome.errorText)")
    #expect(
      outcome.text.contains("Vulnerabilities: NOT CHECKED: http://127.0.0.1:1/data.json cannot be"))
    let document = try JSONDecoder().decode(
      Document.self, from: try Data(contentsOf: URL(filePath: path)))
    let packages = document.packages
    for name in [
      "swift-log", "swift-configuration", "swift-runtime", "libcurl4", "jquery", "galleria",
    ] {
      let package = try #require(packages.first { $0.name == name }, "\(name)")
      #expect(package.versionInfo.contains(/^[0-9]/), "\(package)")
      #expect(package.licenseDeclared != "NOASSERTION", "\(package)")
    }
    // What Package.resolved pins is what stands there; the stand-in's library is no part of the service.
    for pin in try pins() where pin.identity != "flyingfox" {
      #expect(packages.contains { $0.name == pin.identity && $0.versionInfo == pin.version })
    }
    #expect(!packages.contains { $0.name.lowercased() == "flyingfox" })
    #expect(packages.contains { $0.name == "libhiredis0.14" || $0.name.hasPrefix("libhiredis1") })
    #expect(Set(packages.map(\.id)).count == packages.count)
    #expect(document.spdxVersion == "SPDX-2.3")
    #expect(document.relationships.count == packages.count)
  }

  @Test func `a vulnerability that an upgrade takes away is named, and is status 1`() async throws {
    let outcome = try await audit(
      data: """
        {"curl": {
          "CVE-2099-0001": {"releases": {"CODENAME": {"status": "resolved", "fixed_version": "99:1-1", "urgency": "high"}}},
          "CVE-2099-0002": {"releases": {"CODENAME": {"status": "resolved", "fixed_version": "0", "urgency": "high"}}},
          "CVE-2099-0003": {"releases": {"CODENAME": {"status": "resolved", "fixed_version": "0.1-1", "urgency": "high"}}},
          "CVE-2099-0004": {"releases": {"CODENAME": {"status": "open", "nodsa": "Minor issue", "urgency": "low"}}},
          "CVE-2099-0005": {"releases": {"CODENAME": {"status": "open", "urgency": "unimportant"}}},
          "CVE-2099-0006": {"releases": {"sid": {"status": "open", "urgency": "high"}}}},
         "linux": {"CVE-2099-0007": {"releases": {"CODENAME": {"status": "open", "urgency": "high"}}}}}
        """)
    #expect(outcome.exit == .status(1), "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.text.contains("2 known in Debian"))
    #expect(outcome.text.contains(/CVE-2099-0001 libcurl4 \S+: fixed in 99:1-1: apt-get upgrade/))
    #expect(outcome.text.contains(/CVE-2099-0004 libcurl4 \S+: no fix yet \(Minor issue\)/))
    for number in [2, 3, 5, 6, 7] { #expect(!outcome.text.contains("CVE-2099-000\(number)")) }
  }

  @Test func `one without a fix is named, and is no failure`() async throws {
    let outcome = try await audit(
      data: #"{"curl": {"CVE-2099-0004": {"releases": {"CODENAME": {"status": "open"}}}}}"#)
    #expect(outcome.exit == .status(0))
    #expect(outcome.text.contains("1 known in Debian") && outcome.text.contains("0 of them fixed"))
  }

  @Test(arguments: ["", "{}", "[1]", "{\"curl\": 3}", "{\"curl\": {\"CVE-1\": {\"releases\": 3}}}"])
  func `data that is something else is not checked, rather than nothing known`(
    data: String
  ) async throws {
    let outcome = try await audit(data: data)
    #expect(outcome.exit == .status(0))
    #expect(outcome.text.contains("NOT CHECKED: the data is not what the tracker tells"))
  }

  @Test func `a program that is not there is a sentence and status 2`() async throws {
    let outcome = try await run(["--document", "/nowhere/document", "/nowhere/program"])
    #expect(outcome.exit == .status(2))
    #expect(outcome.errorText.hasPrefix("audit: there is no program /nowhere/program; "))
  }

  /// Of a document that lists one package, with data on a server of this machine, in which `CODENAME` stands for this
  /// release of Debian.
  private func audit(data: String) async throws -> ChildProcess.Outcome {
    let release = try String(contentsOfFile: "/etc/os-release", encoding: .utf8)
    let codename = try #require(release.firstMatch(of: /VERSION_CODENAME=(\w+)/)).1
    let folder = try TemporaryFolder()
    try folder.write(
      data.replacingOccurrences(of: "CODENAME", with: codename), to: "data.json")
    let document = try folder.write(
      #"{"packages": [{"name": "libcurl4", "sourceInfo": "Debian source package curl 7.88.1-10"}]}"#,
      to: "document.json")
    let server = try await ChildProcess.start(
      "python3", ["-u", "-m", "http.server", "--bind", "127.0.0.1", "0"], folder: folder.path)
    let line = try await server.line(containing: "Serving HTTP on")
    let port = try #require(line.firstMatch(of: /port (\d+)/)).1
    let outcome = try await run(
      ["--document", document, "--tracker", "http://127.0.0.1:\(port)/data.json"])
    try await server.terminate()
    return outcome
  }

  private func run(_ arguments: [String]) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      "python3", [Project.root + "/conf/audit/audit.py"] + arguments, within: .seconds(60))
  }

  private func pins() throws -> [(identity: String, version: String)] {
    struct Resolved: Decodable {
      struct Pin: Decodable {
        struct State: Decodable { let version: String }
        let identity: String
        let state: State
      }
      let pins: [Pin]
    }
    let data = try Data(contentsOf: URL(filePath: Project.root + "/Package.resolved"))
    return try JSONDecoder().decode(Resolved.self, from: data).pins.map {
      ($0.identity, $0.state.version)
    }
  }

  private struct Document: Decodable {
    struct Package: Decodable {
      let id: String
      let name: String
      let versionInfo: String
      let licenseDeclared: String

      enum CodingKeys: String, CodingKey {
        case id = "SPDXID"
        case name, versionInfo, licenseDeclared
      }
    }
    struct Relationship: Decodable { let relationshipType: String }
    let spdxVersion: String
    let packages: [Package]
    let relationships: [Relationship]
  }
}
