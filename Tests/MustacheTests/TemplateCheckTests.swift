// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Mustache
import Testing

/// A page with every kind of tag.
private struct Page: MustacheObject {
  static let tags = MustacheTags<Page> { tags in
    tags.text("title") { $0.title }
    tags.flag("isOpen") { _ in true }
    tags.text("note") { _ in nil as String? }
    tags.object("owner") { _ in Person(name: "Ana", city: nil) }
    tags.list("guests") { _ in [Person(name: "Ben", city: "Oslo"), Person(name: "Cy", city: nil)] }
    tags.open("words") { _ in ["greeting": "Hi"] as Datum }
  }

  let title = "Party"
}

private struct Person: MustacheObject {
  static let tags = MustacheTags<Person> { tags in
    tags.text("name") { $0.name }
    tags.text("city") { $0.city }
    // The page has a tag of this name too.
    tags.text("note") { _ in nil as Int? }
  }

  let name: String
  let city: String?
}

struct TemplateCheckTests {
  private static let others = [
    "line": "{{name}}", "layout": "<{{$body}}{{/body}}{{$foot}}{{title}}{{/foot}}>",
    "wide": "{{<layout}}{{$body}}[{{$inner}}{{/inner}}]{{/body}}{{/layout}}",
    "broken": "{{nowhere}}", "loop": "{{#guests}}{{>loop}}{{/guests}}",
  ]

  @Test(arguments: [
    "", "{{title}} {{{title}}} {{&title}}", "{{#isOpen}}{{title}}{{/isOpen}}{{^isOpen}}{{/isOpen}}",
    "{{#note}}{{.}}{{/note}}{{note}}", "{{owner.name}}{{#owner}}{{name}} at {{title}}{{/owner}}",
    "{{#guests}}{{name}} {{>line}}{{/guests}}{{^guests}}nobody{{/guests}}", "{{words.greeting}}",
    "{{#owner.name}}{{.}}{{/owner.name}}", "{{#guests}}{{words.greeting}}{{note}}{{/guests}}",
    "{{<layout}}{{$body}}{{title}}{{/body}}{{/layout}}",
    "{{<wide}}{{$inner}}{{title}}{{/inner}}{{$foot}}{{/foot}}{{/wide}}",
  ])
  func `a template of declared tags passes`(template: String) throws {
    try check(template)
  }

  @Test(arguments: [
    // An unknown variable.
    ("{{titel}}", "", "{{titel}} is not declared here"),
    ("{{{titel}}}", "", "{{titel}} is not declared here"),
    ("{{owner.age}}", "", "{{owner.age}} is not declared here"),
    ("{{title.length}}", "", "{{title.length}} is not declared here"),
    ("{{greeting}}", "", "{{greeting}} is not declared here"),
    // An unknown section.
    ("{{#isShut}}{{/isShut}}", "", "{{#isShut}} is not declared here"),
    ("{{^isShut}}{{/isShut}}", "", "{{^isShut}} is not declared here"),
    // An unknown partial, parent or block.
    ("{{>lines}}", "", "{{>lines}} names a template that does not exist"),
    ("{{<layuot}}{{/layuot}}", "", "{{<layuot}} names a template that does not exist"),
    ("{{<layout}}{{$bdoy}}{{/bdoy}}{{/layout}}", "", "{{$bdoy}} is not a block of layout"),
    ("{{>loop}}", "loop", "{{>loop}} makes a template include itself"),
    // A tag in the scope of another section.
    ("{{name}}", "", "{{name}} is not declared here"),
    ("{{#guests}}{{/guests}}{{name}}", "", "{{name}} is not declared here"),
    ("{{^guests}}{{name}}{{/guests}}", "", "{{name}} is not declared here"),
    ("{{#isOpen}}{{name}}{{/isOpen}}", "", "{{name}} is not declared here"),
    ("{{#words}}{{greeting}}{{/words}}", "", "{{greeting}} is not declared here"),
    ("{{guests.name}}", "", "{{guests.name}} is not declared here"),
    ("{{>line}}", "line", "{{name}} is not declared here"),
    (
      "{{#owner}}{{<layout}}{{$body}}{{nme}}{{/body}}{{/layout}}{{/owner}}", "",
      "{{nme}} is not declared here"
    ),
    // A section where a text belongs.
    ("{{owner}}", "", "{{owner}} is a section, not a text"),
    ("{{guests}}", "", "{{guests}} is a section, not a text"),
    ("{{#owner}}{{.}}{{/owner}}", "", "{{.}} is a section, not a text"),
    // Inside of what a template includes, replaces or inherits.
    ("{{>broken}}", "broken", "{{nowhere}} is not declared here"),
    ("{{#owner}}{{>broken}}{{/owner}}", "broken", "{{nowhere}} is not declared here"),
    ("{{$body}}{{nowhere}}{{/body}}", "", "{{nowhere}} is not declared here"),
    ("{{<wide}}{{$inner}}{{nowhere}}{{/inner}}{{/wide}}", "", "{{nowhere}} is not declared here"),
  ])
  func `a tag that cannot be rendered is refused with its template`(
    template: String, culprit: String, reason: String
  ) throws {
    let failure = #expect(throws: MustacheLibrary.CheckFailure.self) { try check(template) }
    #expect(failure?.template == culprit)
    #expect(failure?.description == reason)
  }

  @Test func `a declared tag without a value hides the tag of the enclosing section`() throws {
    let template = "{{#guests}}{{name}}:{{city}}{{^note}}-{{/note}};{{/guests}}"
    let text = try library(template).render(Page(), withTemplate: "")
    #expect(text == "Ben:Oslo-;Cy:-;")
  }

  private func check(_ template: String) throws {
    try library(template).check("", against: Page.schema)
  }

  private func library(_ template: String) throws -> MustacheLibrary {
    var templates = ["": try MustacheTemplate(parsing: template)]
    for (name, text) in Self.others { templates[name] = try MustacheTemplate(parsing: text) }
    return MustacheLibrary(templates) { $0 }
  }
}
