// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import HTTP
import Synchronization

extension FastCGIServer {
  private enum Arrival {
    case request(Request)
    case partial(RequestRecords.Stage)
    case ended
  }

  /// Receives what has come, and begins to answer once a request is whole. On an I/O thread.
  func read(_ connection: Connection, _ bench: inout Workbench) {
    let arrival = connection.work.withLock { receive(connection.descriptor, &$0, &bench) }
    switch arrival {
    case .request(var request):
      request.arrived = connection.control.withLock { $0.arrived }
      begin(request, connection)
    case .partial(let stage): rest(connection, stage)
    case .ended: close(connection)
    }
  }

  private func receive(
    _ descriptor: CInt, _ work: inout Connection.Work, _ bench: inout Workbench
  ) -> Arrival {
    do throws(any Error) {
      while work.records.stage != .complete {
        if !work.pending.isEmpty {
          let pending = work.pending
          work.pending = []
          try take(pending.span, descriptor, &work)
          continue
        }
        let capacity = bench.received.count
        let count = unsafe recv(descriptor, &bench.received, capacity, CInt(MSG_DONTWAIT))
        if count == 0 { return .ended }
        guard count > 0 else {
          return errno == EAGAIN || errno == EINTR ? .partial(work.records.stage) : .ended
        }
        try take(bench.received.span.extracting(..<count), descriptor, &work)
        if count < capacity, work.records.stage != .complete {
          return .partial(work.records.stage)
        }
      }
      let request = try work.exchange.read(
        work.records, through: &bench.memory, limits)
      work.method = request.method
      work.records.forgetBytes()
      return .request(request)
    } catch let error as RequestRecords.Refusal {
      log(.refused(reason: "\(error)"))
    } catch {
      work.exchange.abandon()
      log(.refused(reason: "\(error)"))
    }
    return .ended
  }

  private func take(
    _ bytes: Span<UInt8>, _ descriptor: CInt, _ work: inout Connection.Work
  ) throws(RequestRecords.Refusal) {
    defer { sendReplies(descriptor, &work.records) }
    let taken = try work.records.consume(bytes)
    if taken < bytes.count, !work.records.isCutShort {
      work.pending.append(copying: bytes.extracting(taken...))
    }
  }

  /// These few bytes fit any send buffer; one that is full belongs to nobody who waits for an answer.
  private func sendReplies(_ descriptor: CInt, _ records: inout RequestRecords) {
    guard !records.replies.isEmpty else { return }
    let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
    _ = unsafe send(descriptor, records.replies, records.replies.count, flags)
    records.replies = []
  }

  // MARK: Waiting for bytes

  /// Lets the loop watch for more. Under the connection's lock: whoever closes it takes the same lock, so a
  /// descriptor that was closed, and perhaps opened by somebody else, is never watched.
  func rest(_ connection: Connection, _ stage: RequestRecords.Stage) {
    let givesPlaceBack = connection.control.withLock { control in
      if stage == .body, control.stage != .body { control.deadline = .now + limits.bodyTime }
      control.stage = stage
      guard stage == .idle, control.isKept else { return false }
      control.deadline = .now + limits.idleTime
      defer { control.isCounted = false }
      return control.isCounted
    }
    if givesPlaceBack { givePlaceBack() }
    let failure = connection.control.withLock { control -> SystemError? in
      control.phase = .resting
      do throws(SystemError) {
        try watch(connection)
        return nil
      } catch {
        control.phase = .working
        return error
      }
    }
    guard let failure else {
      // The stop may have looked for idle connections a moment before this one was.
      if stage == .idle { handOverLater() }
      return
    }
    log(.system(failure))
    close(connection)
  }

  private func watch(_ connection: Connection) throws(SystemError) {
    try loop.watch(connection.descriptor, for: .readable, once: true) { [weak self] _ in
      self?.wakeUp(connection)
    }
  }

  /// Bytes have come, or the end. On the loop.
  private func wakeUp(_ connection: Connection) {
    let (isMine, isCounted) = connection.control.withLock { control in
      guard control.phase == .resting else { return (false, false) }
      control.phase = .working
      if control.isKept, control.stage == .idle {
        control.arrived = .now
        control.deadline = .now + limits.parameterTime
      }
      return (true, control.isCounted)
    }
    guard isMine else { return }
    if !isCounted {
      guard takePlace(for: connection) else { return }
      connection.control.withLock { $0.isCounted = true }
    }
    threads.enqueue(.read(connection))
  }
}
