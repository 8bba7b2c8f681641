// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What one I/O thread works with: a place to receive into, and the file libfcgi reads from.
struct Workbench: ~Copyable, Sendable {
  var received = [UInt8](repeating: 0, count: 65_536)
  var memory = MemoryFile()
}
