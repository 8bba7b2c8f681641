// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import FastCGI
import Gallery
import Glibc
import LogOutput
import Logging

/// A process that serves FastCGI, from its socket to its end.
struct Serving {
  /// How long requests in flight may take once the service is to stop.
  private static let stopLimit: Duration = .seconds(35)
  /// The same for a child of Apache: mod_fcgid kills it 8 s after a graceful restart begins (fcgid_pm_main.c).
  private static let childStopLimit: Duration = .seconds(6)

  let settings: Settings
  let configuration: ServiceConfiguration
  let environment: [String: String]
  /// Of settings, if one was named.
  let file: String?
  let loop: EventLoop
  let logger: Logger
  let log: LogWriter

  /// - Parameter kept: connections that a predecessor kept open.
  func serve(at listener: Listener, adopting kept: [CInt]) async throws {
    let signals = try SignalReceiver(
      Supervision.stopSignals + Supervision.reloadSignals, on: loop)
    // mod_fcgid's, which starts several.
    guard listener == .inherited(descriptor: STDIN_FILENO) else {
      // Before there is a socket: what cannot be served leaves no trace.
      let service = try service()
      let server = try server(service, at: try ListeningSocket.open(listener), adopting: kept)
      let operators = try await operators(service, server)
      try await run(server, service, signals: signals, within: Self.stopLimit)
      await operators?.stop()
      return
    }
    try await serveAsChild(at: try ListeningSocket.open(listener), signals)
  }

  /// Answers as soon as no other process of the same settings does.
  private func serveAsChild(at socket: ListeningSocket, _ signals: SignalReceiver) async throws {
    let leadership = try await Leadership.gain(
      at: MeetingPlace(name: "dropbox-gallery/\(settings.fingerprint)"), accepting: socket,
      on: loop, signals: signals, logger: logger)
    guard let leadership else { return }
    let service = try service()
    let server = try server(service, at: socket, leading: leadership.leader)
    if let connection = leadership.connection { server.adopt(accepted: connection) }
    let operators = Task {
      // An address is one process's.
      if leadership.leader == nil { return nil as OperatorServer? }
      return await operatorsOnceFree(service, server)
    }
    try await run(server, service, signals: signals, within: Self.childStopLimit)
    operators.cancel()
    await operators.value?.stop()
  }

  private func service() throws -> Service {
    try Service(configuration, from: settings, loop: loop, logger: logger, endsWithAnswer: false)
  }

  private func server(
    _ service: Service, at socket: ListeningSocket, leading leader: Leader? = nil,
    adopting kept: [CInt] = []
  ) throws -> FastCGIServer<CurrentApplication> {
    var limits = Limits()
    limits.inFlight = configuration.maxInFlight
    // A loop of its own: a thousand answers from Dropbox at once must not keep a visitor waiting at the door.
    return try FastCGIServer(
      listening: socket, leading: leader, adopting: kept, loop: try EventLoop(),
      application: service.application, limits: limits,
      log: { [logger] in logger.warning("\($0)") })
  }

  private func operators(
    _ service: Service, _ server: FastCGIServer<CurrentApplication>
  ) async throws -> OperatorServer? {
    guard let address = configuration.observation.metrics else { return nil }
    let startTime = ProcessFigures.systemStartTime()
    return try await OperatorServer.start(at: address, service.application.now, loop: loop) {
      [log] in ProcessFigures(startTime: startTime, server.census, log.dropped)
    }
  }

  /// The process that led before gives the address back when it has answered what it had.
  private func operatorsOnceFree(
    _ service: Service, _ server: FastCGIServer<CurrentApplication>
  ) async -> OperatorServer? {
    let end = ContinuousClock.now + Self.childStopLimit + .seconds(4)
    while !Task.isCancelled {
      do {
        return try await operators(service, server)
      } catch {
        guard ContinuousClock.now < end else {
          logger.warning("\(error)")
          return nil
        }
        try? await Task.sleep(for: .milliseconds(200))
      }
    }
    return nil
  }

  private func run(
    _ server: FastCGIServer<CurrentApplication>, _ service: Service,
    signals: SignalReceiver, within stopLimit: Duration
  ) async throws {
    let supervision = try Supervision(environment, logger: logger)
    // One reload after the other; one that is asked for meanwhile is made once more.
    let (reloads, askForReload) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    signals.hand { signal in
      if Supervision.reloadSignals.contains(signal) {
        askForReload.yield()
      } else {
        supervision.stop(server, within: stopLimit)
      }
      return true
    }
    let (environment, file) = (environment, file)
    let reloading = Task {
      for await _ in reloads {
        await supervision.reload {
          await service.reload { () throws(Settings.Failure) in
            try Settings(environment: environment, file: file)
          }
        }
      }
    }
    defer { reloading.cancel() }
    logger.info("listening")
    supervision.begin(loops: [loop, server.loop])
    try await server.run()
    supervision.end()
  }
}
