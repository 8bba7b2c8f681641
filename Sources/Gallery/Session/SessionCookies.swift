// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// The two cookies of the service: who is signed in, and who is about to.
///
/// In production their names begin with `__Host-`, so that a browser takes them only from this very host, over
/// TLS (rfc6265bis, section 4.1.3.2). In development plain http has to do.
struct SessionCookies: Sendable {
  enum Kind: String {
    case session
    case login
  }

  let secrets: SessionSecrets
  let isSecure: Bool

  func newTicket() -> Ticket {
    Ticket(signedWith: secrets)
  }

  /// The ticket a browser sent; nil when there is none, several, or one that we did not sign.
  func ticket(_ kind: Kind, in request: Request) -> Ticket? {
    let values = Cookie.values(named: name(of: kind), in: request.fields)
    guard values.count == 1, let value = values.first else { return nil }
    return Ticket(verifying: value, with: secrets)
  }

  func cookie(_ kind: Kind, holding ticket: Ticket) -> Cookie {
    let life = kind == .session ? Session.absoluteLimit : PendingAuthorization.limit
    return Cookie(
      name: name(of: kind), value: ticket.text, maxAge: Int(life.components.seconds),
      isSecure: isSecure)
  }

  /// A cookie that takes the other one away.
  func removal(of kind: Kind) -> Cookie {
    Cookie(name: name(of: kind), value: "", maxAge: 0, isSecure: isSecure)
  }

  func name(of kind: Kind) -> String {
    (isSecure ? "__Host-" : "") + kind.rawValue
  }
}
