// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The target of a request, parsed strictly.
///
/// A web server picks its `location` from a path it has tidied up, so a path that means two things is refused
/// here: dot segments, backslashes, NUL, bad percent-coding, text that is not UTF-8.
///
/// - Source: RFC 9112, section 3.2; RFC 3986, section 3.
public struct RequestTarget: Sendable, Equatable {
  /// Longer targets are refused, in bytes.
  public static let limit = 8192

  /// The decoded segments: `/albums/a%20b` is `["albums", "a b"]`, `/` is `[]`, `/a/` is `["a", ""]`.
  public let segments: [String]
  public let query: FormFields
  /// Path and query as they came, without scheme and host.
  public let text: String

  /// - Returns: nil for a target that cannot be served: answer 400.
  public init?(parsing target: String) {
    guard target.utf8.count <= Self.limit, let text = Self.originForm(of: target) else {
      return nil
    }
    let parts = text.split(ascii: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, let query = FormFields(parsing: parts.dropFirst().first ?? ""),
      let segments = Self.segments(of: path)
    else { return nil }
    self.segments = segments
    self.query = query
    self.text = String(text)
  }

  /// Apache passes on the absolute form, `http://host/path`.
  private static func originForm(of target: String) -> Substring? {
    if target.utf8.first == UInt8(ascii: "/") { return target[...] }
    for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count)
      guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return "/" }
      return rest[slash...]
    }
    return nil
  }

  private static func segments(of path: Substring) -> [String]? {
    var segments: [String] = []
    if path == "/" { return segments }
    for part in Substring(path.utf8.dropFirst()).split(ascii: "/", omittingEmptySubsequences: false)
    {
      guard let segment = PercentCoding.decode(part), segment != ".", segment != "..",
        !segment.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\\") })
      else { return nil }
      segments.append(segment)
    }
    return segments
  }
}
