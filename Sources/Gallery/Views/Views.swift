// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import HTTP
internal import Mustache

/// The Mustache templates of a folder, all read and parsed at the start.
public struct Views: Sendable {
  /// A folder of views that cannot be served from.
  public enum Failure: Error, CustomStringConvertible {
    /// The folder cannot be read.
    case unreadable(folder: String)
    /// A template is missing, as in `gallery.mustache`.
    case missing(file: String)
    /// A template cannot be parsed.
    case broken(file: String, reason: String)

    public var description: String {
      switch self {
      case .unreadable(let folder): "the folder of views cannot be read: \(folder)"
      case .missing(let file): "a view is missing: \(file)"
      case .broken(let file, let reason): "a view is broken: \(file): \(reason)"
      }
    }
  }

  private static let needed = [
    "layout", EmptyView.template, ErrorView.template, GalleryView.template, SignOutView.template,
    WelcomeView.template,
  ]

  private let folder: String
  private let library: MustacheLibrary
  private let isRereading: Bool

  /// - Parameter isRereading: reads the templates again for each page, in development.
  public init(folder: String, isRereading: Bool = false) throws(Failure) {
    MustacheContentTypes.register(HTMLPage(), named: HTMLPage.name)
    self.folder = folder
    self.isRereading = isRereading
    library = try Self.read(folder)
  }

  /// Renders a page.
  func page<Page: View>(_ view: Page) throws(GalleryError) -> Response {
    guard let text = try currentLibrary().render(view, withTemplate: Page.template) else {
      throw .fault(cause: "no view \(Page.template)")
    }
    return Response(contentType: "text/html; charset=utf-8", text: text)
  }

  private func currentLibrary() throws(GalleryError) -> MustacheLibrary {
    guard isRereading else { return library }
    do {
      return try Self.read(folder)
    } catch {
      throw .fault(cause: error.description)
    }
  }

  private static func read(_ folder: String) throws(Failure) -> MustacheLibrary {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .unreadable(folder: folder)
    }
    var library = MustacheLibrary()
    for file in files where file.hasSuffix(".mustache") {
      do {
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        try library.register(
          "{{% CONTENT_TYPE: \(HTMLPage.name)}}\n" + text,
          named: String(file.dropLast(".mustache".count)))
      } catch {
        throw .broken(file: file, reason: "\(error)")
      }
    }
    for name in needed where library.getTemplate(named: name) == nil {
      throw .missing(file: name + ".mustache")
    }
    return library
  }
}
