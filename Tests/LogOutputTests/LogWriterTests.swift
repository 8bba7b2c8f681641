// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import TestSupport
import Testing

@testable import LogOutput

struct LogWriterTests {
  private func logger(_ writer: LogWriter, _ format: LogFormat = .logfmt) -> Logger {
    Logger(label: "test") { _ in
      LineLogHandler(level: .info, format: format, order: ["id", "status"], writer: writer)
    }
  }

  private func wait(until isSo: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !isSo() {
      try #require(ContinuousClock.now < end)
      await TestLoop.pause(.milliseconds(2))
    }
  }

  @Test func `fields come in their order, then the others by name`() async throws {
    let pipe = try Pipe()
    let writer = try LogWriter(descriptor: pipe.writeEnd, format: .logfmt)
    logger(writer).info("hello", metadata: ["z": "1", "a": "2", "status": "200", "id": "x"])
    logger(writer).debug("unseen")
    await writer.flush(within: .seconds(10))
    let text = pipe.text()
    #expect(text.hasSuffix(" level=info msg=hello id=x status=200 a=2 z=1\n"))
    #expect(text.firstMatch(of: #/^time=2[0-9-]{9}T[0-9:.]{12}Z /#) != nil)
    #expect(writer.dropped.total == 0)
  }

  @Test func `a full pipe that nobody reads holds nobody up, and what is lost is told later`()
    async throws
  {
    let pipe = try Pipe(isFull: true)
    let writer = try LogWriter(descriptor: pipe.writeEnd, format: .json, limit: 10_000)
    let logger = logger(writer, .json)
    let start = ContinuousClock.now
    for number in 0..<1_000 { logger.info("line \(number)") }
    #expect(ContinuousClock.now - start < .seconds(5))
    let lost = writer.dropped[.queueFull]
    #expect(lost > 500 && lost < 1_000)
    var text = try await pipe.text(with: "line 0")
    logger.info("again")
    text += try await pipe.text(with: "again")
    let told = try #require(text.split(separator: "\n").first { $0.contains("missing") })
    #expect(told.contains(#""queue_full":\#(lost)"#))
    #expect(told.contains("nobody read the log fast enough"))
    logger.info("once more")
    #expect(try await !pipe.text(with: "once more").contains("missing"))
  }

  @Test func `a full disk is counted, and told of once there is room again`() async throws {
    let pipe = try Pipe()
    let descriptor = unsafe open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let writer = try LogWriter(descriptor: descriptor, format: .logfmt)
    for number in 0..<5 { logger(writer).info("line \(number)") }
    await writer.flush(within: .seconds(10))
    #expect(writer.dropped[.diskFull] == 5)
    #expect(writer.dropped.sentence?.contains("the disk for the log is full") == true)
    // The same descriptor has room from now on.
    dup2(pipe.writeEnd, descriptor)
    logger(writer).info("again")
    let lines = try await pipe.text(with: "again").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains(" disk_full=5 ") == true)
    #expect(lines.first?.contains("the disk for the log is full") == true)
  }

  @Test func `a line that was torn is ended before the next`() async throws {
    let pipe = try Pipe(isFull: true)
    let writer = try LogWriter(descriptor: pipe.writeEnd, format: .logfmt)
    // The first line waits alone, the others come together once there is room, and do not fit.
    let long = String(repeating: "x", count: 1_000)
    for number in 0..<300 { logger(writer).info("\(long) n\(number)") }
    _ = try await pipe.text(with: "n2")
    pipe.closeReadEnd()
    try await wait { writer.dropped[.notWritable] > 0 }
    await writer.flush(within: .seconds(10))
    let next = try Pipe()
    dup2(next.writeEnd, pipe.writeEnd)
    logger(writer).info("again")
    let text = try await next.text(with: "again")
    #expect(text.hasPrefix("\ntime="))
    #expect(text.contains("the log cannot be written"))
  }

  @Test func `a descriptor that does not block is waited for`() async throws {
    let pipe = try Pipe(isFull: true)
    _ = fcntl(pipe.writeEnd, F_SETFL, O_NONBLOCK)
    let writer = try LogWriter(descriptor: pipe.writeEnd, format: .logfmt)
    logger(writer).info("patience")
    _ = try await pipe.text(with: "patience")
    #expect(writer.dropped.total == 0)
  }

  @Test func `flushing ends at its limit when nobody reads`() async throws {
    let pipe = try Pipe(isFull: true)
    let writer = try LogWriter(descriptor: pipe.writeEnd, format: .logfmt)
    logger(writer).info("stuck")
    let start = ContinuousClock.now
    await writer.flush(within: .milliseconds(50))
    #expect(ContinuousClock.now - start >= .milliseconds(50))
    _ = try await pipe.text(with: "stuck")
  }

  @Test func `lines of many threads stay whole`() async throws {
    let pipe = try Pipe()
    let writer = try LogWriter(descriptor: pipe.writeEnd, format: .logfmt)
    let logger = logger(writer)
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask { for number in 0..<50 { logger.info("t\(task)n\(number)") } }
      }
    }
    await writer.flush(within: .seconds(10))
    let lines = pipe.text().split(separator: "\n")
    #expect(lines.count == 400)
    #expect(lines.allSatisfy { $0.wholeMatch(of: #/time=\S+ level=info msg=t\dn\d+/#) != nil })
  }
}
