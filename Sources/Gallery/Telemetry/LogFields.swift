// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The names in log lines: a contract with who reads them, see `Operating/Seeing`.
public enum LogFields {
  /// In the order in which they are read best.
  public static let order = [
    "id", "method", "route", "status", "stage", "ms", "bytes", "waiting_ms", "redis", "redis_ms",
    "dropbox", "dropbox_ms", "rendering_ms", "writing_ms", "account", "cut", "cause",
  ]
}
