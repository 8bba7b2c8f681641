// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes
internal import Mustache

/// The Mustache templates of a folder and the words in them, all read, parsed and checked at the start.
public struct Views: Sendable {
  /// A folder of views that cannot be served from.
  public enum Failure: Error, CustomStringConvertible {
    /// The folder cannot be read.
    case unreadable(folder: String)
    /// A template is missing, as in `gallery.mustache`.
    case missing(file: String)
    /// A template cannot be parsed, or names a tag that its view does not declare.
    case broken(file: String, reason: String)
    /// A table of words is not what it has to be, or a template names a word that is in none.
    case words(file: String, reason: String)

    public var description: String {
      switch self {
      case .unreadable(let folder): "the folder of views cannot be read: \(folder)"
      case .missing(let file): "a view is missing: \(file)"
      case .broken(let file, let reason): "a view is broken: \(file): \(reason)"
      case .words(let file, let reason): "the words do not fit: \(file): \(reason)"
      }
    }
  }

  private struct Contents {
    let templates: MustacheLibrary
    let tables: WordTables
  }

  private static let suffix = ".mustache"
  /// Every view; a template that only others include is not listed.
  private static let all: [any View.Type] = [
    EmptyView.self, ErrorView.self, GalleryView.self, SheetView.self, SignOutView.self,
    WelcomeView.self,
  ]

  /// Where pages find their styles and scripts.
  let assets: Assets
  private let folder: String
  private let contents: Contents
  private let isRereading: Bool
  private let sheets = Sheets()

  /// - Parameter isRereading: reads templates and words again for each page, in development.
  public init(
    folder: String, assets: Assets = Assets(), isRereading: Bool = false
  ) throws(Failure) {
    self.assets = assets
    self.folder = folder
    self.isRereading = isRereading
    contents = try Self.read(folder)
  }

  /// The words in the language that a browser asks for.
  func words(for request: Request) -> Words {
    // What is broken meanwhile shows when the page is made.
    let tables = isRereading ? (try? Self.read(folder))?.tables : nil
    return (tables ?? contents.tables)[Language(of: request)]
  }

  /// Renders a page.
  func page<Page: View>(_ view: Page) throws(GalleryError) -> Response {
    var response = Response(contentType: "text/html; charset=utf-8", text: try text(of: view))
    response.speak(view.words.language)
    return response
  }

  /// Renders a page, or a part of one.
  func text<Part: View>(of view: Part) throws(GalleryError) -> String {
    guard let text = try currentTemplates().render(view, withTemplate: Part.template) else {
      throw .fault(cause: "no view \(Part.template)")
    }
    return text
  }

  /// The sheet of a page, rendered or as it was rendered before.
  func sheet(_ view: SheetView, keptAs key: Sheets.Key) throws(GalleryError) -> String {
    guard !isRereading else { return try text(of: view) }
    return try sheets.sheet(key) { () throws(GalleryError) in try text(of: view) }
  }

  /// Drops what was rendered for a person.
  func forget(_ owner: String) {
    sheets.forget(owner)
  }

  private func currentTemplates() throws(GalleryError) -> MustacheLibrary {
    guard isRereading else { return contents.templates }
    do {
      return try Self.read(folder).templates
    } catch {
      throw .fault(cause: error.description)
    }
  }

  private static func read(_ folder: String) throws(Failure) -> Contents {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .unreadable(folder: folder)
    }
    var texts: [String: String] = [:]
    for file in files where file.hasSuffix(suffix) {
      do {
        texts[file] = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      } catch {
        throw .broken(file: file, reason: "\(error)")
      }
    }
    let templates = try templates(texts)
    let library = MustacheLibrary(templates, escape: HTMLText.escape)
    let tables = try tables(folder, for: templates)
    try check(library)
    return Contents(templates: library, tables: tables)
  }

  private static func templates(
    _ texts: [String: String]
  ) throws(Failure) -> [String: MustacheTemplate] {
    var templates: [String: MustacheTemplate] = [:]
    for (file, text) in texts {
      do {
        templates[String(file.dropLast(suffix.count))] = try MustacheTemplate(parsing: text)
      } catch {
        throw .broken(file: file, reason: "\(error)")
      }
    }
    return templates
  }

  /// Checks that each view has its template, and that this names only tags that the view declares.
  private static func check(_ library: MustacheLibrary) throws(Failure) {
    for view in all {
      guard library.contains(view.template) else {
        throw .missing(file: view.template + suffix)
      }
      do {
        try library.check(view.template, against: view.schema)
      } catch {
        throw .broken(file: error.template + suffix, reason: "\(error) (\(view))")
      }
    }
  }

  private static func tables(
    _ folder: String, for templates: [String: MustacheTemplate]
  ) throws(Failure) -> WordTables {
    do throws(WordTables.Failure) {
      let tables = try WordTables(folder: folder)
      for (name, template) in templates { try tables.check(template, file: name + suffix) }
      return tables
    } catch {
      throw .words(file: error.file, reason: error.reason)
    }
  }
}

extension Response {
  /// Says in which language the body is, and that it was chosen by the request.
  mutating func speak(_ language: Language) {
    fields[.contentLanguage] = language.rawValue
    fields[.vary] = "Accept-Language"
  }
}
