// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gallery
import LogOutput
import Logging
import TestSupport

/// A file that log entries are written to as in production, from `trace` on.
struct LogFile {
  let logger: Logger
  private let folder: TemporaryFolder
  private let file: FileHandle
  private let writer: LogWriter

  init(_ format: LogFormat) throws {
    folder = try TemporaryFolder()
    let path = try folder.write("", to: "log")
    file = try FileHandle(forUpdating: URL(filePath: path))
    let writer = try LogWriter(descriptor: file.fileDescriptor, format: format)
    self.writer = writer
    logger = Logger(label: "application-tests") { _ in
      LineLogHandler(level: .trace, format: format, order: LogFields.order, writer: writer)
    }
  }

  /// All entries so far.
  func text() async throws -> String {
    await writer.flush(within: .seconds(10))
    return try String(contentsOfFile: folder.path(of: "log"), encoding: .utf8)
  }
}
