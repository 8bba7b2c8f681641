// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import HTTPClient

extension Answer {
  /// The body as JSON, whatever its media type says: token answers come as `text/javascript`.
  func decoded<Value: Decodable>() throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(body))
  }
}
