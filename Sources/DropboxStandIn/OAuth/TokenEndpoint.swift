// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `POST /oauth2/token` (RFC 6749, 3.2; RFC 7636).
struct TokenEndpoint: Sendable {
  let options: StandIn.Options
  let authorizations: Authorizations

  func answer(_ call: Call) -> Answer {
    guard call.method == "POST" else { return Refusal.methodNotAllowed.answer(for: "oauth2/token") }
    var answer: Answer
    do throws(TokenError) {
      answer = .json(200, try grant(call))
    } catch {
      var json: [JSON.Member] = [JSON.Member(name: "error", value: .string(error.error))]
      if let description = error.description {
        json.append(JSON.Member(name: "error_description", value: .string(description)))
      }
      answer = .json(400, .object(json))
    }
    answer.set("Content-Type", "text/javascript")
    return answer
  }

  private func grant(_ call: Call) throws(TokenError) -> JSON {
    let form = try self.form(of: call)
    guard form.doubled == nil else { throw .invalidRequest("doubled parameter") }
    let withSecret = try checkClient(call, form)
    switch form["grant_type"] {
    case "authorization_code": return try redeem(form, withSecret: withSecret)
    case "refresh_token": return try refresh(form, withSecret: withSecret)
    case nil: throw .invalidRequest("missing required field \"grant_type\"")
    default: throw TokenError(error: "unsupported_grant_type", description: nil)
    }
  }

  private func form(of call: Call) throws(TokenError) -> FormPairs {
    var form = call.query
    guard !call.body.isEmpty else { return form }
    let type = call.field("Content-Type")?.split(separator: ";").first?
      .trimmingCharacters(in: .whitespaces).lowercased()
    guard type == "application/x-www-form-urlencoded",
      let text = String(validating: call.body, as: UTF8.self)
    else { throw .invalidRequest("the body must be application/x-www-form-urlencoded") }
    form.append(FormPairs(parsing: text))
    return form
  }

  /// - Returns: whether the client proved its secret.
  private func checkClient(_ call: Call, _ form: FormPairs) throws(TokenError) -> Bool {
    var key = form["client_id"]
    var secret = form["client_secret"]
    if let field = call.field("Authorization") {
      guard field.lowercased().hasPrefix("basic "),
        let data = Data(base64Encoded: String(field.dropFirst(6))),
        let pair = String(validating: data, as: UTF8.self), let colon = pair.firstIndex(of: ":")
      else { throw .invalidClient }
      key = String(pair[..<colon])
      secret = String(pair[pair.index(after: colon)...])
    }
    guard key == options.appKey, secret == nil || secret == options.appSecret else {
      throw .invalidClient
    }
    return secret != nil
  }

  private func redeem(_ form: FormPairs, withSecret: Bool) throws(TokenError) -> JSON {
    guard let code = form["code"] else {
      throw .invalidRequest("missing required field \"code\"")
    }
    let grant = try authorizations.redeem(
      code: code, redirectURI: form["redirect_uri"], verifier: form["code_verifier"],
      withSecret: withSecret)
    var members: [JSON.Member] = [
      JSON.Member(name: "access_token", value: .string(grant.accessToken)),
      JSON.Member(name: "token_type", value: "bearer"),
      JSON.Member(name: "expires_in", value: .integer(Int64(Authorizations.accessTokenSeconds))),
    ]
    if let refreshToken = grant.refreshToken {
      members.append(JSON.Member(name: "refresh_token", value: .string(refreshToken)))
    }
    members += [
      JSON.Member(name: "scope", value: .string(grant.scopes.joined(separator: " "))),
      JSON.Member(name: "uid", value: .string(grant.person.uid)),
      JSON.Member(name: "account_id", value: .string(grant.person.accountID)),
    ]
    return .object(members)
  }

  private func refresh(_ form: FormPairs, withSecret: Bool) throws(TokenError) -> JSON {
    guard let refreshToken = form["refresh_token"] else {
      throw .invalidRequest("missing required field \"refresh_token\"")
    }
    let scopes = form["scope"].map { $0.split(separator: " ").map(String.init) }
    let accessToken = try authorizations.refresh(
      refreshToken, scopes: scopes, withSecret: withSecret)
    return [
      "token_type": "bearer", "access_token": .string(accessToken),
      "expires_in": .integer(Int64(Authorizations.accessTokenSeconds)),
    ]
  }
}
