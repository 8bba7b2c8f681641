// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
public import Glibc

/// A program started for a test: its output is collected, its end awaited.
///
/// It is asked to end (SIGTERM, after 5 s SIGKILL) when the last reference goes, and by the kernel when
/// the tests themselves end in whatever way. It inherits its standard descriptors and those it is given.
///
/// - Source: posix_spawn(3), setpriv(1) `--pdeathsig`.
public final class ChildProcess: Sendable {
  public enum Exit: Equatable, Sendable {
    case status(CInt)
    case signal(CInt)
  }

  /// What the program reads from its standard input.
  public enum Input: Sendable {
    case nothing
    case bytes([UInt8])
    /// Stays open here and belongs to the caller; a listening socket for example.
    case descriptor(CInt)
  }

  /// What a program left behind that ran to its end.
  public struct Outcome: Sendable {
    public let exit: Exit
    public let output: [UInt8]
    public let errorOutput: [UInt8]

    public var text: String { String(decoding: output, as: UTF8.self) }
    public var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
  }

  /// The process id, to be signalled through `signal(_:)`.
  public let id: pid_t
  private let record: ChildRecord

  private init(id: pid_t, record: ChildRecord) {
    self.id = id
    self.record = record
  }

  deinit {
    record.end(id)
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: a path, or a name to be looked up in `PATH`. One that does not exist ends with status 127.
  ///   - environment: set on top of the environment of the tests; an empty value unsets the name.
  ///   - folder: the working directory.
  ///   - descriptors: become its descriptors from 3 on; they stay open here.
  public static func start(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String? = nil, input: Input = .nothing, descriptors: [CInt] = []
  ) async throws(TestFailure) -> ChildProcess {
    let unset = environment.filter(\.value.isEmpty).keys.flatMap { ["-u", $0] }
    let set = environment.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
    let words =
      ["setpriv", "--pdeathsig", "TERM", "env"] + unset + set + [program] + arguments
    let record = ChildRecord()
    let started = await withCheckedContinuation { continuation in
      ChildThread.start(
        words, folder: folder, input: input, descriptors: descriptors, record: record
      ) {
        continuation.resume(returning: $0)
      }
    }
    return ChildProcess(id: try started.get(), record: record)
  }

  /// Starts a program and waits for its end.
  public static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String? = nil, input: Input = .nothing, within limit: Duration = .seconds(30)
  ) async throws(TestFailure) -> Outcome {
    let child = try await start(
      program, arguments, environment: environment, folder: folder, input: input)
    return try await child.outcome(within: limit)
  }

  /// Waits for the end of the program and of its output.
  public func outcome(within limit: Duration = .seconds(30)) async throws(TestFailure) -> Outcome {
    try await record.wait(for: "the end of process \(id)", within: limit) { state in
      guard let exit = state.exit, state.openStreams == 0 else { return nil }
      return .success(
        Outcome(exit: exit, output: state.output, errorOutput: state.errorOutput))
    }
  }

  /// Waits for a complete line, of standard output or standard error, that contains `text`, and returns the first.
  public func line(
    containing text: String, within limit: Duration = .seconds(10)
  ) async throws(TestFailure) -> String {
    try await record.wait(for: "a line with “\(text)”", within: limit) { state in
      for stream in [state.output, state.errorOutput] {
        let lines = stream.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let found = lines.dropLast().lazy.map { String(decoding: $0, as: UTF8.self) }
          .first { $0.contains(text) }
        if let found { return .success(found) }
      }
      guard let exit = state.exit, state.openStreams == 0 else { return nil }
      return .failure(TestFailure("ended (\(exit)) without a line with “\(text)”: \(state.text)"))
    }
  }

  /// What it wrote so far, standard output before standard error.
  public var text: String { record.text }

  /// Sends a signal, unless the program has ended.
  public func signal(_ number: CInt) {
    record.signal(number, to: id)
  }

  /// Waits until the program itself has ended; what it started may still hold its output.
  public func exit(within limit: Duration = .seconds(30)) async throws(TestFailure) -> Exit {
    try await record.wait(for: "the end of process \(id)", within: limit) { state in
      state.exit.map { .success($0) }
    }
  }

  /// Sends SIGTERM, waits for the end, and after 5 s sends SIGKILL.
  @discardableResult
  public func terminate() async throws(TestFailure) -> Exit {
    record.end(id)
    return try await exit()
  }
}
