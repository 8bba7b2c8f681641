// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// In which order the pictures of a folder are shown. The raw value stands in URLs and in a cookie.
enum PictureOrder: String, CaseIterable, Sendable {
  case newest
  case oldest
  case name
  case nameDown = "name-down"

  static let standard = PictureOrder.newest
}
