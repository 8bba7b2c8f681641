// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Why the stand-in does not start.
public enum StandInError: Error, Equatable, Sendable {
  /// The port of this host is taken or not allowed.
  case cannotListen(host: String, port: UInt16)
  /// The folder of pictures cannot be read.
  case noSuchFolder
}
