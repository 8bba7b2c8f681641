// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPClient
internal import HTTPTypes

/// One request to Dropbox with its limits.
struct Call {
  var url: String
  var fields: HTTPFields = [:]
  var body: [UInt8] = []
  /// For all attempts and the waits between them together.
  var limit: Duration
  var answerLimit: Int
  var repetition = RetryPolicy.Repetition.always
  /// How an answer other than 200 is read.
  var errors = Errors.route
  /// What the request holds and no error may repeat.
  var secrets: [Secret]

  enum Errors {
    case route, token
  }

  /// A route that takes and gives JSON.
  static func rpc(_ url: String, argument: String, token: AccessToken) -> Call {
    Call(
      url: url,
      fields: [
        .authorization: "Bearer \(token.value.revealed)", .contentType: "application/json",
      ],
      body: Array(argument.utf8), limit: .seconds(10), answerLimit: 8 << 20,
      secrets: [token.value])
  }

  /// A route that takes JSON and gives JSON full of pictures: limits as for bytes.
  static func batch(_ url: String, argument: String, token: AccessToken) -> Call {
    var call = rpc(url, argument: argument, token: token)
    call.limit = .seconds(30)
    call.answerLimit = 16 << 20
    return call
  }

  /// A route that takes JSON in a header and gives bytes. It has no body, hence no content type.
  static func download(_ url: String, argument: String, token: AccessToken) -> Call {
    Call(
      url: url,
      fields: [.authorization: "Bearer \(token.value.revealed)", .dropboxArgument: argument],
      limit: .seconds(30), answerLimit: 16 << 20, secrets: [token.value])
  }

  /// The URL without its origin, as in `files/list_folder` and `oauth2/token`: a name of ours, for who counts.
  var route: String {
    let path = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst(2)
    return path.drop { $0 == "2" }.joined(separator: "/")
  }

  func error(of answer: Answer) -> DropboxError {
    let answer = ErrorAnswer(answer: answer, secrets: secrets)
    return switch errors {
    case .route: answer.ofRoute
    case .token: answer.ofToken
    }
  }
}

extension HTTPField.Name {
  static let dropboxArgument = Self("Dropbox-API-Arg")!
  static let dropboxResult = Self("Dropbox-API-Result")!
}
