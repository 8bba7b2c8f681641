// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Why an API route does not do what it was asked, with the status it answers.
///
/// Source: "Error Handling Guide" of Dropbox for HTTP Developers.
enum Refusal: Error, Equatable {
  /// 400 with a text: the request itself is wrong.
  case badRequest(String)
  /// 401 with an AuthError.
  case unauthorized(tag: String, requiredScope: String? = nil)
  /// 405: not the method of this route.
  case methodNotAllowed
  /// 404: no such route on this host.
  case noRoute
  /// 409 with the union tags from the outside to the inside, such as `["path", "not_found"]`.
  case endpoint([String])

  static let pathNotFound = Refusal.endpoint(["path", "not_found"])

  func answer(for route: String) -> Answer {
    switch self {
    case .badRequest(let text):
      return .text(400, "Error in call to API function \"\(route)\": \(text)")
    case .unauthorized(let tag, let scope):
      var error: [JSON.Member] = [JSON.Member(name: ".tag", value: .string(tag))]
      if let scope { error.append(JSON.Member(name: "required_scope", value: .string(scope))) }
      var answer = Answer.json(
        401, ["error_summary": .string(Refusal.summary([tag])), "error": .object(error)])
      answer.set("WWW-Authenticate", "Bearer realm=\"Dropbox-API\"")
      return answer
    case .methodNotAllowed:
      var answer = Answer.text(405, "Error in call to API function \"\(route)\": wrong method")
      answer.set("Allow", "POST")
      return answer
    case .noRoute:
      return .json(
        404, ["error_summary": "not_found/", "error": [".tag": "not_found"]])
    case .endpoint(let tags):
      return .json(
        409,
        ["error_summary": .string(Refusal.summary(tags)), "error": Refusal.union(tags)])
    }
  }

  /// The tags joined by `/`, then none to three dots, so that nobody compares the whole.
  static func summary(_ tags: [String]) -> String {
    tags.joined(separator: "/") + "/" + String(repeating: ".", count: Int.random(in: 0...3))
  }

  /// Nested unions as stone prints them: `{".tag":"path","path":{".tag":"not_found"}}`.
  static func union(_ tags: some Collection<String>) -> JSON {
    guard let tag = tags.first else { return .null }
    let inner = tags.dropFirst()
    guard !inner.isEmpty else { return [".tag": .string(tag)] }
    return [".tag": .string(tag), tag: union(inner)]
  }
}
