// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `/oauth2/authorize`: GET shows the page, its form POSTs the decision to the same address.
struct AuthorizePage: Sendable {
  let options: StandIn.Options
  let accounts: Accounts
  let authorizations: Authorizations

  /// Why an authorization request is not answered by the page.
  private enum Problem: Error {
    /// Said on an error page, because the address to return to cannot be trusted.
    case shown(String)
    /// Said to the app.
    case redirected(to: String, error: String, description: String, state: String?)
  }

  func answer(_ call: Call) -> Answer {
    guard call.method == "GET" || call.method == "HEAD" || call.method == "POST" else {
      var answer = Answer.html(405, AuthorizeHTML.problem("This page takes GET and POST."))
      answer.set("Allow", "GET, HEAD, POST")
      return answer
    }
    do throws(Problem) {
      let request = try request(call.query)
      guard call.method == "POST" else {
        return .html(
          200,
          AuthorizeHTML.page(
            app: options.appName, scopes: request.scopes, people: accounts.people))
      }
      return try decision(call, on: request)
    } catch {
      switch error {
      case .shown(let text): return .html(400, AuthorizeHTML.problem(text))
      case .redirected(let uri, let code, let description, let state):
        return redirect(
          to: uri, [("error", code), ("error_description", description), ("state", state)])
      }
    }
  }

  private func decision(
    _ call: Call, on request: AuthorizationRequest
  ) throws(Problem) -> Answer {
    let form = FormPairs(parsing: String(decoding: call.body, as: UTF8.self))
    switch form["decision"] {
    case "allow":
      guard let person = accounts[personID: form["person"] ?? Person.ana.id]?.person else {
        throw .shown("There is no such person.")
      }
      let code = authorizations.issueCode(for: request, of: person)
      return redirect(to: request.redirectURI, [("code", code), ("state", request.state)])
    case "deny":
      throw .redirected(
        to: request.redirectURI, error: "access_denied",
        description: "The user chose not to give your app access to their Dropbox account.",
        state: request.state)
    default: throw .shown("The form must say allow or deny.")
    }
  }

  private func redirect(to uri: String, _ pairs: [(name: String, value: String?)]) -> Answer {
    let query = pairs.compactMap { pair in
      pair.value.map { "\(pair.name)=\(FormPairs.encoded($0))" }
    }.joined(separator: "&")
    var answer = Answer(302, type: nil, body: Data())
    answer.set("Location", uri + (uri.contains("?") ? "&" : "?") + query)
    answer.set("Cache-Control", "no-store")
    return answer
  }

  private func request(_ query: FormPairs) throws(Problem) -> AuthorizationRequest {
    if let name = query.doubled { throw .shown("The parameter \(name) stands there twice.") }
    guard query["client_id"] == options.appKey else {
      throw .shown("Unknown client_id: no app has this key.")
    }
    guard let uri = query["redirect_uri"], options.redirectURIs.contains(uri) else {
      throw .shown("The redirect_uri is not one of those registered for this app.")
    }
    let state = query["state"]
    guard (state?.utf8.count ?? 0) <= 500 else { throw .shown("The state is over 500 bytes.") }
    func refuse(_ error: String, _ description: String) -> Problem {
      .redirected(to: uri, error: error, description: description, state: state)
    }
    guard query["response_type"] == "code" else {
      throw refuse("unsupported_response_type", "response_type must be \"code\"")
    }
    let challenge = query["code_challenge"]
    if let challenge {
      guard query["code_challenge_method"] == "S256",
        RandomText.bytes(base64URL: challenge)?.count == 32, challenge.utf8.count == 43
      else { throw refuse("invalid_request", "code_challenge_method must be S256") }
    } else if query["code_challenge_method"] != nil {
      throw refuse("invalid_request", "code_challenge is missing")
    }
    let access = query["token_access_type"] ?? "online"
    guard access == "online" || access == "offline" else {
      throw refuse("invalid_request", "token_access_type must be online or offline")
    }
    let scopes = query["scope"]?.split(separator: " ").map(String.init) ?? options.scopes
    guard scopes.allSatisfy(options.scopes.contains) else {
      throw refuse("invalid_scope", "The app has not enabled this scope")
    }
    // The account's scope comes with any grant.
    return AuthorizationRequest(
      redirectURI: uri, state: state, challenge: challenge, isOffline: access == "offline",
      scopes: Set(scopes + ["account_info.read"]).sorted())
  }
}
