// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTP
import HTTPTypes
import Mustache
import TestSupport
import Testing

@testable import Gallery

/// The tables as they are, and what is wrong with others.
struct WordTablesTests {
  @Test(arguments: Language.allCases)
  func `a table names each key once, and only what is used`(language: Language) throws {
    let text = try String(
      contentsOfFile: Words.ourViews + "/words/\(language.rawValue).json", encoding: .utf8)
    let keys = text.matches(of: /(?m)^ *"(\w+)":/).map { String($0.output.1) }
    #expect(keys.count == Set(keys).count)
    var used = Set(Word.allCases.map(\.rawValue))
    for file in try FileManager.default.contentsOfDirectory(atPath: Words.ourViews)
    where file.hasSuffix(".mustache") {
      let template = try String(contentsOfFile: Words.ourViews + "/" + file, encoding: .utf8)
      used.formUnion(template.matches(of: /words\.(\w+)/).map { String($0.output.1) })
    }
    #expect(keys.filter { !used.contains($0) && !$0.hasPrefix("viewer") } == [])
  }

  @Test func `words are found by their key, with their parts, in each language`() throws {
    let views = try Views(folder: Words.ourViews)
    let english = views.words(for: Request(target: "/", id: "1"))
    let german = views.words(for: Request(target: "/", fields: [.acceptLanguage: "de"], id: "1"))
    #expect(english[.tryAgain] == "Try again")
    #expect(german[.tryAgain] == "Erneut versuchen")
    let (one, many) = (Word.picturesInFolderOne, Word.picturesInFolderMany)
    #expect(english.counted(1, one: one, many: many) == "One picture in your folder")
    #expect(english.counted(1204, one: one, many: many) == "1,204 pictures in your folder")
    #expect(german.counted(0, one: one, many: many) == "0 Bilder in Ihrem Ordner")
    #expect(german.counted(1204, one: one, many: many) == "1.204 Bilder in Ihrem Ordner")
    #expect(german.child(named: "viewerClose")?.text == "Schließen")
    #expect(german.forBrowser.contains(#""close":"Schließen""#))
    #expect(!german.forBrowser.contains("viewer"))
    #expect(!german.forBrowser.contains("Abmelden"))
  }

  /// What is done to one of the files, and the end of the line that says so.
  struct Change: CustomTestStringConvertible, Sendable {
    let file: String
    let from: String
    let to: String
    let complaint: String
    var testDescription: String { complaint }
  }

  @Test(arguments: [
    Change(
      file: "words/de.json", from: "\"tryAgain\"", to: "\"tryAgian\"",
      complaint: "words/de.json: tryAgain is missing"),
    Change(
      file: "words/en.json", from: "{\n", to: "{\n  \"addition\": \"x\",\n",
      complaint: "words/de.json: addition is missing"),
    Change(
      file: "words/de.json", from: "{\n", to: "{\n  \"addition\": \"x\",\n",
      complaint: "words/en.json: addition is missing"),
    Change(
      file: "words/de.json", from: "{count} Bilder in Ihrem Ordner",
      to: "{anzahl} Bilder in Ihrem Ordner",
      complaint:
        #"words/de.json: picturesInFolderMany has the parts ["anzahl"] instead of ["count"]"#),
    Change(
      file: "words/de.json", from: "{count} Bilder in Ihrem Ordner",
      to: "{count Bilder in Ihrem Ordner",
      complaint: "words/de.json: picturesInFolderMany is empty, or has a brace without a partner"),
    Change(
      file: "words/de.json", from: "\"Erneut versuchen\"", to: "\"\"",
      complaint: "words/de.json: tryAgain is empty, or has a brace without a partner"),
    Change(
      file: "words/en.json", from: "\"Try again\"", to: "7",
      complaint: "words/en.json: is not one flat JSON object of texts"),
    Change(
      file: "words/en.json", from: "\"Try again\"", to: "{\"a\": \"b\"}",
      complaint: "words/en.json: is not one flat JSON object of texts"),
    Change(
      file: "words/en.json", from: "{\n", to: "",
      complaint: "words/en.json: is not one flat JSON object of texts"),
    Change(
      file: "signout.mustache", from: "words.signOutNow", to: "words.signoutnow",
      complaint: "signout.mustache: names words.signoutnow, which the tables do not have"),
    Change(
      file: "signout.mustache", from: "words.signOutNow", to: "words.pageOf",
      complaint: "signout.mustache: names words.pageOf, whose parts only code can fill in"),
  ])
  func `a table or a template that does not fit is refused`(change: Change) throws {
    let views = try CopiedViews()
    try views.change(change.file, change.from, to: change.to)
    #expect(complaint(about: views) == "the words do not fit: " + change.complaint)
  }

  @Test func `a word that code asks for must be in both tables, with its parts`() throws {
    let views = try CopiedViews()
    for file in ["words/en.json", "words/de.json"] {
      try views.change(file, "\"pageOf\"", to: "\"pageOff\"")
    }
    #expect(complaint(about: views) == "the words do not fit: words/en.json: pageOf is missing")
    for file in ["words/en.json", "words/de.json"] {
      try views.change(file, "\"pageOff\"", to: "\"pageOf\"")
      try views.change(file, "{pages}", to: "{total}")
    }
    #expect(
      complaint(about: views) == "the words do not fit: words/en.json: "
        + #"pageOf has the parts ["page", "total"] instead of ["page", "pages"]"#)
  }

  @Test(arguments: Language.allCases)
  func `a table that cannot be read is refused`(language: Language) throws {
    let views = try CopiedViews()
    let file = "words/\(language.rawValue).json"
    try FileManager.default.removeItem(atPath: views.path + "/" + file)
    #expect(complaint(about: views) == "the words do not fit: \(file): cannot be read")
    // A folder opens, but does not read.
    try FileManager.default.createDirectory(
      atPath: views.path + "/" + file, withIntermediateDirectories: false)
    #expect(complaint(about: views) == "the words do not fit: \(file): cannot be read")
  }

  @Test func `in development the words are read anew, and while they are broken the page says so`()
    throws
  {
    let copy = try CopiedViews()
    let views = try Views(folder: copy.path, isRereading: true)
    let request = Request(target: "/", id: "1")
    try copy.change("words/en.json", "Try again", to: "Once more")
    #expect(views.words(for: request)[.tryAgain] == "Once more")
    try copy.change("words/en.json", "\"tryAgain\"", to: "\"trAgain\"")
    let visitor = Visitor(words: views.words(for: request), account: nil)
    #expect(visitor.words[.tryAgain] == "Try again")
    #expect(throws: GalleryError.self) { try views.page(SignOutView(visitor: visitor)) }
  }

  private func complaint(about views: CopiedViews) -> String? {
    do throws(Views.Failure) {
      _ = try Views(folder: views.path)
      return nil
    } catch {
      return error.description
    }
  }

  /// The views of the project, to be spoilt.
  private final class CopiedViews {
    private let folder: TemporaryFolder
    let path: String

    init() throws {
      folder = try TemporaryFolder()
      path = folder.path(of: "views")
      try FileManager.default.copyItem(atPath: Words.ourViews, toPath: path)
    }

    func change(_ file: String, _ from: String, to new: String) throws {
      let place = path + "/" + file
      let text = try String(contentsOfFile: place, encoding: .utf8)
      let range = try #require(text.range(of: from))
      try text.replacingCharacters(in: range, with: new)
        .write(toFile: place, atomically: true, encoding: .utf8)
    }
  }
}
