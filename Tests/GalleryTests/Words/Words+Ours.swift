// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import Gallery

extension Words {
  /// The folder of the templates and tables that go out with the service.
  static let ourViews = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "views").path

  /// Those that go out with the service.
  static func ours(_ language: Language) throws -> Words {
    try WordTables(folder: ourViews)[language]
  }
}
