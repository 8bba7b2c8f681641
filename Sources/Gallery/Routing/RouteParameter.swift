// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// A value in the path of a route.
protocol RouteParameter: Sendable {
  /// - Parameter segments: the decoded segments at the place of the value: one, or all that are left for `{/name*}`.
  /// - Returns: nil unless they are such a value.
  init?(segments: ArraySlice<String>)

  /// The text in a path. Consists of characters that need no percent-encoding.
  var pathText: String { get }

  /// The text in logs and metrics; nil to show the placeholder. Only for closed sets of a few values.
  var loggedText: String? { get }
}

extension RouteParameter {
  var loggedText: String? { nil }
}

/// Written without its prefix `id:`.
extension FileID: RouteParameter {
  init?(segments: ArraySlice<String>) {
    guard let segment = segments.first else { return nil }
    self.init("id:" + segment)
  }

  var pathText: String { String(value.dropFirst(3)) }
}

extension Rev: RouteParameter {
  init?(segments: ArraySlice<String>) {
    guard let segment = segments.first else { return nil }
    self.init(segment)
  }

  var pathText: String { value }
}

extension Rendition: RouteParameter {
  init?(segments: ArraySlice<String>) {
    guard let segment = segments.first else { return nil }
    self.init(segment: segment)
  }

  var pathText: String { segment }
  var loggedText: String? { segment }
}
