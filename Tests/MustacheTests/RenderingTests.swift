// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Mustache
import Testing

/// What becomes of a template and a value.
struct RenderingTests {
  private static let people: Datum = [
    "name": "Lisbon", "isOpen": true, "isShut": false, "nobody": nil, "none": [], "empty": "",
    "count": 3, "markup": "<b>\"Tom\" & 'Ina'</b>", "tags": ["sea", "sun"],
    "people": [["name": "Ana", "age": 41], ["age": 7], ["name": "Ben", "tags": []]],
    "place": ["country": ["name": "Portugal", "code": "PT"], "isOpen": false],
  ]

  @Test(arguments: [
    ("", ""), ("no tags, { one } brace", "no tags, { one } brace"), ("{{name}}!", "Lisbon!"),
    ("{{ name }}|{{\tname\n}}", "Lisbon|Lisbon"), ("{{count}} {{isOpen}}", "3 true"),
    ("[{{nothing}}{{empty}}{{nobody}}{{people}}]", "[]"),
    ("{{markup}}", "&lt;b>\"Tom\" & 'Ina'&lt;/b>"), ("{{{markup}}}", "<b>\"Tom\" & 'Ina'</b>"),
    ("{{& markup }}", "<b>\"Tom\" & 'Ina'</b>"), ("{{{ name }}}}", "Lisbon}"),
    ("😀{{name}}Ü", "😀LisbonÜ"), ("{{name}}{{name}}", "LisbonLisbon"),
  ])
  func `a variable is written as text, escaped unless it says otherwise`(
    template: String, text: String
  ) throws {
    #expect(try write(template) == text)
  }

  @Test(arguments: [
    ("{{place.country.name}}", "Portugal"), ("{{place.country.nothing}}|{{place.no.name}}", "|"),
    ("{{#place}}{{country.code}} of {{name}}{{/place}}", "PT of Lisbon"),
    // What the first part names decides, though something further out has the rest.
    ("{{#place}}{{#country}}{{place.country.code}}{{/country}}{{/place}}", "PT"),
    ("{{#place.country}}{{name}} {{count}}{{/place.country}}", "Portugal 3"),
  ])
  func `a path leads inside, and a name that is not there is looked for further out`(
    template: String, text: String
  ) throws {
    #expect(try write(template) == text)
  }

  @Test(arguments: [
    ("{{#isOpen}}yes{{/isOpen}}{{^isOpen}}no{{/isOpen}}", "yes"),
    ("{{#isShut}}yes{{/isShut}}{{^isShut}}no{{/isShut}}", "no"),
    ("{{#nothing}}yes{{/nothing}}{{^nothing}}no{{/nothing}}", "no"),
    ("{{#nobody}}yes{{/nobody}}{{^nobody}}no{{/nobody}}", "no"),
    ("{{#none}}yes{{/none}}{{^none}}no{{/none}}", "no"),
    ("{{#count}}{{.}}{{/count}}", "3"), ("{{#tags}}{{.}},{{/tags}}", "sea,sun,"),
    ("{{^tags}}no{{/tags}}", ""),
    ("{{#people}}{{name}} {{age}};{{/people}}", "Ana 41;Lisbon 7;Ben ;"),
    ("{{#people}}{{#tags}}{{.}} {{/tags}}|{{/people}}", "sea sun |sea sun ||"),
    ("{{#isOpen}}{{#isOpen}}in{{/isOpen}}{{/isOpen}} out", "in out"),
    ("{{# isOpen }}{{name}}{{/ isOpen }}", "Lisbon"),
  ])
  func `a section is written as often as its value says, about each`(
    template: String, text: String
  ) throws {
    #expect(try write(template) == text)
  }

  @Test(arguments: [
    ("a\n{{#isOpen}}\nb\n{{/isOpen}}\nc", "a\nb\nc"), ("a\n  {{! note }}  \nb", "a\nb"),
    ("a\r\n{{#isOpen}}\r\nb\r\n{{/isOpen}}\r\n", "a\r\nb\r\n"), ("{{#isOpen}}\nb{{/isOpen}}", "b"),
    ("a {{! note }} b", "a  b"), ("a {{#isOpen}}b{{/isOpen}}\n", "a b\n"),
    ("  {{name}}\n", "  Lisbon\n"), ("a\n{{^isOpen}}\nb\n{{/isOpen}}", "a\n"),
    ("{{! one\n  two }}\nb", "b"), ("{{!{{name}}", ""),
  ])
  func `a tag that writes nothing takes its line along`(template: String, text: String) throws {
    #expect(try write(template) == text)
  }

  @Test(arguments: [
    ("<{{>line}}>", "<Lisbon (3)>"),
    ("{{#people}}{{>line}};{{/people}}", "Ana (3);Lisbon (3);Ben (3);"),
    ("[{{>missing}}]", "[]"), ("{{> page }}", "<default>"),
    ("{{<page}}{{/page}}", "<default>"),
    ("{{<page}}{{$body}}{{name}}{{/body}}{{/page}}", "<Lisbon>"),
    ("{{<page}}left out{{$other}}x{{/other}}{{/page}}", "<default>"),
    ("{{<missing}}{{$body}}x{{/body}}{{/missing}}", ""), ("{{$body}}alone{{/body}}", "alone"),
    ("{{<wide}}{{/wide}}", "<wide>"), ("{{<wide}}{{$body}}mine{{/body}}{{/wide}}", "<mine>"),
    ("{{<rooms}}{{$inner}}mine{{/inner}}{{/rooms}}", "<a mine>"), ("{{<rooms}}{{/rooms}}", "<a b>"),
    ("{{<wide}}{{$inner}}mine{{/inner}}{{/wide}}", "<wide>"),
    ("{{#people}}{{<page}}{{$body}}{{name}}{{/body}}{{/page}}{{/people}}", "<Ana><Lisbon><Ben>"),
    (
      "{{<page}}{{$body}}{{<page}}{{$body}}{{name}}{{/body}}{{/page}}{{/body}}{{/page}}",
      "<<Lisbon>>"
    ),
  ])
  func `a template takes in another, and fills its blocks`(template: String, text: String) throws {
    let others = [
      "line": "{{name}} ({{count}})", "page": "<{{$body}}default{{/body}}>",
      "wide": "{{<page}}{{$body}}wide{{/body}}{{/page}}",
      "rooms": "{{<page}}{{$body}}a {{$inner}}b{{/inner}}{{/body}}{{/page}}",
    ]
    #expect(try write(template, others) == text)
  }

  private func write(_ template: String, _ others: [String: String] = [:]) throws -> String? {
    var templates = ["": try MustacheTemplate(parsing: template)]
    for (name, text) in others { templates[name] = try MustacheTemplate(parsing: text) }
    return MustacheLibrary(templates) { $0.replacing("<", with: "&lt;") }
      .render(Self.people, withTemplate: "")
  }
}
