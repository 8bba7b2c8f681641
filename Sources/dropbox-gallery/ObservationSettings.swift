// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Gallery
import HTTPTypes
import LogOutput
import Logging
import Sockets

/// What the service can be told about how it is watched, checked.
struct ObservationSettings: Sendable {
  /// `LOG_FORMAT`
  let format: LogFormat
  /// `LOG_LEVEL`
  let level: Logger.Level
  /// `METRICS_LISTEN`; nil when nobody may ask.
  let metrics: ListenAddress?
  /// `SLOW_REQUEST_MS` and `REQUEST_ID_HEADER`
  let observing: Observing

  init(_ settings: Settings) throws(Settings.Failure) {
    format = try Self.choice("LOG_FORMAT", settings, LogFormat.allCases) ?? .logfmt
    level = try Self.choice("LOG_LEVEL", settings, Logger.Level.allCases) ?? .info
    metrics = try Self.listener(settings)
    var observing = Observing()
    if let milliseconds = try Self.milliseconds(settings) { observing.slowLimit = milliseconds }
    observing.requestIDField = try Self.field(settings)
    self.observing = observing
  }

  private static func choice<Value: RawRepresentable<String>>(
    _ name: String, _ settings: Settings, _ values: [Value]
  ) throws(Settings.Failure) -> Value? {
    guard let text = try settings.value(name) else { return nil }
    guard let value = Value(rawValue: text) else {
      let words = values.map(\.rawValue).joined(separator: ", ")
      throw Settings.Failure(name: name, problem: "is none of: \(words)")
    }
    return value
  }

  private static func listener(_ settings: Settings) throws(Settings.Failure) -> ListenAddress? {
    let name = "METRICS_LISTEN"
    let remote = try settings.value("METRICS_ALLOW_REMOTE")
    guard remote == nil || remote == "yes" || remote == "no" else {
      throw Settings.Failure(name: "METRICS_ALLOW_REMOTE", problem: "is neither yes nor no")
    }
    guard let text = try settings.value(name) else { return nil }
    do throws(ListenAddress.Invalid) {
      return try ListenAddress(parsing: text, allowsRemote: remote == "yes")
    } catch .notLoopback {
      throw Settings.Failure(
        name: name,
        problem: "is not on a loopback address; METRICS_ALLOW_REMOTE=yes lets others read, too")
    } catch {
      throw Settings.Failure(
        name: name, problem: "is neither a short absolute path nor host:port with a numeric host")
    }
  }

  private static func milliseconds(_ settings: Settings) throws(Settings.Failure) -> Duration? {
    let name = "SLOW_REQUEST_MS"
    guard let text = try settings.value(name) else { return nil }
    guard let number = Int(text), 1...3_600_000 ~= number else {
      throw Settings.Failure(name: name, problem: "is not a whole number from 1 to 3600000")
    }
    return .milliseconds(number)
  }

  private static func field(_ settings: Settings) throws(Settings.Failure) -> HTTPField.Name? {
    let name = "REQUEST_ID_HEADER"
    guard let text = try settings.value(name) else { return nil }
    // These hold secrets, or are every request's own.
    let forbidden = ["cookie", "authorization", "host"]
    guard let field = HTTPField.Name(text), !forbidden.contains(field.canonicalName) else {
      throw Settings.Failure(name: name, problem: "is not the name of a header field")
    }
    return field
  }
}
