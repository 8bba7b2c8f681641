// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import TestSupport

extension Installation {
  /// What the service has logged so far. Behind mod_fcgid it is in Apache's log of errors, whose own lines begin with a bracket.
  var log: String {
    if let service = service ?? supervisor?.service { return service.text }
    return (web.errors ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("[") }.joined(separator: "\n")
  }

  /// Where the service listens, whoever started it.
  func anySocket() throws -> String {
    guard web.front == .apacheFcgid else { return socket }
    let folder = web.runtime + "/fcgid"
    guard let name = try Self.names(in: folder).first else {
      throw TestFailure("Apache has no socket in \(folder)")
    }
    return folder + "/" + name
  }

  /// Waits until so many lines of the service's log contain `text`, and returns the last of them.
  func logLine(containing text: String, count: Int = 1) async throws -> String {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      // What follows the last line break is not yet a line.
      let lines = log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let found = lines.lazy.filter { $0.contains(text) }.prefix(count)
      if found.count == count, let line = Array(found).last { return String(line) }
      guard ContinuousClock.now < end else { throw TestFailure("no line with “\(text)”: \(log)") }
      await TestLoop.pause(.milliseconds(20))
    }
  }

  /// What the process that answers has in memory.
  ///
  /// - Parameter measure: a line of `/proc/id/status`: `VmRSS` now, `VmHWM` at most.
  /// - Returns: bytes.
  /// - Source: proc(5).
  func memory(_ measure: String = "VmRSS") throws -> Int {
    let id = try answeringProcess()
    let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
    let kilobytes = status.matches(of: /(\w+):\s+(\d+) kB/).first { $0.output.1 == measure }?.output
      .2
    guard let count = kilobytes.flatMap({ Int($0) }) else {
      throw TestFailure("no \(measure) in the status of process \(id)")
    }
    return count * 1024
  }

  /// Ends the service so that it does not come back. Behind mod_fcgid every child that Apache starts fails from here on, as
  /// with a setting that is wrong.
  func takeServiceAway() async throws {
    if let service {
      _ = try await service.terminate()
      return
    }
    let program = web.runtime + "/program"
    let children = try processes()
    try FileManager.default.removeItem(atPath: program)
    try Data("#!/bin/sh\nexit 1\n".utf8).write(to: URL(filePath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    for child in children { kill(child, SIGKILL) }
  }

  /// The process that answers, the newest if one is about to end; of those that Apache has it alone has threads for that.
  func answeringProcess() throws -> pid_t {
    if let service = service ?? supervisor?.service { return service.id }
    let answering = try processes().filter { Self.threads(of: $0).contains("fastcgi\n") }.max()
    guard let answering else { throw TestFailure("no process answers") }
    return answering
  }

  /// Those that run the program behind mod_fcgid.
  func processes() throws -> [pid_t] {
    let program = web.runtime + "/program"
    return try Self.names(in: "/proc").compactMap { pid_t($0) }.filter {
      // What has ended meanwhile is none.
      program == (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe"))
    }
  }

  /// Until none of these runs or holds a socket any more.
  func waitForEnd(of ending: [pid_t]) async throws {
    let end = ContinuousClock.now + .seconds(45)
    while !ending.allSatisfy(Self.hasEnded) {
      guard ContinuousClock.now < end else { throw TestFailure("still there: \(ending)") }
      await TestLoop.pause(.milliseconds(20))
    }
  }

  /// A process lets go of its program first, then of its descriptors, with the last of its threads.
  ///
  /// - Source: proc(5), stat.
  private static func hasEnded(_ id: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else {
      return true
    }
    return threads(of: id).count <= 1 && status.split(separator: ") ").last?.first == "Z"
  }

  private static func threads(of id: pid_t) -> [String] {
    let folder = "/proc/\(id)/task"
    return ((try? names(in: folder)) ?? []).compactMap {
      try? String(contentsOfFile: "\(folder)/\($0)/comm", encoding: .utf8)
    }
  }

  private static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
  }
}
