// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Threads of their own for work that would hold up Swift's pool.
enum OffPool {
  private static let pictureQueue: OperationQueue = {
    let queue = OperationQueue()
    queue.name = "standin.pictures"
    queue.maxConcurrentOperationCount = max(1, ProcessInfo.processInfo.activeProcessorCount)
    return queue
  }()
  private static let diskQueue = DispatchQueue(label: "standin.disk")

  /// Decoding and encoding of pictures.
  static func pictures<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      pictureQueue.addOperation { continuation.resume(returning: work()) }
    }
  }

  /// Reading folders and hashing files, one after the other.
  static func disk<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      diskQueue.async { continuation.resume(returning: work()) }
    }
  }
}
