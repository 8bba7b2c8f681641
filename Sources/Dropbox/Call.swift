// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPClient
internal import HTTPTypes

/// One request to Dropbox with its limits.
struct Call {
  /// As in `files/list_folder` and `oauth2/token`: the name under which it is counted.
  let route: String
  var url: String
  /// The access token; nil for calls that authenticate the app.
  var token: Secret?
  var fields: HTTPFields = [:]
  var body: [UInt8] = []
  /// For all attempts and the waits between them together.
  var limit: Duration
  var answerLimit: Int
  var repetition = RetryPolicy.Repetition.always
  /// How an answer other than 200 is read.
  var errors: Errors
  /// What the request holds and no error may repeat.
  var secrets: [Secret]
  /// The account that may be throttled; nil for a call that is sent even so.
  var throttle: AccountThrottle?

  enum Errors {
    case endpoint(@Sendable ([String]) -> EndpointError?)
    case token
  }

  /// - Parameters:
  ///   - limit: for one attempt.
  func request(limit: Duration) -> OutgoingRequest {
    var fields = fields
    if let token { fields[.authorization] = "Bearer \(token.revealed)" }
    return OutgoingRequest(
      method: .post, url: url, fields: fields, body: body, limit: limit, answerLimit: answerLimit)
  }

  func error(of answer: Answer) -> DropboxError {
    let answer = ErrorAnswer(answer: answer, secrets: secrets)
    return switch errors {
    case .endpoint(let own): answer.ofEndpoint(own)
    case .token: answer.ofToken
    }
  }
}

extension Call: CustomStringConvertible, CustomReflectable {
  /// Without fields and body, which may hold a token.
  var description: String { route }
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPField.Name {
  static let dropboxArgument = Self("Dropbox-API-Arg")!
  static let dropboxResult = Self("Dropbox-API-Result")!
}
