// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

@testable import Gallery

struct LanguageTests {
  @Test(
    arguments: [
      (nil, .english), ("de-CH", .german), ("en-US,en;q=0.9,de;q=0.8", .english), ("fr", .english),
      ("fr, de;q=0.1", .german),
    ] as [(String?, Language)])
  func `a browser gets the language it asks for, or English`(field: String?, language: Language) {
    var fields = HTTPFields()
    fields[.acceptLanguage] = field
    #expect(Language(of: Request(target: "/", fields: fields, id: "1")) == language)
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (2000, "2,000"), (123_456, "123,456"),
    (1_234_567, "1,234,567"), (-1000, "-1,000"), (.min, "-9,223,372,036,854,775,808"),
  ])
  func `a large number is grouped as the language does`(number: Int, text: String) {
    #expect(Language.english.number(number) == text)
    #expect(Language.german.number(number) == text.replacing(",", with: "."))
  }
}
