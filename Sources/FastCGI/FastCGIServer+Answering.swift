// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import HTTP
import Synchronization

extension FastCGIServer {
  /// Responses longer than this may not fit the send buffer, in bytes.
  private static var largeResponse: Int { 65_536 }

  /// Runs the handler: here, for as long as it has nothing to wait for, then on Swift's pool. On an I/O thread.
  func begin(_ request: Request, _ connection: Connection, _ bench: inout Workbench) {
    let task = Task.immediate { [application] in
      let response = await application.respond(to: request)
      self.complete(connection, response)
    }
    let hasResponse = connection.control.withLock { control in
      guard control.response == nil else { return true }
      control.task = task
      control.deadline = .now + limits.handlingTime
      control.phase = .handling
      watchForEnd(connection)
      return false
    }
    if hasResponse { answer(connection, &bench) }
  }

  /// The handler is done. On any thread.
  private func complete(_ connection: Connection, _ response: Response) {
    let wasWaitedFor = connection.control.withLock { control in
      control.response = response
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
    let ends: Readiness = socket.isTCP ? .halfClosed : []
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

  /// Writes the response. On an I/O thread.
  func answer(_ connection: Connection, _ bench: inout Workbench) {
    let (response, isGone) = connection.control.withLock { control in
      control.phase = .writing
      control.deadline = .now + limits.writeTime
      return (control.response.take(), control.isGone)
    }
    guard let response, !isGone else { return close(connection) }
    let isLarge = response.body.count > Self.largeResponse
    let isSent = isLarge ? threads.aside { send(response, connection) } : send(response, connection)
    guard isSent else {
      log(.responseLost)
      return close(connection)
    }
    goOn(connection)
  }

  private func send(_ response: Response, _ connection: Connection) -> Bool {
    connection.work.withLock { work in
      do throws(HeaderBlock.Failure) {
        let head = try HeaderBlock(response, to: work.method)
        return work.exchange.write(
          head.bytes, head.hasBody ? response.body : [], to: connection.descriptor)
      } catch {
        log(.invalidResponse(reason: "\(error)"))
        let head = Array("Status: 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n".utf8)
        return work.exchange.write(head, [], to: connection.descriptor)
      }
    }
  }

  /// Keeps the connection for its next request, or closes it.
  private func goOn(_ connection: Connection) {
    let isStopping = state.withLock { $0.isStopping }
    let (keeps, isCutShort, hasPending) = connection.work.withLock { work in
      let former = work.records
      work.records = RequestRecords(limits: limits)
      return (
        former.keepsConnection && !former.isCutShort, former.isCutShort, !work.pending.isEmpty
      )
    }
    if isCutShort { return linger(connection) }
    guard keeps, !isStopping else { return close(connection) }
    connection.control.withLock { control in
      control.phase = .working
      control.isKept = true
      control.stage = .idle
      control.deadline = .now + limits.parameterTime
    }
    if hasPending { return threads.enqueue(.read(connection)) }
    rest(connection, .idle)
  }
}
