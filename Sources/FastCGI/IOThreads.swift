// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import DequeModule
import EventLoop
import Glibc
import Synchronization

/// The threads that call libfcgi, and their queue.
///
/// As many run as there are processors, started when there is work for them. A job is a piece of work that need not
/// wait for a web server, so slow readers do not stop everybody.
final class IOThreads: Sendable {
  /// Something to do with a connection.
  enum Job: Sendable {
    /// Read on.
    case read(Connection)
    /// Write what has come of the response.
    case answer(Connection)
  }

  typealias Performer = @Sendable (Job, inout Workbench) -> Void

  private struct State {
    var perform: Performer?
    var queue: Deque<Job> = []
    var started = 0
    var parked = 0
    var isStopping = false
  }

  private let state = Mutex(State())
  private let permits: CInt
  private let limit: Int

  /// - Parameter limit: how many run at once.
  init(limit: Int) throws(SystemError) {
    self.limit = limit
    permits = linux_semaphore_create()
    guard permits >= 0 else { throw SystemError(call: "eventfd") }
  }

  deinit {
    close(permits)
  }

  /// Starts the first thread, so that a system that refuses one is found out.
  ///
  /// - Parameter perform: does a job; called on the threads from now on.
  func start(_ perform: @escaping Performer) throws(SystemError) {
    state.withLock { state in
      state.perform = perform
      state.started = 1
    }
    try startThread()
  }

  func enqueue(_ job: Job) {
    let (wakes, starts) = state.withLock { state in
      state.queue.append(job)
      if state.parked > 0 {
        state.parked -= 1
        return (true, false)
      }
      guard state.started < limit, state.perform != nil else { return (false, false) }
      state.started += 1
      return (false, true)
    }
    if wakes { linux_semaphore_post(permits) }
    guard starts else { return }
    do { try startThread() } catch {
      // The threads there are will do.
      state.withLock { $0.started -= 1 }
    }
  }

  /// Ends every thread once it has nothing to do.
  func stop() {
    let parked = state.withLock { state in
      state.isStopping = true
      state.perform = nil
      defer { state.parked = 0 }
      return state.parked
    }
    for _ in 0..<parked { linux_semaphore_post(permits) }
  }

  private func startThread() throws(SystemError) {
    guard let perform = state.withLock({ $0.perform }) else { return }
    try BlockingThread.start(named: "fastcgi") { self.run(perform) }
  }

  private enum Next {
    case job(Job)
    case park, end
  }

  private func run(_ perform: Performer) {
    var bench = Workbench()
    while true {
      let next: Next = state.withLock { state in
        if let job = state.queue.popFirst() { return .job(job) }
        if state.isStopping { return .end }
        state.parked += 1
        return .park
      }
      switch next {
      case .job(let job): perform(job, &bench)
      case .park: linux_semaphore_wait(permits)
      case .end: return
      }
    }
  }
}
