// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import DequeModule
import EventLoop
import Glibc
import Synchronization

/// The threads that call libfcgi, and their queue.
///
/// As many run as there are processors. A write that may have to wait for the web server steps aside, and lets
/// another thread run in its place, so slow readers do not stop everybody.
final class IOThreads: Sendable {
  /// Something to do with a connection.
  enum Job: Sendable {
    /// Read on.
    case read(Connection)
    /// Write the response that has come.
    case answer(Connection)
  }

  /// More threads than this are never started.
  static let limit = 64

  typealias Performer = @Sendable (Job, inout Workbench) -> Void

  private struct State {
    var perform: Performer?
    var queue: Deque<Job> = []
    var started = 0
    var running = 0
    var parked = 0
    var isStopping = false
  }

  private let state = Mutex(State())
  private let permits: CInt
  private let running: Int

  /// - Parameter running: how many run at once.
  init(running: Int) throws(SystemError) {
    self.running = running
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
      state.running = 1
    }
    try startThread()
  }

  func enqueue(_ job: Job) {
    letRun { $0.queue.append(job) }
  }

  /// Calls `body`, which may wait, while another thread runs in the place of this one.
  func aside<Answer>(_ body: () -> Answer) -> Answer {
    letRun { $0.running -= 1 }
    let answer = body()
    state.withLock { $0.running += 1 }
    return answer
  }

  /// Ends every thread once it has nothing to do.
  func stop() {
    let parked = state.withLock { state in
      state.isStopping = true
      state.perform = nil
      defer { state.parked = 0 }
      state.running += state.parked
      return state.parked
    }
    for _ in 0..<parked { linux_semaphore_post(permits) }
  }

  /// Wakes or starts a thread when there is work for it and a processor.
  private func letRun(after change: (inout State) -> Void) {
    let (wakes, starts) = state.withLock { state in
      change(&state)
      guard !state.queue.isEmpty, state.running < running, state.perform != nil else {
        return (false, false)
      }
      if state.parked > 0 {
        state.parked -= 1
        state.running += 1
        return (true, false)
      }
      guard state.started < Self.limit else { return (false, false) }
      state.started += 1
      state.running += 1
      return (false, true)
    }
    if wakes { linux_semaphore_post(permits) }
    guard starts else { return }
    do { try startThread() } catch {
      // The threads there are will do.
      state.withLock {
        $0.started -= 1
        $0.running -= 1
      }
    }
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
        if state.running <= running, let job = state.queue.popFirst() { return .job(job) }
        state.running -= 1
        if state.isStopping, state.queue.isEmpty { return .end }
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
