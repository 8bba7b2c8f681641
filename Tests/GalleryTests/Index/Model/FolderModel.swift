// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox

@testable import Gallery

/// The plainest index of a folder, to hold the real one against: a dictionary.
struct FolderModel {
  enum Item: Equatable {
    case picture(Picture)
    case album(Album)
    case other
  }

  private(set) var items: [String: Item] = [:]
  /// The page with which each picture came, 0 for the first reading.
  private(set) var came: [FileID: Int] = [:]

  mutating func apply(_ entries: [Entry], page: Int) {
    let before = came
    for entry in entries {
      switch entry {
      case .file(let file):
        drop(file.id)
        items[file.name.lowercased()] = file.isPicture ? .picture(Picture(file)) : .other
      case .folder(let folder):
        drop(folder.id)
        items[folder.name.lowercased()] = .album(Album(id: folder.id, name: folder.name))
      case .deleted(let name, _): items[name.lowercased()] = nil
      case .unknown: break
      }
    }
    came = Dictionary(
      uniqueKeysWithValues: pictures.map { ($0.id, before[$0.id] ?? page) })
  }

  var pictures: [Picture] {
    items.values.compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }

  var albums: [Album] {
    items.values.compactMap { if case .album(let album) = $0 { album } else { nil } }
      .sorted { NaturalName($0.name) < NaturalName($1.name) }
  }

  var others: Int { items.values.count { $0 == .other } }

  private mutating func drop(_ id: FileID) {
    items = items.filter { _, item in
      switch item {
      case .picture(let picture): picture.id != id
      case .album(let album): album.id != id
      case .other: true
      }
    }
  }
}
