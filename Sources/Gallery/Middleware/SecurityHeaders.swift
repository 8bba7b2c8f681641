// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// Adds what keeps browsers from doing what a page did not ask for, and caches from keeping what is private.
///
/// - Source: Content Security Policy Level 3; Fetch, sections on CORP and COOP; RFC 6797; Permissions Policy.
struct SecurityHeaders<Next: RoutedResponder<Never>>: RoutedResponder {
  private let next: Next
  private let fields: HTTPFields

  init(isSecure: Bool, next: Next) {
    self.next = next
    var fields: HTTPFields = [
      .contentSecurityPolicy: """
      default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
      connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
      form-action 'self'; frame-ancestors 'none'
      """,
      .crossOriginOpenerPolicy: "same-origin",
      .crossOriginResourcePolicy: "same-origin",
      .crossOriginEmbedderPolicy: "require-corp",
      .originAgentCluster: "?1",
      .permissionsPolicy: "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
      .referrerPolicy: "no-referrer",
      .xContentTypeOptions: "nosniff",
      .xFrameOptions: "DENY",
    ]
    if isSecure { fields[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
    self.fields = fields
  }

  func respond(to routed: RoutedRequest) async -> Response {
    var response = await next.respond(to: routed)
    if response.fields[.cacheControl] == nil {
      response.fields[.cacheControl] = "private, no-store"
    }
    response.fields.append(contentsOf: fields)
    return response
  }
}
