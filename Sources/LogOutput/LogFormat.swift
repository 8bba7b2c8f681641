// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// How a line of the log is written.
public enum LogFormat: String, Sendable, CaseIterable {
  /// `time=… level=info msg=request id=…`: values with a space, a quote or an equals sign stand in quotes, with the
  /// escapes of JSON.
  case logfmt
  /// One JSON object.
  case json
}
