// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import Mustache

/// The tables of words of all languages, read and checked against each other: `words/en.json` beside the templates.
///
/// A table is one flat JSON object: keys in camel case, plain texts with `{name}` for parts. All tables have the same
/// keys, and under each key the same parts.
struct WordTables: Sendable {
  /// What is wrong with the words, in one line.
  struct Failure: Error {
    let file: String
    let reason: String
  }

  private let standard: Words
  private let others: [Language: Words]
  /// The parts of each key.
  private let parts: [String: Set<String>]

  /// - Parameter folder: of the views.
  init(folder: String) throws(Failure) {
    let phrases = try Self.read(.standard, folder)
    var others: [Language: Words] = [:]
    for language in Language.allCases where language != .standard {
      let translated = try Self.read(language, folder)
      try Self.check(translated, of: language, against: phrases)
      others[language] = Words(language, translated)
    }
    standard = Words(.standard, phrases)
    self.others = others
    parts = phrases.mapValues(\.parts)
    for word in Word.allCases {
      guard let parts = parts[word.rawValue] else {
        throw Failure(file: Self.file(.standard), reason: "\(word) is missing")
      }
      guard parts == word.parts else {
        throw Failure(
          file: Self.file(.standard),
          reason: "\(word) has the parts \(parts.sorted()) instead of \(word.parts.sorted())")
      }
    }
  }

  subscript(language: Language) -> Words {
    others[language] ?? standard
  }

  /// Looks whether every word that a template names is there, and a whole text.
  func check(_ template: MustacheTemplate, file: String) throws(Failure) {
    for name in template.names.sorted() where name.hasPrefix("words.") {
      let key = String(name.dropFirst("words.".count))
      guard let parts = parts[key] else {
        throw Failure(file: file, reason: "names words.\(key), which the tables do not have")
      }
      guard parts.isEmpty else {
        throw Failure(file: file, reason: "names words.\(key), whose parts only code can fill in")
      }
    }
  }

  static func file(_ language: Language) -> String {
    "words/\(language.rawValue).json"
  }

  private static func read(
    _ language: Language, _ folder: String
  ) throws(Failure) -> [String: Phrase] {
    let file = file(language)
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: folder + "/" + file))
    } catch {
      throw Failure(file: file, reason: "cannot be read")
    }
    guard let texts = try? JSONDecoder().decode([String: String].self, from: data) else {
      throw Failure(file: file, reason: "is not one flat JSON object of texts")
    }
    var phrases: [String: Phrase] = [:]
    for (key, text) in texts {
      guard let phrase = Phrase(text) else {
        throw Failure(file: file, reason: "\(key) is empty, or has a brace without a partner")
      }
      phrases[key] = phrase
    }
    return phrases
  }

  private static func check(
    _ phrases: [String: Phrase], of language: Language, against standard: [String: Phrase]
  ) throws(Failure) {
    for key in Set(phrases.keys).union(standard.keys).sorted() {
      guard let phrase = phrases[key] else {
        throw Failure(file: file(language), reason: "\(key) is missing")
      }
      guard let model = standard[key] else {
        throw Failure(file: file(.standard), reason: "\(key) is missing")
      }
      guard phrase.parts == model.parts else {
        throw Failure(
          file: file(language),
          reason: "\(key) has the parts \(phrase.parts.sorted()) instead of \(model.parts.sorted())"
        )
      }
    }
  }
}
