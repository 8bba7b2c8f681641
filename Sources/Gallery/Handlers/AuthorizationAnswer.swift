// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP

/// What Dropbox says in the query of `/oauthredirect`.
///
/// - Source: RFC 6749, sections 4.1.2 and 4.1.2.1.
struct AuthorizationAnswer {
  enum Outcome: Equatable {
    case code(Secret)
    /// The person said no.
    case refused
    /// Another error code of RFC 6749, cut to what a log may hold.
    case failed(String)
  }

  let state: String
  let outcome: Outcome

  /// - Throws: `.invalid` unless there is one state, and either one code or one error.
  init(_ query: FormFields) throws(GalleryError) {
    guard let state = query["state"], !state.isEmpty, state.utf8.count <= 500 else {
      throw .staleAuthorization(reason: "state missing, empty, too long or given twice")
    }
    self.state = state
    switch (query.values(of: "code"), query.values(of: "error")) {
    case (let codes, []) where codes.count == 1:
      guard let code = codes.first, !code.isEmpty, code.utf8.count <= 2048 else {
        throw .invalid(reason: "the code is empty or too long")
      }
      outcome = .code(Secret(code))
    case ([], ["access_denied"]):
      outcome = .refused
    case ([], let errors) where errors.count == 1:
      outcome = .failed(
        String(errors[0].filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(40)))
    default:
      throw .invalid(reason: "neither one code nor one error")
    }
  }
}
