// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Lines that are missing in the log, by the reason.
public struct DroppedLines: Sendable, Equatable {
  public enum Reason: String, Sendable, CaseIterable {
    /// Nobody read the log fast enough.
    case queueFull = "queue_full"
    /// The disk that holds the log is full, or the quota of its owner.
    case diskFull = "disk_full"
    /// Any other error of writing, such as a reader that went away.
    case notWritable = "not_writable"

    var words: String {
      switch self {
      case .queueFull: "nobody read the log fast enough"
      case .diskFull: "the disk for the log is full"
      case .notWritable: "the log cannot be written"
      }
    }
  }

  private var counts: [Reason: Int] = [:]

  public init() {}

  public subscript(reason: Reason) -> Int {
    get { counts[reason] ?? 0 }
    set { counts[reason] = newValue }
  }

  public var total: Int { counts.values.reduce(0, +) }

  /// One sentence; nil when no line is missing.
  public var sentence: String? {
    guard total > 0 else { return nil }
    let parts = Reason.allCases.filter { self[$0] > 0 }.map { "\(self[$0]) as \($0.words)" }
    return "\(total) lines of the log are missing: " + parts.joined(separator: ", ")
  }

  mutating func subtract(_ others: DroppedLines) {
    for reason in Reason.allCases { self[reason] -= others[reason] }
  }

  /// The line of the log that tells of them.
  ///
  /// - Parameter isTorn: whether a line before it was not ended.
  func line(_ format: LogFormat, afterTorn isTorn: Bool) -> [UInt8] {
    var line = LogLine(format)
    line.add("time", "\(Timestamp.now())")
    line.add("level", "error")
    line.add("msg", "lines of the log are missing")
    for reason in Reason.allCases where self[reason] > 0 {
      line.add(reason.rawValue, raw: "\(self[reason])")
    }
    line.add("cause", sentence ?? "")
    return (isTorn ? [newline] : []) + line.finished()
  }
}

let newline = UInt8(ascii: "\n")
