// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Answers requests. Middleware is a responder that holds the next one.
///
/// A responder whose `Failure` is `Never` has an answer for everything, and the compiler knows.
public protocol Responder<Failure>: Sendable {
  associatedtype Failure: Error

  func respond(to request: Request) async throws(Failure) -> Response
}
