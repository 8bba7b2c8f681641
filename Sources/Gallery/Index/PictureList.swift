// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The pictures of a folder at one moment. Each order is sorted once, when somebody wants it.
final class PictureList: Sendable {
  /// Whether the whole folder was read.
  let isComplete: Bool
  private let pictures: [Picture]
  private let sorted = Mutex<[PictureOrder: [Picture]]>([:])

  init(_ pictures: [Picture], isComplete: Bool) {
    self.pictures = pictures
    self.isComplete = isComplete
  }

  func sorted(by order: PictureOrder) -> [Picture] {
    if let known = sorted.withLock({ $0[order] }) { return known }
    // Outside of the lock: a large folder takes a while, and another order need not wait for it.
    let list = order.sorted(pictures)
    sorted.withLock { $0[order] = list }
    return list
  }
}
