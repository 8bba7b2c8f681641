// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What one look found: a line for an operator.
struct Finding: Sendable, Equatable {
  enum Level: String, Sendable {
    case ok
    /// The service works, and somebody should know.
    case warning
    /// The service does not work, or not for long.
    case failure
  }

  let level: Level
  /// What was looked at, as in `redis`.
  let subject: String
  let text: String
  /// What to do; nil when all is well.
  let advice: String?

  static func ok(_ subject: String, _ text: String) -> Finding {
    Finding(level: .ok, subject: subject, text: text, advice: nil)
  }

  static func warning(_ subject: String, _ text: String, do advice: String) -> Finding {
    Finding(level: .warning, subject: subject, text: text, advice: advice)
  }

  static func failure(_ subject: String, _ text: String, do advice: String) -> Finding {
    Finding(level: .failure, subject: subject, text: text, advice: advice)
  }

  /// One line, as `failure  redis: no connection. To do: start Redis.` What others wrote cannot break it.
  var line: String {
    let level = level.rawValue.padding(to: 9)
    let advice = advice.map { " To do: \($0)." } ?? ""
    let line = "\(level)\(subject): \(text).\(advice)"
    return String(line.unicodeScalars.map { isPrintable($0) ? Character($0) : "?" })
  }

  private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned: false
    default: true
    }
  }
}

extension String {
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
