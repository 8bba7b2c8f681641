// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import FoundationEssentials
import HTTPClient

/// Looks at servers as the service or a browser would reach them: TLS, how long the certificate is good, the time.
struct ServerCheck {
  /// A certificate that ends sooner is a warning; Let's Encrypt's are replaced a month before their end.
  static let fewDays: Int64 = 14
  /// A clock that is further off is a warning, in seconds. Dropbox's tokens say how many seconds they live.
  static let smallSkew: Int64 = 60
  private static let limit: Duration = .seconds(8)
  private static let day: Int64 = 86_400

  let configuration: HTTPClient.Configuration
  var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

  /// Whether a host of Dropbox can be asked.
  func lookAtDropbox(_ origin: String) async -> Finding {
    do throws(HTTPClientError) {
      let probe = try await look(at: origin + "/")
      return finding(for: origin, probe)
    } catch {
      return await failure(at: origin, error)
    }
  }

  /// Whether the site answers at the address that Dropbox sends people back to. Never a failure: this machine need not be one
  /// from which the site can be seen, and the web server may not have been started.
  func lookAtSite(_ service: ServiceConfiguration) async -> Finding {
    let (subject, url) = ("site", service.app.redirectURL)
    guard url.hasPrefix("https://") || service.mode == .development else {
      return .warning(
        subject, "\(url) is plain http, for this machine only",
        do: "let OAUTH_REDIRECT_URL begin with https:// where others come")
    }
    do throws(HTTPClientError) {
      let probe = try await look(at: url)
      if (500...599).contains(probe.status) {
        return .warning(
          subject, "\(url) answers \(probe.status), the web server's or the service's error",
          do: "start the service, and see that the web server may open its socket")
      }
      guard probe.status == 400 else {
        return .warning(
          subject, "\(url) answers \(probe.status), which the service does not at this address",
          do: "see that the web server passes /oauthredirect to the service")
      }
      let finding = finding(for: url, probe)
      return Finding(
        level: finding.level, subject: subject, text: "\(url) " + finding.text,
        advice: finding.advice)
    } catch {
      return .warning(
        subject, "\(url) cannot be seen from here: \(Self.text(of: error))",
        do: "start the web server and see that the name and the certificate are its own")
    }
  }

  private func look(at url: String) async throws(HTTPClientError) -> ServerProbe {
    try await ServerProbe.look(at: url, configuration: configuration, limit: Self.limit)
  }

  /// What an answer says of TLS and clocks.
  func finding(for subject: String, _ probe: ServerProbe) -> Finding {
    var facts = ["answers"]
    if let certificate = probe.certificate {
      let days = (certificate.ends - now()) / Self.day
      guard days >= Self.fewDays else {
        return .warning(
          subject, "its certificate ends in \(days) \(days == 1 ? "day" : "days")",
          do: "see that it is renewed")
      }
      facts.append("TLS verified, certificate good for \(days) days")
    } else {
      facts.append("without TLS")
    }
    guard let date = probe.date else {
      facts.append("does not tell the time")
      return .ok(subject, facts.joined(separator: ", "))
    }
    let skew = now() - date
    guard abs(skew) <= Self.smallSkew else {
      return .warning(
        subject, "this machine's clock is \(abs(skew)) s \(skew < 0 ? "behind" : "ahead of") its",
        do: "let the clock be set from the network (timedatectl set-ntp true)")
    }
    facts.append("clocks agree")
    return .ok(subject, facts.joined(separator: ", "))
  }

  private func failure(at origin: String, _ error: HTTPClientError) async -> Finding {
    guard error == .unreachable(.peerFailedVerification) else {
      return .failure(
        origin, Self.text(of: error),
        do: "see that this machine reaches it: name service, route, firewall")
    }
    guard
      let shown = await ServerProbe.certificateShown(
        at: origin + "/", configuration: configuration, limit: Self.limit)
    else {
      return .failure(
        origin, "its certificate is not accepted", do: "see who answers at this address")
    }
    if shown.ends < now() {
      return .failure(
        origin, "its certificate ended \(Self.text(ofDay: shown.ends)) by this machine's clock",
        do: "set the clock if that is wrong, else the server has to renew it")
    }
    if shown.begins > now() {
      return .failure(
        origin, "its certificate begins \(Self.text(ofDay: shown.begins)) by this machine's clock",
        do: "set the clock")
    }
    return .failure(
      origin,
      "its certificate is for another name, or of an issuer not trusted here: \(shown.issuer)",
      do: "install ca-certificates; if it is there, something stands between here and the host")
  }

  static func text(of error: HTTPClientError) -> String {
    switch error {
    case .unreachable(let code): "no connection: \(code)"
    case .interrupted(let code): "the connection broke: \(code)"
    case .timedOut: "no answer within \(limit)"
    case .invalidRequest, .tooLarge, .cancelled: "\(error)"
    }
  }

  private static func text(ofDay seconds: Int64) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601.year().month().day())
  }
}

extension DropboxOrigins {
  /// Each host once.
  var distinct: [String] {
    [authorize, api, content].reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
