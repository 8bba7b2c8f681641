// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Logging

/// Makes one line of each event and hands it to a `LogWriter`, so that logging never waits.
///
/// First `time`, `level` and `msg`, then the fields in `order`, then the others by name.
public struct LineLogHandler: LogHandler {
  public var logLevel: Logger.Level
  public var metadata: Logger.Metadata = [:]
  private let format: LogFormat
  private let order: [String]
  private let writer: LogWriter

  /// - Parameter order: names of fields that come first, in this order.
  public init(
    level: Logger.Level, format: LogFormat, order: [String] = [], writer: LogWriter
  ) {
    logLevel = level
    self.format = format
    self.order = order
    self.writer = writer
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var line = LogLine(format)
    line.add("time", "\(Timestamp.now())")
    line.add("level", event.level.rawValue)
    line.add("msg", "\(event.message)")
    var fields = event.metadata ?? [:]
    if !metadata.isEmpty { fields.merge(metadata) { own, _ in own } }
    for name in order {
      if let value = fields.removeValue(forKey: name) { line.add(name, value) }
    }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { line.add(name, value) }
    if let error = event.error { line.add("error", "\(error)") }
    writer.write(line.finished())
  }
}
