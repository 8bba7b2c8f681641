// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTP
internal import HTTPTypes
internal import Metrics

/// What those see who run the service, at an address of its own: `/metrics`, `/healthz`, `/readyz`. The public site
/// has no part in it.
public struct OperatorPages: Responder {
  let telemetry: Telemetry
  let health: Health
  let indexes: FolderIndexes
  let figures: @Sendable () -> ProcessFigures

  public func respond(to request: Request) async -> Response {
    guard let target = RequestTarget(parsing: request.target) else {
      return Response(status: .badRequest, text: "the target cannot be read\n")
    }
    guard request.method == .get || request.method == .head else {
      var response = Response(status: .methodNotAllowed, text: "allowed: GET, HEAD\n")
      response.fields[.allow] = "GET, HEAD"
      return response
    }
    switch target.segments.count == 1 ? OperatorRoute(rawValue: target.segments[0]) : nil {
    case .metrics:
      return Response(contentType: Exposition.contentType, text: await metrics())
    case .healthy:
      let fault = figures().logFault.map { $0 + "\n" } ?? ""
      return Response(text: "ok\n" + fault)
    case .ready: return await health.ready(tellsCause: true)
    case nil:
      let paths = OperatorRoute.allCases.map(\.path).joined(separator: ", ")
      return Response(status: .notFound, text: paths + "\n")
    }
  }

  private func metrics() async -> String {
    var exposition = Exposition()
    telemetry.add(to: &exposition)
    let figures = figures()
    add(figures, to: &exposition)
    let index = await indexes.census
    for (name, help, value) in [
      ("folders", "Folders whose listing is in memory.", index.folders),
      ("pictures", "Pictures in these listings.", index.pictures),
      ("bytes", "Memory that these listings take.", index.bytes),
      ("readings", "Listings that are read behind the views.", index.readings),
    ] {
      exposition.addGauge("gallery_index_\(name)", help: help, Double(value))
    }
    addProcess(figures, to: &exposition)
    return exposition.text
  }

  private func add(_ figures: ProcessFigures, to exposition: inout Exposition) {
    for (name, help, value) in [
      ("requests_in_flight", "Requests being received, answered or written.", figures.inFlight),
      ("connections", "Open connections from web servers.", figures.connections),
      (
        "idle_connections", "Of these, kept ones on which no request is.", figures.idleConnections
      ),
      (
        "waiting_requests", "Requests on kept connections that wait for a place in flight.",
        figures.waiting
      ),
    ] {
      exposition.addGauge("gallery_\(name)", help: help, Double(value))
    }
    exposition.addGauge(
      "gallery_oldest_request_seconds", help: "How long ago the oldest request in flight arrived.",
      figures.oldestSeconds)
    exposition.addCounter(
      "gallery_log_dropped_lines_total", help: "Lines of the log that are missing.",
      label: "reason", figures.droppedLines.map { ($0.reason, Double($0.lines)) })
  }

  /// Under the names that every Prometheus client has for them.
  private func addProcess(_ figures: ProcessFigures, to exposition: inout Exposition) {
    exposition.addGauge(
      "process_resident_memory_bytes", help: "Resident memory size in bytes.",
      Double(figures.residentMemory))
    exposition.addGauge(
      "process_open_fds", help: "Number of open file descriptors.",
      Double(figures.openDescriptors))
    exposition.addGauge(
      "process_start_time_seconds", help: "Start time of the process since 1970 in seconds.",
      figures.startTime)
    exposition.addCounter(
      "process_cpu_seconds_total", help: "Total user and system CPU time spent in seconds.",
      [("", figures.processorSeconds)])
  }
}
