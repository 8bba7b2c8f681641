// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// The folder that Dropbox made for the app, inside of `Apps`. The API does not tell its name.
public struct AppFolder: Sendable, Equatable {
  private static let limit = 255

  /// As `DBX_APP_FOLDER` says; nil where it does not.
  public let name: String?

  /// The folder whose name nobody told.
  public init() {
    name = nil
  }

  /// - Returns: nil unless it can be the name of one folder: 1…255 bytes, no slash of either kind, no control
  ///   characters, neither `.` nor `..`.
  public init?(name: String) {
    guard 1...Self.limit ~= name.utf8.count, name != ".", name != "..",
      !name.unicodeScalars.contains(where: {
        $0 == "/" || $0 == "\\" || $0.properties.generalCategory == .control
      })
    else { return nil }
    self.name = name
  }

  /// Where a person meets the folder in their Dropbox: `Apps/name`.
  var path: String? {
    name.map { "Apps/" + $0 }
  }

  /// The address of the folder on Dropbox's site, or of one inside of it; of `Apps` where the name is not known.
  ///
  /// - Parameter album: its path as Dropbox gives it, `/Trips/2024`.
  func link(to album: String = "") -> String {
    let apps = "https://www.dropbox.com/home/Apps"
    guard let name else { return apps }
    let segments = [name] + album.split(separator: "/").map(String.init)
    return apps + segments.map { "/" + PercentCoding.encode($0) }.joined()
  }
}
