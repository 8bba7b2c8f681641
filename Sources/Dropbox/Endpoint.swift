// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// One route of the API: how it is called, what it answers, and within which limits.
///
/// `Reply` is what the JSON of the answer is read into, or `OpenAnswer` for bytes.
struct Endpoint<Arguments: Encodable & Sendable, Reply: Sendable>: Sendable {
  enum Style: Sendable {
    /// JSON in both bodies.
    case rpc
    /// JSON in both bodies, at the host for bytes: limits as for bytes.
    case contentRPC
    /// JSON in a header, bytes in the body of the answer.
    case content
  }

  /// As in `files/list_folder`.
  let route: String
  var style = Style.rpc
  /// For all attempts and the waits between them together; a default by style when it is nil.
  var limit: Duration?
  /// The bytes of an answer; a default by style when it is nil.
  var answerLimit: Int?
  var repetition = RetryPolicy.Repetition.always
  /// The endpoint's own error that the tags of its error union name; nil for tags of no known error.
  var error: @Sendable ([String]) -> EndpointError? = { _ in nil }

  /// Whether it is not called while its account is throttled.
  var isFileCall: Bool { route.hasPrefix("files/") }
}

/// The arguments of an endpoint that has none: `null`.
struct NoArguments: Encodable, Sendable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}

/// The reply of an endpoint whose reply says nothing.
struct NoReply: Sendable {}

extension Endpoint {
  /// The request that calls this endpoint.
  func call(
    _ arguments: Arguments, at origins: DropboxOrigins, with token: AccessToken
  ) throws(DropboxError) -> Call {
    let json = try ASCIIJSON(arguments).text
    let origin = style == .rpc ? origins.api : origins.content
    let isSmall = style == .rpc
    var call = Call(
      route: route, url: "\(origin)/2/\(route)", token: token.value,
      limit: limit ?? .seconds(isSmall ? 10 : 30),
      answerLimit: answerLimit ?? (isSmall ? 8 << 20 : 16 << 20), repetition: repetition,
      errors: .endpoint(error), secrets: [token.value])
    switch style {
    case .rpc, .contentRPC:
      call.fields[.contentType] = "application/json"
      call.body = Array(json.utf8)
    case .content:
      // It has no body, hence no content type.
      call.fields[.dropboxArgument] = json
    }
    return call
  }
}
