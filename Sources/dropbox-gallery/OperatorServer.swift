// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import FastCGI
import Gallery
import HTTPServer
import LogOutput
import Sockets

/// The address at which those who run the service look inside: `METRICS_LISTEN`.
struct OperatorServer {
  private let socket: ListeningSocket
  private let server: HTTPServer

  /// Begins to answer.
  ///
  /// - Throws: `Settings.Failure` when there is nowhere to listen.
  static func start(
    at listener: ListenAddress, _ application: Application, loop: EventLoop,
    figures: @escaping @Sendable () -> ProcessFigures
  ) async throws -> OperatorServer {
    let socket: ListeningSocket
    do throws(ListeningSocket.Failure) {
      socket = try ListeningSocket.open(listener)
    } catch {
      throw Settings.Failure(name: "METRICS_LISTEN", problem: error.description)
    }
    let server = HTTPServer(
      listening: socket, loop: loop,
      application: application.operatorPages(figures: figures))
    try await server.start()
    return OperatorServer(socket: socket, server: server)
  }

  func stop() async {
    await server.stop()
    socket.removeFile()
    socket.close()
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
