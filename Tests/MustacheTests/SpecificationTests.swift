// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Mustache
import Testing

struct SpecificationTests {
  /// White space around partials and blocks is left as it stands, and not put before each of their lines: HTML does not
  /// show it.
  private static let whiteSpace: [String: Set<String>] = [
    "partials": [
      "Standalone Without Previous Line", "Standalone Without Newline", "Standalone Indentation",
    ],
    "inheritance": [
      "Inherit", "Standalone parent", "Standalone block", "Block reindentation",
      "Intrinsic indentation",
      "Nested block reindentation", "Override parent with newlines",
    ],
  ]

  @Test(arguments: [
    ("comments", 12), ("interpolation", 42), ("inverted", 22), ("partials", 12), ("sections", 34),
    ("inheritance", 27),
  ])
  func `templates are filled as the specification says`(file: String, count: Int) throws {
    let examples = try Specification.examples(file)
    #expect(examples.count == count)
    for example in examples {
      let text = try Self.text(of: example)
      if Self.whiteSpace[file]?.contains(example.name) == true {
        #expect(Self.bare(text) == Self.bare(example.expected), "\(example.name)")
      } else {
        #expect(text == example.expected, "\(example.name)")
      }
    }
  }

  private static func text(of example: Specification.Example) throws -> String? {
    var templates = ["": try MustacheTemplate(parsing: example.template)]
    for (name, text) in example.partials ?? [:] {
      templates[name] = try MustacheTemplate(parsing: text)
    }
    return MustacheLibrary(templates, escape: escaped).render(example.data, withTemplate: "")
  }

  private static func bare(_ text: String?) -> String? {
    text?.filter { !$0.isWhitespace }
  }

  @Sendable private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
