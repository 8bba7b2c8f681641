// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import TextFormats

/// JSON that may stand inside of `<script type="application/json">`.
enum ScriptJSON {
  /// An object of texts, its keys in order, in which nothing ends the element or begins a comment.
  static func text(_ object: [String: String]) -> String {
    let fields = object.sorted { $0.key < $1.key }
      .map {
        JSONText.quoted($0.key, escaping: .markup) + ":"
          + JSONText.quoted($0.value, escaping: .markup)
      }
    return "{\(fields.joined(separator: ","))}"
  }
}
