// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import FastCGI
import Gallery
import HTTPServer
import LogOutput

/// The address at which those who run the service look inside: `METRICS_LISTEN`.
struct OperatorServer {
  private let socket: ListeningSocket
  private let server: HTTPServer

  /// Begins to answer.
  ///
  /// - Throws: `Settings.Failure` when there is nowhere to listen.
  static func start(
    at listener: Listener, _ application: Application, loop: EventLoop,
    figures: @escaping @Sendable () -> ProcessFigures
  ) async throws -> OperatorServer {
    let socket: ListeningSocket
    do throws(ListeningSocket.Failure) {
      socket = try ListeningSocket.open(listener)
    } catch {
      throw Settings.Failure(name: "METRICS_LISTEN", problem: Self.words(for: error))
    }
    let server = HTTPServer(
      listening: socket.descriptor, loop: loop,
      application: application.operatorPages(figures: figures))
    try await server.start()
    return OperatorServer(socket: socket, server: server)
  }

  func stop() async {
    await server.stop()
    socket.removeFile()
    socket.close()
  }

  private static func words(for failure: ListeningSocket.Failure) -> String {
    switch failure {
    case .inUse: "is in use: another process answers there"
    case .notASocket: "names a file that is not a socket"
    case .system(let error): "cannot be opened: \(error)"
    }
  }
}

extension ProcessFigures {
  /// - Parameter census: of the connections from web servers.
  init(startTime: Double, _ census: Census, _ dropped: DroppedLines) {
    self.init()
    self.startTime = startTime
    connections = census.connections
    idleConnections = census.idle
    inFlight = census.inFlight
    waiting = census.waiting
    oldestSeconds = (census.oldest ?? .zero) / .seconds(1)
    droppedLines = DroppedLines.Reason.allCases.map { ($0.rawValue, dropped[$0]) }
    logFault = dropped.sentence
    readSystem()
  }
}
