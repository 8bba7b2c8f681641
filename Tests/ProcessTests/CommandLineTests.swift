// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

/// What every command says about itself, and where else it stands.
@Suite
struct CommandLineTests {
  @Test func `the version is the one that the build reads`() async throws {
    let outcome = try await Program.run("--version")
    #expect(outcome.exit == .status(0))
    let build = try await ChildProcess.run(Project.root + "/conf/version")
    #expect(outcome.text == build.text)
    #expect(outcome.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  /// They hold the tables of all languages, which the service does not need: see the decision "Lean at rest".
  @Test func `the program needs the smallest part of Foundation only`() async throws {
    let libraries = try await ChildProcess.run("ldd", [Project.program]).text
    #expect(libraries.contains("libFoundationEssentials.so"))
    for name in [
      "libFoundation.so", "libFoundationInternationalization.so", "lib_FoundationICU.so",
    ] {
      #expect(!libraries.contains(name))
    }
  }

  @Test(arguments: [
    ["--bogus"], ["bogus"], ["check", "--bogus"], ["sessions", "--end", "everybody"],
    ["sessions", "--end-all"], ["sessions", "--yes"], ["sessions", "--end"],
    ["sessions", "--end", "0123456789ab", "--end-all", "--yes"],
  ])
  func `a mistake in the command line is status 2 with the usage`(
    arguments: [String]
  ) async throws {
    let outcome = try await ChildProcess.run(
      Project.program, arguments, environment: Program.settings, folder: "/")
    #expect(outcome.exit == .status(2))
    #expect(outcome.errorText.contains("Usage: ") && outcome.text.isEmpty)
  }

  @Test func `the manual page has no mistakes, and names every command and option`() async throws {
    let page = Project.root + "/conf/man/dropbox-gallery.1"
    let lint = try await ChildProcess.run("mandoc", ["-Tlint", "-Wwarning", page])
    #expect(lint.exit == .status(0), "\(lint.text)\(lint.errorText)")
    let text = try String(contentsOfFile: page, encoding: .utf8)
    for command in ["", "serve", "check", "sessions"] {
      let arguments = command.isEmpty ? ["--help"] : [command, "--help"]
      let help = try await ChildProcess.run(Project.program, arguments)
      #expect(help.exit == .status(0))
      for option in help.text.matches(of: /^  (?:-h, )?--([a-z-]+)/.anchorsMatchLineEndings()) {
        #expect(
          text.contains(".It Fl -\(option.1)") || text.contains(".It Fl h , -\(option.1)"),
          "--\(option.1) of \(command)")
      }
      #expect(command.isEmpty || text.contains(".It Cm \(command)"))
    }
  }

  @Test func `the manual page names every setting of the service`() throws {
    let page = try text(of: "conf/man/dropbox-gallery.1")
    let names = try text(of: ".env.example").matches(of: /^#([A-Z_]+)=/.anchorsMatchLineEndings())
    #expect(names.count > 10)
    for name in names where !["PORT", "PHOTOS"].contains(name.1) {
      #expect(page.contains("\(name.1)"), "\(name.1)")
    }
  }

  /// Those of Galleria and jQuery are fetched; git knows the others.
  @Test func `the files that check looks for are all that there are`() async throws {
    let listed = try text(of: "Sources/dropbox-gallery/Check/PublicFilesCheck.swift")
    let git = try await ChildProcess.run(
      "git", ["-C", Project.root, "-c", "safe.directory=*", "ls-files", "public"])
    try #require(git.exit == .status(0))
    for line in git.text.split(separator: "\n") {
      let name = line.dropFirst("public/".count)
      let parts = name.split(separator: "/")
      let isListed =
        listed.contains("\"\(name)\"")
        || parts.count == 2
          && listed.contains("\"\(parts[1].prefix { $0 != "." })\"")
          && listed.contains("\"\(parts[0])/\\($0).js\"")
        || parts.count == 2 && listed.contains("\"\(parts[1])\"")
          && listed.contains("\"\(parts[0])/\\($0)\"")
      #expect(isListed, "\(name)")
    }
  }

  private func text(of file: String) throws -> String {
    try String(contentsOfFile: Project.root + "/" + file, encoding: .utf8)
  }
}
