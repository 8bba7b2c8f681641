// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Where the five hosts listen.
public struct Origins: Sendable, Equatable {
  /// `/oauth2/authorize`
  public let www: String
  /// `/oauth2/token` and the RPC routes `/2/…`
  public let api: String
  /// The routes `/2/…` that answer bytes, and `get_thumbnail_batch`.
  public let content: String
  /// Temporary links.
  public let links: String
  /// Steers the stand-in; Dropbox has no such host.
  public let control: String

  init(_ origins: [String]) {
    (www, api, content, links, control) = (
      origins[0], origins[1], origins[2], origins[3], origins[4]
    )
  }

  /// One line: `{"www": "http://127.0.0.1:41001", "api": …, "content": …, "links": …, "control": …}`.
  public var json: String {
    let json: JSON = [
      "www": .string(www), "api": .string(api), "content": .string(content),
      "links": .string(links), "control": .string(control),
    ]
    return String(decoding: json.printed(), as: UTF8.self)
  }
}
