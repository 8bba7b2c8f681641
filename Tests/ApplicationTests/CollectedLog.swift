// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// Keeps log entries in memory, each as one line: level, message, metadata in alphabetical order.
final class CollectedLog: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }
  var text: String { lines.joined(separator: "\n") }

  /// Logs everything from `debug` on.
  func logger() -> Logger {
    Logger(label: "application-tests") { _ in Handler(log: self) }
  }

  private func append(_ line: String) {
    kept.withLock { $0.append(line) }
  }

  private struct Handler: LogHandler {
    let log: CollectedLog
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let pairs = metadata.merging(event.metadata ?? [:]) { $1 }
      let words = pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      log.append((["\(event.level)", "\(event.message)"] + words).joined(separator: " "))
    }
  }
}
