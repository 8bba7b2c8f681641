// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

struct AcceptedLanguagesTests {
  @Test(arguments: [
    ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("de-Latn-DE-1996", "de"), ("en-GB", "en"),
    ("de, en", "de"), ("en, de", "en"), ("en;q=0.5, de;q=0.6", "de"), ("de;q=0.5,en;q=0.5", "de"),
    ("fr, de;q=0.3, en;q=0.2", "de"), ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "en"),
    ("de-AT, en;q=0.9, de;q=0.8", "de"), ("de;q=0.8, en;q=0.9, de-AT", "de"),
    ("*", "en"), ("fr, *;q=0.1", "en"), ("en;q=0, *", "de"), ("de;q=0, *", "en"),
    ("en;q=0.1, *", "de"), ("de ; Q=0.2 , en;q=0.1", "de"), ("de;q=0.001", "de"),
  ])
  func `the language of the highest weight is taken`(field: String, tag: String) {
    #expect(best(field) == tag)
  }

  @Test(arguments: [
    "", "fr", "fr-FR, it;q=0.5", "de;q=0", "de;q=0, en;q=0", "de;q=x", "de;q=-1", "de;q=2",
    "de;q=nan", "de;q=1e999", "deu", "d", "-", "de_AT", "de/AT", ";q=1", ",,;;,", "=", "*-de",
    "\u{E9}, \u{1F600}",
  ])
  func `where none of ours is wanted there is none`(field: String) {
    #expect(best(field) == nil)
  }

  @Test func `a field of many items says what its first 64 say, and a very long one nothing`() {
    #expect(best("de," + String(repeating: "fr,", count: 1000)) == "de")
    #expect(best(String(repeating: "fr,", count: 63) + "de") == "de")
    #expect(best(String(repeating: "fr,", count: 64) + "de") == nil)
    #expect(best("de," + String(repeating: "fr,", count: 2000)) == nil)
    #expect(best("de" + String(repeating: ";", count: 100_000)) == nil)
  }

  @Test func `without the field there is none, and several fields are one list`() {
    #expect(AcceptedLanguages(of: [:]).best(of: ["en", "de"]) == nil)
    var fields = HTTPFields()
    fields.append(HTTPField(name: .acceptLanguage, value: "fr, en;q=0.4"))
    fields.append(HTTPField(name: .acceptLanguage, value: "de;q=0.5"))
    #expect(AcceptedLanguages(of: fields).best(of: ["en", "de"]) == "de")
  }

  private func best(_ field: String) -> String? {
    AcceptedLanguages(of: [.acceptLanguage: field]).best(of: ["en", "de"])
  }
}
