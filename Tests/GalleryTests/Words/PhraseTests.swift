// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct PhraseTests {
  @Test(
    arguments: [
      ("plain", [], "plain"), ("{count} pictures", ["count"], "12 pictures"),
      ("Page {page} of {pages}", ["page", "pages"], "Page 1 of {2}"),
      ("{count}{count}", ["count"], "1212"), ("({absent})", ["absent"], "()"),
    ] as [(String, Set<String>, String)])
  func `the parts of a text are put in, once`(text: String, parts: Set<String>, filled: String)
    throws
  {
    let phrase = try #require(Phrase(text))
    #expect(phrase.text == text)
    #expect(phrase.parts == parts)
    #expect(phrase.filled(["count": "12", "page": "1", "pages": "{2}"]) == filled)
  }

  @Test(arguments: ["", "{", "}", "{}", "{a", "a}", "{{a}}", "{a b}", "{a{b}}", "}{", "{\u{E4}}"])
  func `a text whose braces do not fit is none`(text: String) {
    #expect(Phrase(text) == nil)
  }
}
