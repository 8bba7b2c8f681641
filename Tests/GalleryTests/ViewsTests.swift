// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Gallery

struct ViewsTests {
  private static let shipped = Words.ourViews

  private let folder: TemporaryFolder
  private let views: String

  init() throws {
    folder = try TemporaryFolder()
    views = folder.path(of: "views")
    try FileManager.default.copyItem(atPath: Self.shipped, toPath: views)
  }

  @Test func `every shipped template names only tags that its view declares`() throws {
    _ = try Views(folder: Self.shipped)
  }

  @Test(arguments: [
    ("welcome", "{{notise}}", "{{notise}} is not declared here (WelcomeView)"),
    (
      "welcome", "{{#hasNotise}}{{/hasNotise}}", "{{#hasNotise}} is not declared here (WelcomeView)"
    ),
    ("error", "{{>footer}}", "{{>footer}} names a template that does not exist (ErrorView)"),
    ("gallery", "{{cover}}", "{{cover}} is not declared here (GalleryView)"),
    ("sheet", "{{image512}}", "{{image512}} is not declared here (SheetView)"),
    ("signout", "{{notice}}", "{{notice}} is not declared here (SignOutView)"),
    ("empty", "{{assets.zoom}}", "{{assets.zoom}} is not declared here (EmptyView)"),
    ("layout", "{{heading}}", "{{heading}} is not declared here (EmptyView)"),
    ("account", "{{email}}", "{{email}} is not declared here (EmptyView)"),
  ])
  func `a template with an undeclared tag stops the start`(
    template: String, tag: String, problem: String
  ) throws {
    let file = "\(views)/\(template).mustache"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try folder.write(text + tag, to: "views/\(template).mustache")
    let failure = #expect(throws: Views.Failure.self) { try Views(folder: views) }
    #expect(failure?.description == "a view is broken: \(template).mustache: \(problem)")
  }

  @Test(arguments: ["welcome", "sheet", "error"])
  func `a view without a template stops the start`(template: String) throws {
    try FileManager.default.removeItem(atPath: "\(views)/\(template).mustache")
    let failure = #expect(throws: Views.Failure.self) { try Views(folder: views) }
    #expect(failure?.description == "a view is missing: \(template).mustache")
  }
}
