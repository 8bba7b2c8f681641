// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Mustache

/// Everything that people read, in one language. `{{words.signOut}}` in a template, `words[.signIn]` in Swift.
struct Words: MustacheValue, Sendable {
  /// Keys that begin so are for scripts in the page, without it.
  private static let browserPrefix = "viewer"

  let language: Language
  /// The words for scripts, as a JSON object that nothing in it can end: for
  /// `<script type="application/json" id="words">`.
  let forBrowser: String
  private let phrases: [String: Phrase]

  init(_ language: Language, _ phrases: [String: Phrase]) {
    self.language = language
    self.phrases = phrases
    var browser: [String: String] = [:]
    for (key, phrase) in phrases where key.hasPrefix(Self.browserPrefix) {
      let rest = key.dropFirst(Self.browserPrefix.count)
      browser[rest.prefix(1).lowercased() + rest.dropFirst()] = phrase.text
    }
    forBrowser = ScriptJSON.text(browser)
  }

  subscript(word: Word) -> String {
    // Every one is there: `WordTables` has looked.
    phrases[word.rawValue]?.text ?? ""
  }

  /// A text with its parts put in.
  func fill(_ word: Word, _ values: [String: String]) -> String {
    phrases[word.rawValue]?.filled(values) ?? ""
  }

  /// The one word for one thing, the other, with the number as `{count}`, for none and for several.
  func counted(_ count: Int, one: Word, many: Word) -> String {
    count == 1 ? self[one] : fill(many, ["count": number(count)])
  }

  func number(_ number: Int) -> String {
    language.number(number)
  }

  var text: String { "" }

  func child(named key: String) -> (any MustacheValue)? {
    phrases[key]?.text
  }
}
