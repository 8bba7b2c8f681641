// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import HTTP
internal import HTTPTypes

extension Response {
  /// 200 with a value as JSON, its names in order.
  ///
  /// - Throws: `.fault` for a value that cannot be written.
  static func json(_ value: some Encodable, fields: HTTPFields = [:]) throws(GalleryError)
    -> Response
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      var response = Response(status: .ok, fields: fields, body: Array(try encoder.encode(value)))
      response.fields[.contentType] = "application/json"
      return response
    } catch {
      throw .fault(cause: "a \(type(of: value)) cannot be written as JSON: \(error)")
    }
  }
}
