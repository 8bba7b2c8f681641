// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventLoop
import FastCGI
import FoundationEssentials
import Gallery
import Glibc
import LogOutput
import Logging

/// Serves until SIGTERM or SIGINT, or answers one CGI request. SIGHUP reads settings, views and words anew.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve FastCGI on FCGI_SOCKET or a socket passed on, or answer one CGI request.")

  /// How long requests in flight may take once the service is to stop.
  private static let stopLimit: Duration = .seconds(35)
  /// The same for a child of Apache: mod_fcgid kills it 8 s after a graceful restart begins (fcgid_pm_main.c).
  private static let childStopLimit: Duration = .seconds(6)

  @OptionGroup var options: SettingsOptions
  /// How long the last lines of the log may take.
  private static let flushLimit: Duration = .seconds(1)

  func run() async throws {
    do {
      try await serve(environment: ProcessInfo.processInfo.environment)
    } catch let usage as ValidationError {
      throw usage
    } catch {
      Main.exit(withError: error)
    }
  }

  private func serve(environment: [String: String]) async throws {
    let settings = try Settings(environment: environment, file: options.file)
    let configuration = try ServiceConfiguration(settings)
    let invocation = try Invocation.resolve(
      socket: configuration.socket, environment: environment)
    let loop = try EventLoop()
    let log = try LogWriter(format: configuration.observation.format)
    let logger = Logger(label: "gallery") { _ in
      LineLogHandler(
        level: configuration.observation.level, format: configuration.observation.format,
        order: LogFields.order, writer: log)
    }
    let service = try Service(
      configuration, from: settings, loop: loop, logger: logger,
      endsWithAnswer: invocation == .cgi)
    switch invocation {
    case .fastCGI(let listener, let kept):
      // A loop of its own: a thousand answers from Dropbox at once must not keep a visitor waiting at the door.
      let door = try EventLoop()
      var limits = Limits()
      limits.inFlight = configuration.maxInFlight
      let server = try FastCGIServer(
        listening: try ListeningSocket.open(listener), adopting: kept, loop: door,
        application: service.application, limits: limits, log: { logger.warning("\($0)") })
      // mod_fcgid's, which starts several.
      let isChild = listener == .inherited(descriptor: STDIN_FILENO)
      let operators = try await operators(
        configuration, service, server, loop: loop, log: log, isChild: isChild)
      try await run(
        server, service, environment: environment, loops: [loop, door],
        stopLimit: isChild ? Self.childStopLimit : Self.stopLimit)
      await operators?.stop()
    case .cgi:
      try await CGIProcess.respond(environment: environment, application: service.application)
    case .usage:
      throw ValidationError(
        "There is nothing to answer: set FCGI_SOCKET, pass a listening socket, or run as CGI.")
    }
    await log.flush(within: Self.flushLimit)
  }

  private func operators(
    _ configuration: ServiceConfiguration, _ service: Service,
    _ server: FastCGIServer<CurrentApplication>, loop: EventLoop, log: LogWriter, isChild: Bool
  ) async throws -> OperatorServer? {
    guard let address = configuration.observation.metrics else { return nil }
    guard !isChild else {
      service.logger.warning(
        "METRICS_LISTEN is left aside: behind mod_fcgid several processes run, and an address is one's"
      )
      return nil
    }
    let startTime = ProcessFigures.systemStartTime()
    return try await OperatorServer.start(at: address, service.application.now, loop: loop) {
      ProcessFigures(startTime: startTime, server.census, log.dropped)
    }
  }

  private func run(
    _ server: FastCGIServer<CurrentApplication>, _ service: Service,
    environment: [String: String], loops: [EventLoop], stopLimit: Duration
  ) async throws {
    let supervision = try Supervision(environment, logger: service.logger)
    // One reload after the other; one that is asked for meanwhile is made once more.
    let (reloads, askForReload) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    try loops[0].onSignal(Supervision.stopSignals + Supervision.reloadSignals) { signal in
      if Supervision.reloadSignals.contains(signal) {
        askForReload.yield()
      } else {
        supervision.stop(server, within: stopLimit)
      }
    }
    let file = options.file
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
    service.logger.info("listening")
    supervision.begin(loops: loops)
    try await server.run()
    supervision.end()
  }
}
