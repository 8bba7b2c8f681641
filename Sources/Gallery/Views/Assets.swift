// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import FoundationEssentials
internal import HTTP
internal import Mustache

/// Where pages find the files of `public/`, which the web server serves.
///
/// With a version in the path, `/assets/v-1f0c…/page.css`, a browser keeps a file for good, and the next release has other
/// addresses. Modules import each other by relative paths, so one prefix is enough; the web server leaves it out.
public struct Assets: Sendable {
  /// A folder that pages cannot be served with.
  public struct Failure: Error, CustomStringConvertible {
    /// Below the folder; empty for the folder itself.
    let file: String
    let reason: String

    public var description: String { "\(file.isEmpty ? "the folder" : file) \(reason)" }
  }

  /// The scripts that pages name, by the tag for the hash of each.
  fileprivate static let scripts = [
    "boot": "boot.js", "empty": "empty.js", "gallery": "gallery.js",
    "galleria": "galleria/1.6.1/galleria.min.js", "jquery": "jquery/3.6.1/jquery.min.js",
  ]
  /// A folder with more is another than the one meant.
  private static let limit = (files: 500, bytes: 16 << 20)

  /// Without a slash at the end.
  let path: String
  /// As in an `integrity` attribute.
  fileprivate let hashes: [String: String]

  /// Files without a version and without hashes, asked about each time: for development.
  public init() {
    path = "/assets"
    hashes = [:]
  }

  /// Reads every file once.
  ///
  /// - Parameter folder: `public/` with Galleria and jQuery in it. Files that end in `.gz` do not count, as what `make
  ///   assets` leaves beside a file is the same file.
  /// - Source: Subresource Integrity, section 3.5.
  public init(folder: String) throws(Failure) {
    var version = SHA256()
    var found: [String: String] = [:]
    for file in try Self.files(in: folder) {
      let bytes = try Self.bytes(of: file, in: folder)
      let hash = SHA256.hash(data: bytes)
      version.update(data: Data("\(file)\n\(bytes.count)\n".utf8))
      version.update(data: bytes)
      found[file] = "sha256-" + Data(hash).base64EncodedString()
    }
    var hashes: [String: String] = [:]
    for (tag, file) in Self.scripts.sorted(by: { $0.value < $1.value }) {
      guard let hash = found[file] else { throw Failure(file: file, reason: "is missing") }
      hashes[tag] = hash
    }
    self.hashes = hashes
    path = "/assets/v-" + Hexadecimal.encode(version.finalize().prefix(6))
  }

  private static func files(in folder: String) throws(Failure) -> [String] {
    guard let all = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw Failure(file: "", reason: "cannot be read")
    }
    guard all.count <= limit.files else {
      throw Failure(file: "", reason: "holds more than \(limit.files) files")
    }
    return all.filter { !$0.hasSuffix(".gz") && !isFolder(folder + "/" + $0) }.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private static func bytes(of file: String, in folder: String) throws(Failure) -> Data {
    guard let bytes = FileManager.default.contents(atPath: folder + "/" + file) else {
      throw Failure(file: file, reason: "cannot be read")
    }
    guard bytes.count <= limit.bytes else {
      throw Failure(file: file, reason: "is larger than \(limit.bytes) bytes")
    }
    return bytes
  }
}

/// `{{assets.path}}`, and `{{assets.boot}}` for the hash of a script.
struct AssetsView: MustacheObject {
  static let tags = MustacheTags<AssetsView> { tags in
    tags.text("path") { $0.assets.path }
    for script in Assets.scripts.keys { tags.text(script) { $0.assets.hashes[script] } }
  }

  let assets: Assets
}
