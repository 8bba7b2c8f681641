// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A Content-Security-Policy as Mozilla's HTTP Observatory reads it.
///
/// - Source: mdn/mdn-http-observatory, `src/analyzer/cspParser.js`, `src/analyzer/tests/csp.js`.
struct SecurityPolicy {
  static let broad: Set = [
    "ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*",
  ]
  private static let inline: Set = ["'unsafe-inline'", "data:"]

  let directives: [String: Set<String>]

  /// Nil for a policy that cannot be read, and for several at once, which we never send.
  init?(_ values: [String]) {
    guard values.count == 1, let value = values.first, value.utf8.count >= 6, !value.contains(",")
    else { return nil }
    var directives: [String: Set<String>] = [:]
    for part in value.split(separator: ";") {
      let words = part.split(separator: " ").map { $0.lowercased() }
      guard let name = words.first else { continue }
      guard directives[name] == nil else { return nil }
      let isEmptyList = words.count == 1 && name.hasSuffix("-src")
      directives[name] = isEmptyList ? ["'none'"] : Set(words.dropFirst())
    }
    self.directives = directives
  }

  static func points(_ values: [String]) -> Int {
    guard let policy = SecurityPolicy(values) else { return -25 }
    return policy.points
  }

  private var points: Int {
    let (scripts, styles, objects) = (
      sources("script-src"), sources("style-src"), sources("object-src")
    )
    if scripts.contains("'strict-dynamic'") { return -25 }
    if !scripts.isDisjoint(with: Self.broad.union(Self.inline)) { return -20 }
    if !objects.isDisjoint(with: Self.broad) { return -20 }
    let active = directives.filter { !["img-src", "media-src", "script-src"].contains($0.key) }
      .values.reduce(scripts) { $0.union($1) }
    if active.contains(where: Self.isInsecure) { return -20 }
    if scripts.union(styles).contains("'unsafe-eval'") { return -10 }
    let passive = sources("img-src").union(sources("media-src"))
    if directives["default-src"] != nil || directives["img-src"] != nil,
      passive.contains(where: Self.isInsecure)
    {
      return -10
    }
    if !styles.isDisjoint(with: Self.broad.union(Self.inline)) { return 0 }
    return directives["default-src"] == ["'none'"] ? 10 : 5
  }

  private func sources(_ name: String) -> Set<String> {
    directives[name] ?? directives["default-src"] ?? ["*"]
  }

  private static func isInsecure(_ source: String) -> Bool {
    source.hasPrefix("http:") || source.hasPrefix("ftp:")
  }
}
