// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import FastCGI
import Gallery
import Glibc
import LogOutput
import Logging
import Sockets
import SystemPackage

/// A process that answers FastCGI requests, until it is told to stop.
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

  /// Answers what arrives at a socket.
  ///
  /// - Parameter kept: connections that a predecessor kept open.
  func serve(at listener: ListenAddress, adopting kept: [CInt]) async throws {
    // Before there is a socket: what cannot be served leaves no trace.
    let service = try service()
    let server = try server(
      service, try ListeningSocket.openForRequests(listener), adopting: kept)
    // spawn-fcgi's, which may have started several.
    guard listener != .inherited(descriptor: STDIN_FILENO) else {
      return try await runWithOperatorsOnceFree(server, service)
    }
    let operators = try await operators(service, server)
    try await run(server, service, within: Self.stopLimit)
    await operators?.stop()
  }

  /// Answers what arrives at the socket of one child of Apache. No operators: an address is one process's.
  func serve(childAt socket: ListeningSocket) async throws {
    let service = try service()
    try await run(try server(service, socket), service, within: Self.childStopLimit)
  }

  /// Answers what relays pass on, for as long as there is one.
  ///
  /// - Parameter descriptor: where they come.
  func serve(relaysAt descriptor: CInt) async throws {
    nameProcess()
    // Starting may hang too, on a folder that does not answer; `Supervision` takes this over.
    alarm(Supervision.alarmSeconds)
    let service = try service()
    let socket = try ListeningSocket.openForRequests(.inherited(descriptor: descriptor))
    let relays = RelayListener(listening: socket) { kill(getpid(), SIGTERM) }
    let server = try FastCGIServer(
      relays: relays, loop: try Self.door(), application: service.application, limits: limits,
      log: report)
    try await runWithOperatorsOnceFree(server, service, hasAlarm: true)
  }

  /// What `ps` and `pkill` call it: the kernel took the name from `/proc/self/exe`.
  private func nameProcess() {
    guard let name = CommandLine.arguments.first?.split(separator: "/").last,
      let file = try? unsafe FileDescriptor.open("/proc/self/comm", .writeOnly)
    else { return }
    _ = try? file.closeAfter { try file.writeAll(name.utf8) }
  }

  private func service() throws -> Service {
    try Service(configuration, from: settings, loop: loop, logger: logger, endsWithAnswer: false)
  }

  private func server(
    _ service: Service, _ socket: ListeningSocket, adopting kept: [CInt] = []
  ) throws -> FastCGIServer<CurrentApplication> {
    try FastCGIServer(
      listening: socket, adopting: kept, loop: try Self.door(), application: service.application,
      limits: limits, log: report)
  }

  /// A loop of its own: a thousand answers from Dropbox at once must not keep a visitor waiting at the door.
  private static func door() throws -> EventLoop { try EventLoop() }

  private var limits: Limits { .service(configuration) }

  private var report: @Sendable (Diagnostic) -> Void {
    { [logger] in logger.warning("\($0)") }
  }

  // MARK: Operators

  private func operators(
    _ service: Service, _ server: FastCGIServer<CurrentApplication>
  ) async throws -> OperatorServer? {
    guard let address = configuration.observation.metrics else { return nil }
    let startTime = ProcessFigures.systemStartTime()
    return try await OperatorServer.start(at: address, service.application.now, loop: loop) {
      [log] in ProcessFigures(startTime: startTime, server.census, log.dropped)
    }
  }

  /// A process that answered before gives the address back when it has answered what it had.
  private func operatorsOnceFree(
    _ service: Service, _ server: FastCGIServer<CurrentApplication>
  ) async -> OperatorServer? {
    let end = ContinuousClock.now + Self.stopLimit + .seconds(5)
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

  private func runWithOperatorsOnceFree(
    _ server: FastCGIServer<CurrentApplication>, _ service: Service, hasAlarm: Bool = false
  ) async throws {
    let operators = Task { await operatorsOnceFree(service, server) }
    try await run(server, service, within: Self.stopLimit, hasAlarm: hasAlarm)
    operators.cancel()
    await operators.value?.stop()
  }

  // MARK: Running

  private func run(
    _ server: FastCGIServer<CurrentApplication>, _ service: Service, within stopLimit: Duration,
    hasAlarm: Bool = false
  ) async throws {
    let supervision = try Supervision(environment, hasAlarm: hasAlarm, logger: logger)
    // One reload after the other; one that is asked for meanwhile is made once more.
    let (reloads, askForReload) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    try loop.onSignal(Supervision.stopSignals + Supervision.reloadSignals) { signal in
      if Supervision.reloadSignals.contains(signal) {
        askForReload.yield()
      } else {
        supervision.stop(server, within: stopLimit)
      }
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

extension Limits {
  /// What the shipped files of nginx and Apache may send.
  static func service(_ configuration: ServiceConfiguration) -> Limits {
    var limits = Limits()
    limits.inFlight = configuration.maxInFlight
    limits.refusalVariable = "GALLERY_REFUSAL"
    return limits
  }
}
