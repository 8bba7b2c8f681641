// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc
import Synchronization

/// Writes lines to a descriptor, from a thread of its own: whoever logs never waits for a disk or a reader.
///
/// Lines that find no room in the queue, and lines that cannot be written, are dropped and counted. Once a line can
/// be written again, one before it says how many are missing, and why.
public final class LogWriter: Sendable {
  private typealias Waiter = CheckedContinuation<Void, Never>

  private struct State {
    var queue: [UInt8] = []
    /// Whether the thread waits for a permit.
    var isParked = false
    /// Whether the thread has lines that are neither written nor dropped.
    var isWriting = false
    var dropped = DroppedLines()
    /// Those of them that no line of the log has told of yet.
    var untold = DroppedLines()
    var waiters: [Waiter] = []

    mutating func drop(_ lines: Int, _ reason: DroppedLines.Reason) {
      dropped[reason] += lines
      untold[reason] += lines
    }
  }

  private let sink: LogSink
  private let format: LogFormat
  private let limit: Int
  private let permits: CInt
  private let state = Mutex(State())

  /// - Parameters:
  ///   - descriptor: standard error unless told; stays open for as long as the process runs.
  ///   - limit: bytes that wait for the thread.
  public init(
    descriptor: CInt = 2, format: LogFormat, limit: Int = 1 << 20
  ) throws(SystemError) {
    sink = LogSink(descriptor: descriptor)
    self.format = format
    self.limit = limit
    permits = linux_semaphore_create()
    guard permits >= 0 else { throw SystemError(call: "eventfd") }
    // It lives as long as the process.
    try BlockingThread.start(named: "log") { self.run() }
  }

  /// Lines lost so far.
  public var dropped: DroppedLines { state.withLock { $0.dropped } }

  /// Queues a line.
  ///
  /// - Parameter line: with the line feed at its end.
  func write(_ line: [UInt8]) {
    let wakes = state.withLock { state in
      guard state.queue.count + line.count <= limit else {
        state.drop(1, .queueFull)
        return false
      }
      state.queue += line
      defer { state.isParked = false }
      return state.isParked
    }
    if wakes { linux_semaphore_post(permits) }
  }

  /// Returns when every line is written or dropped, or after `duration`.
  public func flush(within duration: Duration) async {
    let late = Task {
      try? await Task.sleep(for: duration)
      resumeWaiters()
    }
    await withCheckedContinuation { waiter in
      let isDone = state.withLock { state in
        guard state.isWriting || !state.queue.isEmpty else { return true }
        state.waiters.append(waiter)
        return false
      }
      if isDone { waiter.resume() }
    }
    late.cancel()
  }

  private func resumeWaiters() {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  // MARK: The thread

  private func run() {
    // A reader that went away is an error of a write, and no reason to end the process.
    try? EventLoop.block(signals: [SIGPIPE])
    var batch: [UInt8] = []
    /// Whether the last line that was begun has no end.
    var isTorn = false
    while true {
      let untold = take(&batch)
      if batch.isEmpty {
        resumeWaiters()
        linux_semaphore_wait(permits)
        continue
      }
      if untold.total > 0, sink.write(untold.line(format, afterTorn: isTorn)[...]) == nil {
        isTorn = false
        state.withLock { $0.untold.subtract(untold) }
      }
      guard let failure = sink.write(batch[...]) else { continue }
      let start = failure.rest.startIndex
      if start > 0 { isTorn = batch[start - 1] != newline }
      state.withLock { $0.drop(failure.rest.count { $0 == newline }, failure.reason) }
    }
  }

  /// Takes what is queued. When that is nothing, the thread is to wait for a permit.
  ///
  /// - Parameter batch: what was taken before; its memory becomes that of the queue.
  /// - Returns: lines that are to be told of.
  private func take(_ batch: inout [UInt8]) -> DroppedLines {
    batch.removeAll(keepingCapacity: true)
    var taken = batch
    batch = []
    let untold = state.withLock { state in
      swap(&state.queue, &taken)
      state.isWriting = !taken.isEmpty
      state.isParked = taken.isEmpty
      return state.untold
    }
    batch = taken
    return untold
  }
}
