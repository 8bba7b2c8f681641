// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Mustache
import Testing

struct TemplateTests {
  @Test(arguments: [
    ("a\n{{#b}}", "line 2: {{#b}} is not closed"), ("{{/a}}", "line 1: {{/a}} closes nothing"),
    ("{{#a}}\n{{/b}}", "line 2: {{/b}} stands where {{#a}} is open"),
    ("\n\n{{a", "line 3: a tag is not closed"), ("{{{a}}", "line 1: a tag is not closed"),
    ("{{}}", "line 1: {{}} does not hold one name"), ("{{", "line 1: a tag is not closed"),
    ("{{#a b}}", "line 1: {{#a b}} does not hold one name"),
    ("{{<p}}{{$x}}{{/p}}", "line 1: {{/p}} stands where {{$x}} is open"),
    ("{{=| |=}}", "line 1: {{=| |=}} changes delimiters, which is not supported"),
  ])
  func `a template that makes no sense is refused with the line`(text: String, reason: String) {
    let failure = #expect(throws: MustacheTemplate.Failure.self) {
      try MustacheTemplate(parsing: text)
    }
    #expect(failure?.description == reason)
  }

  @Test func `sections may be nested, and not without end`() throws {
    let nested = { String(repeating: "{{#a}}", count: $0) + String(repeating: "{{/a}}", count: $0) }
    _ = try MustacheTemplate(parsing: nested(64))
    let failure = #expect(throws: MustacheTemplate.Failure.self) {
      try MustacheTemplate(parsing: nested(65))
    }
    #expect(failure?.description == "line 1: {{#a}} is nested too deep")
  }

  @Test(arguments: ["x{{>loop}}", "x{{<loop}}{{/loop}}", "{{$b}}x{{<loop}}{{/loop}}{{/b}}"])
  func `a template that names itself ends`(text: String) throws {
    let library = MustacheLibrary(["loop": try MustacheTemplate(parsing: text)]) { $0 }
    let written = try #require(library.render("", withTemplate: "loop"))
    #expect(written.allSatisfy { $0 == "x" } && 32...128 ~= written.count)
  }

  @Test func `a template knows the names in it`() throws {
    let template = try MustacheTemplate(
      parsing:
        "{{! no }}{{a.b}}{{#c}}{{{d}}}{{.}}{{/c}}{{^c}}{{/c}}{{>p}}{{<q}}{{$r}}{{e}}{{/r}}{{/q}}")
    #expect(template.names == ["a.b", "c", "d", ".", "e"])
  }

  @Test func `there is no text of a template that is not there`() {
    #expect(MustacheLibrary([:]) { $0 }.render("", withTemplate: "a") == nil)
  }
}
