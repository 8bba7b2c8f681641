// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The paths for operators, at the address of `METRICS_LISTEN`. On the public site the web server withholds them, and the
/// service has only those that `RouteName` lists too.
enum OperatorRoute: String, CaseIterable {
  case metrics
  /// Whether the process runs.
  case healthy = "healthz"
  /// Whether the process runs and Redis answers.
  case ready = "readyz"

  var path: String { "/" + rawValue }
}
