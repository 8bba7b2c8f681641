// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc
internal import Synchronization

/// The one I/O thread: readiness of descriptors, deadlines, and the executor of the actors that own C handles.
///
/// Every handler and every job of such an actor runs on the loop's thread, one after the other, so a handler
/// may enter its actor with `assumeIsolated`. All methods may be called from any thread. A handler that was
/// taken away on the loop's thread never runs again; taken away from another thread, it may run once more.
///
/// - Source: epoll(7), eventfd(2).
public final class EventLoop: SerialExecutor, Sendable {
  public typealias ReadinessHandler = @Sendable (Readiness) -> Void

  private struct Watch {
    let generation: UInt32
    let handler: ReadinessHandler
  }

  private struct State {
    var jobs: [UnownedJob] = []
    var watches: [CInt: Watch] = [:]
    var deadlines = Deadlines<@Sendable () -> Void>()
    var lastGeneration: UInt32 = 0
    var isAsleep = false
    var isStopping = false
  }

  private let epoll: CInt
  private let wakeUp: CInt
  private let thread = Atomic<UInt>(0)
  private let state = Mutex(State())

  /// Opens the loop's descriptors and starts its thread.
  public init(name: String = "loop") throws(SystemError) {
    epoll = linux_epoll_create()
    guard epoll >= 0 else { throw SystemError(call: "epoll_create1") }
    wakeUp = linux_wake_up_create()
    guard wakeUp >= 0 else { throw SystemError(call: "eventfd") }
    let tag = Self.tag(wakeUp, generation: 0)
    guard linux_epoll_control(epoll, linux_epoll_add, wakeUp, linux_epoll_in, tag) == 0 else {
      throw SystemError(call: "epoll_ctl")
    }
    try BlockingThread.start(named: name) { self.run() }
  }

  deinit {
    close(wakeUp)
    close(epoll)
  }

  /// Whether the caller is on the loop's thread.
  public var isCurrent: Bool {
    thread.load(ordering: .relaxed) == pthread_self()
  }

  /// Ends the loop once the jobs that are queued have run, and lets go of all handlers. The last thing to
  /// be stopped: an actor whose loop has ended never runs again. A loop that is not stopped lives for ever.
  public func stop() {
    wake { $0.isStopping = true }
  }

  // MARK: Descriptors

  /// Calls `handler` whenever `descriptor` is ready; replaces the watch it had before.
  ///
  /// - Parameter once: the watch rests after its first call, until it is set again.
  /// - Throws: `SystemError` when the descriptor cannot be watched.
  public func watch(
    _ descriptor: CInt, for readiness: Readiness, once: Bool = false,
    _ handler: @escaping ReadinessHandler
  ) throws(SystemError) {
    // Handlers are let go outside of the lock: what they hold may call the loop when it ends.
    let (generation, previous) = state.withLock { state in
      state.lastGeneration &+= 1
      let watch = Watch(generation: state.lastGeneration, handler: handler)
      return (watch.generation, state.watches.updateValue(watch, forKey: descriptor))
    }
    let events = readiness.events | (once ? linux_epoll_one_shot : 0)
    let tag = Self.tag(descriptor, generation: generation)
    let (first, second) =
      previous != nil
      ? (linux_epoll_modify, linux_epoll_add) : (linux_epoll_add, linux_epoll_modify)
    var code = linux_epoll_control(epoll, first, descriptor, events, tag)
    // A descriptor closed by its owner leaves epoll by itself, and its number may have come back.
    if code != 0, errno == ENOENT || errno == EEXIST {
      code = linux_epoll_control(epoll, second, descriptor, events, tag)
    }
    guard code == 0 else {
      let error = SystemError(call: "epoll_ctl")
      _ = state.withLock { $0.watches.removeValue(forKey: descriptor) }
      throw error
    }
  }

  /// Ends the watch of a descriptor, if there is one. To be called before the descriptor is closed.
  public func unwatch(_ descriptor: CInt) {
    guard state.withLock({ $0.watches.removeValue(forKey: descriptor) }) != nil else { return }
    _ = linux_epoll_control(epoll, linux_epoll_delete, descriptor, 0, 0)
  }

