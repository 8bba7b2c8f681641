// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes

@testable import Dropbox
@testable import HTTPClient

extension FuzzTarget {
  /// The JSON bodies of Dropbox. The first byte selects a type, the second a status for errors.
  ///
  /// No reply traps, and a value that decodes stays within its limits.
  public static let dropboxJSON = FuzzTarget("dropbox-json") { bytes throws(FuzzFailure) in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    let status = input.byte()
    let data = Data(input.rest)
    switch kind % 8 {
    case 0: try check(decoded(data) as ListFolderPage?)
    case 1: try check(decoded(data) as PictureDetails?)
    case 2: try check(decoded(data) as ThumbnailBatch?)
    case 3: try check(decoded(data) as TokenAnswer?)
    case 4: _ = decoded(data) as Account?
    case 5: _ = decoded(data) as TemporaryLink?
    case 6: _ = Thumbnail.rev(inResult: input.text)
    default: try checkErrors(Array(input.rest), status)
    }
  }

  private static func decoded<Value: Decodable>(_ data: Data) -> Value? {
    try? JSONDecoder().decode(Value.self, from: data)
  }

  private static func check(_ page: ListFolderPage?) throws(FuzzFailure) {
    guard let page else { return }
    try require(Cursor(page.cursor.value) == page.cursor, "an invalid cursor")
    for case .file(let file) in page.entries {
      try require(FileID(file.id.value) == file.id, "an invalid file id")
    }
  }

  private static func check(_ details: PictureDetails?) throws(FuzzFailure) {
    guard let details else { return }
    for side in [details.width, details.height].compactMap({ $0 }) {
      try require(1...1_000_000 ~= side, "a side of \(side) pixels")
    }
    if let taken = details.taken {
      try require(UnixTime(parsing: taken.description) == taken, "another time after printing")
    }
  }

  private static func check(_ batch: ThumbnailBatch?) throws(FuzzFailure) {
    for case .success(let thumbnail, _) in batch?.entries ?? [] {
      try require(ImageFormat(startOf: thumbnail.bytes) == thumbnail.format, "another format")
    }
  }

  private static func check(_ answer: TokenAnswer?) throws(FuzzFailure) {
    guard let token = try? answer?.accessToken(at: UnixTime(seconds: 0)) else { return }
    try require(
      token.expires(within: 30 * 86_400 + 1, of: UnixTime(seconds: 0)), "a token for over 30 days")
  }

  private static func checkErrors(_ body: [UInt8], _ status: UInt8) throws(FuzzFailure) {
    let statuses = [400, 401, 403, 404, 409, 429, 500, 503, 200, 302]
    let code = statuses[Int(status) % statuses.count]
    let fields: HTTPFields = [.retryAfter: String(decoding: body.prefix(20), as: UTF8.self)]
    let answer = Answer(status: .init(code: code), fields: fields, body: body)
    let error = ErrorAnswer(answer: answer, secrets: [Secret("secret")])
    for error in [error.ofEndpoint { _ in nil }, error.ofToken] {
      if case .throttled(let wait) = error {
        try require(.zero ... .seconds(86_400) ~= wait, "a wait of \(wait)")
      }
      if case .refusedRequest(let text) = error {
        // A character that was cut off at the limit becomes a replacement character of 3 bytes.
        try require(text.utf8.count <= 502, "a text of \(text.utf8.count) bytes")
        try require(
          text.utf8.firstRange(of: "secret".utf8) == nil, "a secret in the text of an error")
      }
    }
    _ = answer.hasOAuthError
  }
}
