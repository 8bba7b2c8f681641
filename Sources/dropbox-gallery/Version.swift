// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The one place where the version stands; `conf/version` reads it from here.
enum Version {
  static let current = "1.0.0"
}
