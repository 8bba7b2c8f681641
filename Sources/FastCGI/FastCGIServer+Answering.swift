// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import HTTP
import Synchronization

extension FastCGIServer {
  /// Runs the handler: here, for as long as it has nothing to wait for, then on Swift's pool. On an I/O thread.
  func begin(_ request: Request, _ connection: Connection) {
    let task = Task.immediate { [application] in
      let response = await application.respond(to: request)
      self.complete(connection, .response(response))
    }
    if hasProduct(of: task, connection) { answer(connection) }
  }

  /// Leaves the connection to a task, unless that is done already.
  func hasProduct(of task: Task<Void, Never>, _ connection: Connection) -> Bool {
    connection.control.withLock { control in
      guard control.product == nil else { return true }
      control.task = task
      control.deadline = .now + limits.handlingTime
      control.phase = .handling
      watchForEnd(connection)
      return false
    }
  }

  /// The task is done. On any thread.
  func complete(_ connection: Connection, _ product: Connection.Product) {
    let wasWaitedFor = connection.control.withLock { control in
      control.product = product
      control.task = nil
      guard control.phase == .handling else { return false }
      control.phase = .working
      return true
    }
    if wasWaitedFor { threads.enqueue(.answer(connection)) }
  }

  /// Cancels the handler when nobody waits for its answer any more.
  ///
  /// On a Unix socket the end of both directions says so. On TCP a FIN is all there is; no web server sends it
  /// while it waits for a response.
  private func watchForEnd(_ connection: Connection) {
    let ends: Readiness = isTCP ? .halfClosed : []
    do {
      try loop.watch(connection.descriptor, for: ends, once: true) { _ in
        let task = connection.control.withLock { control -> Task<Void, Never>? in
          guard control.phase == .handling else { return nil }
          control.isGone = true
          return control.task
        }
        task?.cancel()
      }
    } catch {
      // It will be found out when the response is written.
      log(.system(error))
    }
  }

  /// Writes what a task has made, or goes on with it. On an I/O thread.
  func answer(_ connection: Connection) {
    let (product, isGone) = connection.control.withLock { control in
      control.phase = .writing
      control.deadline = .now + limits.writeTime
      return (control.product.take(), control.isGone)
    }
    guard !isGone else { return abandon(connection) }
    switch product {
    case .response(let response):
      guard begin(response, connection) else { return lose(connection) }
    case .piece(.success(let bytes)): connection.work.withLock { $0.outgoing?.add(bytes) }
    case .piece(.failure(let broken)):
      connection.work.withLock { $0.outgoing?.breakOff(broken) }
    case nil: break
    }
    write(connection)
  }

  private func begin(_ response: Response, _ connection: Connection) -> Bool {
    connection.work.withLock { work in
      do throws(HeaderBlock.Failure) {
        let head = try HeaderBlock(response, to: work.method)
        let outgoing = Outgoing(head.hasBody ? response.body : .bytes([]), response.delivery)
        if outgoing.isLarge { widen(connection.descriptor) }
        work.outgoing = outgoing
        return work.exchange.begin(head.bytes, on: connection.descriptor)
      } catch {
        log(.invalidResponse(reason: "\(error)"))
        work.outgoing = nil
        return work.exchange.begin(HeaderBlock.ofFailure, on: connection.descriptor)
      }
    }
  }

  /// Keeps the connection for its next request, or closes it.
  func goOn(_ connection: Connection) {
    let (isStopping, isCrowded, successor) = state.withLock { state in
      (
        state.isStopping, state.connections.count > state.connectionLimit / 4 * 3, state.successor
      )
    }
    let (keeps, isCutShort, hasPending) = connection.work.withLock { work in
      let former = work.records
      work.records = RequestRecords(limits: limits)
      return (
        former.keepsConnection && !former.isCutShort, former.isCutShort, !work.pending.isEmpty
      )
    }
    if isCutShort { return linger(connection) }
    if keeps, !hasPending, let successor, !successor([connection.descriptor]) {
      log(.notHandedOver(connections: 1))
    }
    // Where descriptors are scarce, those who wait for one go before those who might come back.
    guard keeps, !isStopping, !isCrowded else { return close(connection) }
    connection.control.withLock { control in
      control.phase = .working
      control.isKept = true
      control.stage = .idle
      control.arrived = .now
      control.deadline = .now + limits.parameterTime
    }
    if hasPending { return threads.enqueue(.read(connection)) }
    rest(connection, .idle)
  }
}
