// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// An absolute http or https URL without user, query or fragment, as settings hold them.
struct WebAddress: Sendable {
  let origin: String
  let path: String
  /// Whether a stranger between here and there could not read along.
  let isSecureOrLoopback: Bool

  init?(_ text: String) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
      let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      scheme == "https" || scheme == "http", let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
      parts.port.map({ 1...65_535 ~= $0 }) ?? true
    else { return nil }
    origin = "\(scheme)://\(host.lowercased())\(parts.port.map { ":\($0)" } ?? "")"
    path = parts.path
    isSecureOrLoopback =
      scheme == "https" || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
  }
}
