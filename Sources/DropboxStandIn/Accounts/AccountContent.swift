// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension StandIn {
  /// What one account holds, and how its listings are paged. The properties mean what those of `Options` mean.
  public struct AccountContent: Sendable {
    public var photos: String?
    public var syntheticPictures = 0
    public var samples: String?
    public var virtualPaths: [String] = []
    public var pageLimit = 500
    public var variesPages = true

    public init(photos: String? = nil) {
      self.photos = photos
    }

    /// - Throws: `noSuchFolder` when `photos` or `samples` names none.
    func check() throws(StandInError) {
      for folder in [photos, samples] {
        if let folder, DirectoryScan.items(in: folder) == nil { throw .noSuchFolder }
      }
    }
  }
}