  // MARK: Deadlines

  /// Runs `action` on the loop once `delay` has passed; never earlier, at best a millisecond later.
  ///
  /// - Parameter delay: nothing to a year; less or more is taken for these.
  @discardableResult
  public func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) -> DeadlineID {
    let moment = ContinuousClock.now + min(max(delay, .zero), .seconds(31_536_000))
    return wake { $0.deadlines.insert(action, at: moment) }
  }

  /// Takes an action back. Called away from the loop's thread, it may come too late.
  public func cancel(_ deadline: DeadlineID) {
    _ = state.withLock { $0.deadlines.remove(deadline) }
  }

  // MARK: Executor

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    wake { $0.jobs.append(job) }
  }

  public func checkIsolated() {
    precondition(isCurrent, "called away from the loop's thread")
  }

  public func isIsolatingCurrentContext() -> Bool? {
    isCurrent
  }

  // MARK: The thread

  private func wake<Answer: Sendable>(
    _ change: (inout sending State) -> sending Answer
  ) -> sending Answer {
    let (answer, wasAsleep) = state.withLock { state in
      let answer = change(&state)
      defer { state.isAsleep = false }
      return (answer, state.isAsleep)
    }
    if wasAsleep { linux_wake_up(wakeUp) }
    return answer
  }

  private func run() {
    thread.store(pthread_self(), ordering: .relaxed)
    var events = [linux_epoll_ready](repeating: linux_epoll_ready(), count: 256)
    var spare: [UnownedJob] = []
    while let patience = fallAsleep() {
      let count = unsafe linux_epoll_wait(epoll, &events, CInt(events.count), patience)
      state.withLock { $0.isAsleep = false }
      for event in events.prefix(Int(max(count, 0))) { dispatch(event) }
      runDeadlines()
      runJobs(&spare)
    }
    end()
  }

  /// The thread's number may become another thread's from here on.
  private func end() {
    thread.store(0, ordering: .relaxed)
    _ = state.withLock { state in
      defer {
        state.watches = [:]
        state.deadlines = Deadlines()
      }
      return (state.watches, state.deadlines)
    }
  }

  /// Milliseconds to wait for readiness, -1 for as long as it takes; nil when the loop is to end.
  private func fallAsleep() -> CInt? {
    state.withLock { state in
      guard state.jobs.isEmpty else { return 0 }
      if state.isStopping { return nil }
      state.isAsleep = true
      guard let next = state.deadlines.next else { return -1 }
      let milliseconds = (next - ContinuousClock.now) / .milliseconds(1)
      return CInt(min(max(milliseconds.rounded(.up), 0), 60_000))
    }
  }

  private func dispatch(_ event: linux_epoll_ready) {
    let descriptor = CInt(truncatingIfNeeded: event.tag & 0xffff_ffff)
    if descriptor == wakeUp {
      linux_wake_up_clear(wakeUp)
      return
    }
    let watch = state.withLock { $0.watches[descriptor] }
    guard let watch, Self.tag(descriptor, generation: watch.generation) == event.tag else {
      return
    }
    watch.handler(Readiness(events: event.events))
  }

  private func runDeadlines() {
    let now = ContinuousClock.now
    while let action = state.withLock({ $0.deadlines.popDue(at: now) }) { action() }
  }

  /// Runs the jobs that are queued; those they queue wait for the next turn, after the descriptors.
  ///
  /// - Parameter spare: an empty array, exchanged for the queue and back, so that neither grows anew.
  private func runJobs(_ spare: inout [UnownedJob]) {
    var jobs = spare
    spare = []
    state.withLock { swap(&$0.jobs, &jobs) }
    for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    jobs.removeAll(keepingCapacity: true)
    spare = jobs
  }

  private static func tag(_ descriptor: CInt, generation: UInt32) -> UInt64 {
    UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
  }
}
