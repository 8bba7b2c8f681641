// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import HTTP
internal import Sockets
import Synchronization

/// Responses on their way out, piece by piece. Nothing here waits for a web server.
extension FastCGIServer {
  private enum Step {
    /// The send buffer is full.
    case wait
    /// A piece is written, and more is there.
    case more
    /// All that has come is written.
    case fetch(BodyStream)
    case broken(BodyStream.Broken)
    case finished(Outgoing?)
    case lost
  }

  /// A header of version 0, which no specification knows.
  private static var noRecord: [UInt8] { [0, 0, 0, 0, 0, 0, 0, 0] }

  /// Writes the next piece, and sees to it that somebody goes on. On an I/O thread, whose connection it is.
  func write(_ connection: Connection) {
    switch connection.work.withLock({ step(&$0, connection.descriptor) }) {
    case .wait: drain(connection)
    // Others have their turn in between.
    case .more: threads.enqueue(.answer(connection))
    case .fetch(let stream): fetch(stream, connection)
    case .broken(let broken): end(connection, broken)
    case .finished(let outgoing):
      outgoing?.end(.complete)
      goOn(connection)
    case .lost: lose(connection)
    }
  }

  private func step(_ work: inout Connection.Work, _ descriptor: CInt) -> Step {
    guard var outgoing = work.outgoing else {
      return work.exchange.finish() ? .finished(nil) : .lost
    }
    if !outgoing.isEmpty {
      // A small response fits; asking first would cost a system call each.
      guard !outgoing.isLarge || isWritable(descriptor) else { return .wait }
      guard work.exchange.put(outgoing.popPiece()) else { return .lost }
      work.outgoing = outgoing
      if !outgoing.isEmpty { return .more }
    }
    if let broken = outgoing.broken {
      return work.exchange.flush() ? .broken(broken) : .lost
    }
    if let stream = outgoing.stream, outgoing.hasMore {
      return work.exchange.flush() ? .fetch(stream) : .lost
    }
    guard work.exchange.finish() else { return .lost }
    work.outgoing = nil
    return .finished(outgoing)
  }

  /// Asks for the next piece: here, for as long as there is nothing to wait for, then on Swift's pool.
  private func fetch(_ stream: BodyStream, _ connection: Connection) {
    let task = Task.immediate {
      do throws(BodyStream.Broken) {
        self.complete(connection, .piece(.success(try await stream.next())))
      } catch {
        self.complete(connection, .piece(.failure(error)))
      }
    }
    if hasProduct(of: task, connection) { threads.enqueue(.answer(connection)) }
  }

  /// Goes on when the web server has read. A socket that broke counts as ready, and writing finds out.
  private func drain(_ connection: Connection) {
    let failure = connection.control.withLock { control -> SystemError? in
      control.phase = .draining
      do throws(SystemError) {
        try loop.watch(connection.descriptor, for: .writable, once: true) { [weak self] _ in
          let isMine = connection.control.withLock { control in
            guard control.phase == .draining else { return false }
            control.phase = .working
            return true
          }
          if isMine { self?.threads.enqueue(.answer(connection)) }
        }
        return nil
      } catch {
        control.phase = .writing
        return error
      }
    }
    guard let failure else { return }
    log(.system(failure))
    lose(connection)
  }

  private func isWritable(_ descriptor: CInt) -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe Glibc.poll(&poll, 1, 0) != 0
  }

  func widen(_ descriptor: CInt) {
    SocketOptions(of: descriptor).setSendBuffer(byteCount: Outgoing.sendBufferBytes)
  }

  // MARK: What ends early

  /// The body is not whole. The request is not ended, and what comes in its place is no record: nginx takes a
  /// connection that only ends for the end of an answer when it is not to be kept, and lets the browser wait.
  private func end(_ connection: Connection, _ broken: BodyStream.Broken) {
    log(.bodyBroken(reason: broken.reason))
    let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
    _ = unsafe send(connection.descriptor, Self.noRecord, Self.noRecord.count, flags)
    discard(connection, .broken(broken))
  }

  /// The web server is gone or does not read.
  func lose(_ connection: Connection) {
    log(.responseLost)
    discard(connection, .abandoned)
  }

  /// Nobody waits any more.
  func abandon(_ connection: Connection) {
    discard(connection, .abandoned)
  }

  private func discard(_ connection: Connection, _ ending: BodyStream.Ending) {
    let outgoing = connection.work.withLock { work in
      work.exchange.abandon()
      return work.outgoing.take()
    }
    outgoing?.end(ending)
    close(connection)
  }
}
