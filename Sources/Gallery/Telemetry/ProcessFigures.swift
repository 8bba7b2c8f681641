// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What only the process as a whole can tell of itself at a moment.
public struct ProcessFigures: Sendable {
  /// Open connections from web servers; of them those on which no request is.
  public var connections = 0
  public var idleConnections = 0
  public var inFlight = 0
  /// Kept connections whose next request waits for another to be answered.
  public var waiting = 0
  public var oldestSeconds = 0.0

  /// In bytes.
  public var residentMemory = 0
  public var openDescriptors = 0
  /// Used by all threads since the start.
  public var processorSeconds = 0.0
  /// When the process began, in seconds since 1970.
  public var startTime = 0.0

  /// Lines of the log that are missing, by the reason.
  public var droppedLines: [(reason: String, lines: Int)] = []
  /// The same in words; nil when none is missing.
  public var logFault: String?

  public init() {}
}
