// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox

@testable import Gallery

/// The plainest way to sort pictures, to hold the index against.
extension PictureOrder {
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
