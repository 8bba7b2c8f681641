// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Told once how an answer that is held whole left: written to its end, or given up. One that is let go without a
/// word was abandoned.
public final class Delivery: Sendable {
  private let isEnded = Atomic(false)
  private let whenEnded: @Sendable (BodyStream.Ending) -> Void

  /// - Parameter whenEnded: called once, from any thread; must not block.
  public init(whenEnded: @escaping @Sendable (BodyStream.Ending) -> Void) {
    self.whenEnded = whenEnded
  }

  deinit {
    end(.abandoned)
  }

  /// Says how it ended. Only the first time counts.
  public func end(_ ending: BodyStream.Ending) {
    if !isEnded.exchange(true, ordering: .relaxed) { whenEnded(ending) }
  }
}

extension Delivery: Equatable {
  /// One is equal to itself only.
  public static func == (left: Delivery, right: Delivery) -> Bool { left === right }
}
