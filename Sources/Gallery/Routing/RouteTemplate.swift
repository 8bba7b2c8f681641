// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The form of a path: segments that are fixed or, as `{name}`, the place of a value. `{/name*}` at the end stands for any
/// number of segments, none included.
///
/// - Source: RFC 6570 (URI Template), level 1 and the path segment expansion of level 4.
struct RouteTemplate: Sendable, Equatable {
  private enum Segment: Equatable {
    case fixed(String)
    case value(name: String)
  }

  private let segments: [Segment]
  private let hasTail: Bool

  init(_ text: String) {
    let tail = text.firstRange(of: "{/")
    hasTail = tail != nil
    segments = text[..<(tail?.lowerBound ?? text.endIndex)].split(separator: "/").map {
      $0.hasPrefix("{") ? .value(name: String($0)) : .fixed(String($0))
    }
  }

  /// - Returns: for each placeholder the segments at its place; nil for a path of another form.
  func match(_ path: ArraySlice<String>) -> [ArraySlice<String>]? {
    guard hasTail ? path.count >= segments.count : path.count == segments.count else { return nil }
    var values: [ArraySlice<String>] = []
    var rest = path
    for segment in segments {
      let own = rest.prefix(1)
      rest = rest.dropFirst()
      switch segment {
      case .fixed(let text): guard own.first == text else { return nil }
      case .value: values.append(own)
      }
    }
    if hasTail { values.append(rest) }
    return values
  }

  /// - Parameter values: one for each placeholder.
  func path(with values: [any RouteParameter]) -> String {
    var path = ""
    // Most paths fit, and growing in steps takes longer than the rest.
    path.reserveCapacity(80)
    var place = 0
    for segment in segments {
      path.append("/")
      switch segment {
      case .fixed(let text): path.append(text)
      case .value(let name):
        path.append(place < values.count ? values[place].pathText : name)
        place += 1
      }
    }
    if hasTail, place < values.count { path.append(values[place].pathText) }
    return path.isEmpty ? "/" : path
  }

  /// For logs: the template without its tail, with the values that are no secret and few.
  func pattern(showing values: [any RouteParameter]) -> String {
    var values = values[...]
    var pattern = ""
    for segment in segments {
      pattern += "/"
      switch segment {
      case .fixed(let text): pattern += text
      case .value(let name): pattern += values.popFirst()?.loggedText ?? name
      }
    }
    return pattern.isEmpty ? "/" : pattern
  }
}
