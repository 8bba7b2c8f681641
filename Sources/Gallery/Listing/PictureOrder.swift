// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// In which order the pictures of a folder are shown. The raw value stands in URLs and in a cookie.
enum PictureOrder: String, CaseIterable, Sendable {
  case newest
  case oldest
  case name
  case nameDown = "name-down"

  static let standard = PictureOrder.newest

  /// Sorts totally: pictures of the same second by name, pictures of the same name by id.
  func sorted(_ pictures: [Picture]) -> [Picture] {
    pictures.map { (name: NaturalName($0.name), picture: $0) }
      .sorted { isBefore($0, $1) }
      .map(\.picture)
  }

  private typealias Named = (name: NaturalName, picture: Picture)

  private func isBefore(_ left: Named, _ right: Named) -> Bool {
    switch self {
    case .newest where left.picture.modified != right.picture.modified:
      left.picture.modified > right.picture.modified
    case .oldest where left.picture.modified != right.picture.modified:
      left.picture.modified < right.picture.modified
    case .newest, .oldest, .name: Self.isBeforeByName(left, right)
    case .nameDown: Self.isBeforeByName(right, left)
    }
  }

  private static func isBeforeByName(_ left: Named, _ right: Named) -> Bool {
    left.name == right.name
      ? left.picture.id.value < right.picture.id.value : left.name < right.name
  }
}
