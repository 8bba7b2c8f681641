// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension String {
  /// What stands behind each slash of a path: `a` and `b` of `/a/b`; nothing of a text that begins otherwise.
  ///
  /// Looks at scalars, because a combining character behind a slash makes another `Character` of it.
  var pathParts: [String]? {
    guard unicodeScalars.first == "/" else { return nil }
    return unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
      .map { String($0) }
  }
}
