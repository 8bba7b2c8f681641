// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Looks whether the files are there that the web server serves, and whether another user may read them.
enum PublicFilesCheck {
  /// What pages and scripts ask for below `/assets/`, and what web servers show by themselves. A test compares it with
  /// `public/`.
  static let ours =
    [
      "boot.js", "empty.js", "errors/refused.html", "errors/unavailable.html", "gallery.css",
      "gallery.js",
      "images/frame.svg", "images/prints.svg", "manifest.webmanifest", "page.css", "robots.txt",
    ]
    + [
      "caption", "client", "controls", "details", "dialog", "grid", "help", "list", "pictures",
      "polling", "stage", "strip", "timing", "toolbar", "zoom",
    ].map { "gallery/\($0).js" }
    + [
      "apple-touch-icon.png", "favicon.ico", "icon-64.png", "icon-128.png", "icon-192.png",
      "icon-512.png", "icon.svg",
    ].map { "icons/\($0)" }
  static let fetched = ["galleria/1.6.1/galleria.min.js", "jquery/3.6.1/jquery.min.js"]

  static func look(_ settings: Settings) -> Finding {
    let chosen: String?
    do {
      chosen = try settings.value("PUBLIC")
    } catch {
      return .failure("public", error.description, do: "correct this setting")
    }
    let folder = chosen ?? "public"
    guard isFolder(folder) else {
      let advice = "let PUBLIC name the folder that the web server serves as /assets/"
      // Without the setting the service does not read them, and the web server may have them elsewhere.
      return chosen == nil
        ? .warning(
          "public", "\(folder) is no folder here, its files were not looked at", do: advice)
        : .failure("public", "\(folder) is no folder", do: advice)
    }
    if let file = fetched.first(where: { state(of: $0, in: folder) == .missing }) {
      return .failure(
        "public", "\(folder)/\(file) is missing or empty",
        do: "fetch Galleria and jQuery (conf/fetch-assets), or install the package again")
    }
    if let file = ours.first(where: { state(of: $0, in: folder) == .missing }) {
      return .failure(
        "public", "\(folder)/\(file) is missing or empty",
        do: "install public/ of this version again")
    }
    if let file = (fetched + ours).first(where: { state(of: $0, in: folder) == .closed }) {
      return .failure(
        "public", "\(folder)/\(file) cannot be read by other users, such as the web server",
        do: "chmod -R a+rX \(folder)")
    }
    return .ok("public", "\(folder): Galleria, jQuery and \(ours.count) files of ours")
  }

  enum State {
    case missing, closed, fine
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func state(of file: String, in folder: String) -> State {
    var status = stat()
    guard unsafe stat(folder + "/" + file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > 0
    else { return .missing }
    return status.st_mode & S_IROTH == 0 ? .closed : .fine
  }
}
