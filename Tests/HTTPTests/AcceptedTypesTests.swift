// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

struct AcceptedTypesTests {
  @Test(arguments: [
    ("application/json", true), ("Application/JSON", true), ("application/json;q=0.5", true),
    ("text/html;q=0.1, application/json", true), ("application/json ; Q=0.2,text/html;q=0.1", true),
    ("text/plain, application/json;charset=utf-8", true),
    ("", false), ("*/*", false), ("application/*", false), ("text/html,application/json", false),
    ("application/json;q=0", false), ("application/json;q=x", false),
    ("application/json;q=-1", false), ("application/json;q=nan", false),
    ("application/json;q=1e999", false), ("application/jsonx", false),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false),
    (String(repeating: "a/b,", count: 64) + "application/json", false), (";;,,;q=1", false),
  ])
  func `a type is preferred when its name has the higher quality`(accept: String, isJSON: Bool) {
    let types = AcceptedTypes(of: [.accept: accept])
    #expect(types.prefers("application/json", to: "text/html") == isJSON)
  }

  @Test func `fields of one name are one list`() {
    var fields = HTTPFields()
    fields.append(HTTPField(name: .accept, value: "text/html;q=0.5"))
    fields.append(HTTPField(name: .accept, value: "application/json"))
    #expect(AcceptedTypes(of: fields).prefers("application/json", to: "text/html"))
  }
}
