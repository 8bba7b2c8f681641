// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import Foundation

/// A request as the stand-in sees it: one value, its body already read.
struct Call: Sendable {
  let host: Host
  let method: String
  /// The path as sent, percent-coded.
  let path: String
  let query: FormPairs
  let fields: HTTPHeaders
  let body: Data

  func field(_ name: String) -> String? { fields[HTTPHeader(name)] }
}

/// The hosts of Dropbox that the stand-in plays, and the one that steers it.
enum Host: String, CaseIterable, Sendable {
  case www
  case api
  case content
  case links
  case control
}
