// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes

/// The score that Mozilla's HTTP Observatory gives a page, by its published rules (algorithm 5 and later).
///
/// It takes what a scan brings home: the answer a browser ends at, every cookie on the way, where plain http leads, and what
/// a request from another site is told. What a scan knows beyond that, the list of preloaded hosts, counts as no.
///
/// - Source: mdn/mdn-http-observatory, `src/grader/charts.js`, `src/analyzer/tests/`, `src/scanner/index.js`, of August 2026.
struct Observatory {
  /// The name of a test, and what it adds or takes away.
  typealias Points = [String: Int]

  var answer: Answer
  /// Values of `Set-Cookie`, of the whole scan.
  var cookies: [String] = []
  /// The addresses that plain http leads through, the first included; one alone means that it stays there.
  var plainRoute: [String] = []
  /// The answer to OPTIONS with an `Origin` elsewhere.
  var elsewhere: Answer?
  static let origin = "https://elsewhere.example"

  var points: Points {
    [
      "content-security-policy": SecurityPolicy.points(values("Content-Security-Policy")),
      "cookies": cookiePoints, "cross-origin-resource-sharing": sharingPoints,
      "cross-origin-embedder-policy": isolationPoints(
        "Cross-Origin-Embedder-Policy", good: ["require-corp", "credentialless"]),
      "cross-origin-opener-policy": isolationPoints(
        "Cross-Origin-Opener-Policy",
        good: ["same-origin", "same-origin-allow-popups", "noopener-allow-popups"]),
      "cross-origin-resource-policy": resourcePoints, "redirection": redirectionPoints,
      "referrer-policy": referrerPoints, "strict-transport-security": transportPoints,
      "subresource-integrity": integrityPoints,
      "x-content-type-options": value("X-Content-Type-Options")?.lowercased() == "nosniff" ? 0 : -5,
      "x-frame-options": framePoints,
    ]
  }

  /// What is added counts only where what is taken away leaves an A.
  var score: Int {
    let points = points.values
    let uncurved = 100 + points.filter { $0 < 0 }.reduce(0, +)
    return max(0, uncurved >= 90 ? 100 + points.reduce(0, +) : uncurved)
  }

  var grade: String {
    let grades = [
      100: "A+", 95: "A", 90: "A", 85: "A-", 80: "B+", 75: "B", 70: "B", 65: "B-", 60: "C+",
      55: "C",
      50: "C", 45: "C-", 40: "D+", 35: "D", 30: "D", 25: "D-",
    ]
    return grades[min(score - score % 5, 100)] ?? "F"
  }

  private func values(_ name: String, of answer: Answer? = nil) -> [String] {
    guard let name = HTTPField.Name(name) else { return [] }
    return (answer ?? self.answer).fields[values: name]
  }

  private func value(_ name: String) -> String? {
    values(name).first
  }

  private var isProtected: Bool { transportPoints >= 0 }

  private var transportPoints: Int {
    guard let value = value("Strict-Transport-Security"), !value.contains(",") else { return -20 }
    let ages = value.split(separator: ";").compactMap { part -> Int? in
      let part = part.trimmingSpaces.lowercased()
      return part.hasPrefix("max-age=") ? Int(part.dropFirst(8)) : nil
    }
    guard let age = ages.last else { return -20 }
    return age >= 15_552_000 ? 0 : -10
  }

  private var cookiePoints: Int {
    guard !cookies.isEmpty else { return 0 }
    return cookies.map(points(ofCookie:)).min() ?? 0
  }

  private func points(ofCookie text: String) -> Int {
    let parts = text.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
    let name = parts.first?.split(separator: "=").first ?? ""
    let isSession = name.contains("login") || name.contains("sess")
    let sameSite = parts.first { $0.hasPrefix("samesite") }?.dropFirst("samesite=".count)
    var worst = sameSite == nil ? 0 : 5
    if let sameSite, !["lax", "strict", "none"].contains(sameSite) { worst = min(worst, -20) }
    if !parts.contains("secure") {
      worst = min(worst, isProtected ? (isSession ? -10 : -5) : (isSession ? -40 : -20))
      if sameSite == "none" { worst = min(worst, -20) }
    }
    if isSession, !parts.contains("httponly") { worst = min(worst, -30) }
    if name.contains("csrf"), sameSite == nil { worst = min(worst, -20) }
    return worst
  }

  private var sharingPoints: Int {
    guard let elsewhere,
      values("Access-Control-Allow-Origin", of: elsewhere).first == Self.origin,
      values("Access-Control-Allow-Credentials", of: elsewhere).first?.lowercased() == "true"
    else { return 0 }
    return -50
  }

  private func isolationPoints(_ name: String, good: [String]) -> Int {
    let values = values(name)
    guard let value = values.first?.split(separator: ";").first?.trimmingSpaces else { return 0 }
    guard values.count == 1 else { return -5 }
    return good.contains(value) ? 10 : value == "unsafe-none" ? 0 : -5
  }

  private var resourcePoints: Int {
    let values = values("Cross-Origin-Resource-Policy")
    guard !values.isEmpty else { return 0 }
    switch values.joined(separator: ", ").lowercased() {
    case "same-origin", "same-site": return 10
    case "cross-origin": return 0
    default: return -5
    }
  }

  private var redirectionPoints: Int {
    guard let first = plainRoute.first else { return 0 }
    guard plainRoute.count > 1, let last = plainRoute.last, last.hasPrefix("https:") else {
      return -20
    }
    guard plainRoute[1].hasPrefix("https:") else { return -10 }
    return Self.host(first) == Self.host(plainRoute[1]) ? 0 : -5
  }

  private static func host(_ url: String) -> Substring? {
    url.split(separator: "/").dropFirst().first?.split(separator: ":").first
  }

  private var referrerPoints: Int {
    let known = values("Referrer-Policy").joined(separator: ",").split(separator: ",").map {
      $0.trimmingSpaces.lowercased()
    }
    guard !known.isEmpty else { return 0 }
    let good = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"]
    let bad = ["origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"]
    return known.last { (good + bad).contains($0) }.map(good.contains) == true ? 5 : -5
  }

  /// Scripts of the page, all ours: those of others cost points, and would break the policy anyhow.
  private var integrityPoints: Int {
    guard value("Content-Type")?.hasPrefix("text/html") == true else { return 0 }
    let scripts = answer.text.matches(of: /<script\b[^>]*\bsrc="([^"]*)"[^>]*>/)
    let foreign = scripts.filter { $0.output.1.contains("//") }
    if !foreign.isEmpty {
      return foreign.contains { $0.output.1.hasPrefix("https:") == false }
        ? -50 : foreign.allSatisfy { $0.output.0.contains(" integrity=") } ? 5 : -5
    }
    return scripts.contains { $0.output.0.contains(" integrity=\"sha") } ? 5 : 0
  }

  private var framePoints: Int {
    let policy = SecurityPolicy(values("Content-Security-Policy"))
    if let ancestors = policy?.directives["frame-ancestors"] {
      return ancestors.contains { SecurityPolicy.broad.contains($0) } ? -20 : 5
    }
    return ["deny", "sameorigin"].contains(value("X-Frame-Options")?.lowercased()) ? 5 : -20
  }
}

extension StringProtocol {
  var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
