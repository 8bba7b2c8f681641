// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// SIGHUP: settings and views anew, while people ask.
@Suite(.serialized)
struct ReloadTests {
  private let folder: TemporaryFolder
  private let views: String

  init() throws {
    folder = try TemporaryFolder()
    views = folder.path(of: "views")
    try FileManager.default.copyItem(atPath: Project.root + "/views", toPath: views)
  }

  @Test(arguments: [
    ("welcome.mustache", "{{#open}}", "a view is broken: welcome.mustache"),
    (
      "welcome.mustache", "{{notise}}",
      "a view is broken: welcome.mustache: {{notise}} is not declared"
    ),
    ("welcome.mustache", "{{words.nowhere}}", "the words do not fit: welcome.mustache"),
    ("words/de.json", "{}", "the words do not fit: words/de.json"),
  ])
  func `a broken view leaves the old ones in their place`(
    file: String, text: String, problem: String
  ) async throws {
    let installation = try await Installation.start(
      settings: ["VIEWS": views, "APP_ENV": "production"], isSupervised: true)
    let supervisor = try #require(installation.supervisor)
    let visitor = installation.visitor()
    let before = try await visitor.send("/welcome").text
    let good = try String(contentsOfFile: views + "/" + file, encoding: .utf8)
    try folder.write(text, to: "views/" + file)
    try await supervisor.reload()
    #expect(try await visitor.send("/welcome").text == before)
    _ = try await supervisor.service?.line(
      containing: "reload refused, the service goes on as it was: \(problem)")
    let status = try #require(supervisor.messages.last)
    #expect(status.contains("STATUS=serving as before, the reload was refused"))
    try folder.write(good, to: "views/" + file)
    try write("whole again")
    try await supervisor.reload()
    #expect(try await visitor.send("/welcome").text.contains("whole again"))
    #expect(supervisor.messages.last == "READY=1\nSTATUS=serving")
    try await installation.stop()
  }

  @Test func `a secret is replaced without signing anybody out, and withdrawn`() async throws {
    let old = String(repeating: "o", count: 48)
    let new = String(repeating: "n", count: 48)
    let file = try folder.write(old, to: "secret")
    let installation = try await Installation.start(
      settings: ["SESSION_ID_SECRET": "", "SESSION_ID_SECRET_FILE": file], isSupervised: true)
    let supervisor = try #require(installation.supervisor)
    let early = installation.visitor()
    try await early.signIn()
    try folder.write("\(new),\(old)", to: "secret")
    try await supervisor.reload()
    let late = installation.visitor()
    try await late.signIn()
    #expect(try await early.send("/").status == .ok)
    try folder.write(new, to: "secret")
    try await supervisor.reload()
    #expect(try await early.send("/").status == .found)
    #expect(try await late.send("/").status == .ok)
    try folder.write("short", to: "secret")
    try await supervisor.reload()
    _ = try await supervisor.service?.line(containing: "SESSION_ID_SECRET: needs 32 bytes or more")
    #expect(try await late.send("/").status == .ok)
    try await installation.stop()
  }

  @Test func `what takes a restart is named, and nothing else of that reload counts`() async throws
  {
    let redis = try folder.write("redis://127.0.0.1:1", to: "redis")
    let installation = try await Installation.start(settings: [
      "VIEWS": views, "APP_ENV": "production",
    ])
    try await installation.service?.terminate()
    let supervisor = try Supervisor(
      socket: installation.socket,
      settings: installation.settings.merging(["REDIS_URL": "", "REDIS_URL_FILE": redis]) { $1 })
    try await supervisor.start()
    try folder.write(installation.redis.url, to: "redis")
    try write("too early")
    try await supervisor.reload()
    _ = try await supervisor.service?.line(
      containing: "the service goes on as it was: REDIS_URL: has changed, which takes a restart")
    let visitor = installation.visitor()
    #expect(!(try await visitor.send("/welcome").text.contains("too early")))
    #expect(try await visitor.send("/readyz").status == .serviceUnavailable)
    try await supervisor.restart()
    #expect(try await visitor.send("/readyz").status == .ok)
    #expect(try await visitor.send("/welcome").text.contains("too early"))
    try await supervisor.stop()
    try await installation.stop()
  }

  private func write(_ text: String) throws {
    let original = try String(
      contentsOfFile: Project.root + "/views/welcome.mustache", encoding: .utf8)
    try folder.write(original + "<!-- \(text) -->\n", to: "views/welcome.mustache")
  }
}
