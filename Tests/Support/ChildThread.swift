// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CSpawn
import EventLoop
import Glibc

/// The threads beside a child process. The one that starts it waits for its end, because the kernel
/// sends the parent-death signal when the starting thread ends, not the process (prctl(2)).
enum ChildThread {
  typealias Started = @Sendable (Result<pid_t, TestFailure>) -> Void

  static func start(
    _ words: [String], folder: String?, input: ChildProcess.Input, descriptors: [CInt],
    record: ChildRecord, started: @escaping Started
  ) {
    do {
      try BlockingThread.start(named: "child") {
        do throws(TestFailure) {
          let output = try makePipe()
          let errorOutput = try makePipe()
          let source = try open(input)
          let id = try spawn(
            words, folder: folder, streams: (source, output.write, errorOutput.write),
            descriptors: descriptors)
          if case .descriptor = input {} else { close(source) }
          close(output.write)
          close(errorOutput.write)
          read(output.read, into: \.output, of: record)
          read(errorOutput.read, into: \.errorOutput, of: record)
          started(.success(id))
          wait(for: id, record: record)
        } catch {
          started(.failure(error))
        }
      }
    } catch {
      started(.failure(TestFailure("\(error)")))
    }
  }

  private static func makePipe() throws(TestFailure) -> (read: CInt, write: CInt) {
    var ends: [CInt] = [-1, -1]
    guard unsafe spawn_pipe(&ends) == 0 else { throw TestFailure("pipe2: errno \(errno)") }
    return (ends[0], ends[1])
  }

  private static func open(_ input: ChildProcess.Input) throws(TestFailure) -> CInt {
    var bytes: [UInt8] = []
    switch input {
    case .descriptor(let descriptor): return descriptor
    case .nothing: break
    case .bytes(let given): bytes = given
    }
    let file = unsafe spawn_file(bytes, bytes.count)
    guard file >= 0 else { throw TestFailure("memfd_create: errno \(errno)") }
    return file
  }

  private static func spawn(
    _ words: [String], folder: String?, streams: (CInt, CInt, CInt), descriptors: [CInt]
  ) throws(TestFailure) -> pid_t {
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
    unsafe arguments.append(nil)
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var id: pid_t = 0
    let code = unsafe spawn_child(
      &id, arguments, folder, streams.0, streams.1, streams.2, descriptors,
      CInt(descriptors.count))
    guard code == 0 else { throw TestFailure("posix_spawnp: errno \(code)") }
    return id
  }

  private static func read(
    _ descriptor: CInt, into stream: any WritableKeyPath<ChildRecord.State, [UInt8]> & Sendable,
    of record: ChildRecord
  ) {
    do {
      try BlockingThread.start(named: "child output") {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { break }
          record.change { $0[keyPath: stream] += buffer.prefix(count) }
        }
        close(descriptor)
        record.change { $0.openStreams -= 1 }
      }
    } catch {
      record.change { $0.openStreams -= 1 }
    }
  }

  /// Reaps under the lock of the record, so that nobody signals an id that is no longer its own.
  private static func wait(for id: pid_t, record: ChildRecord) {
    while waitid(P_PID, id_t(id), nil, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    record.change { state in
      var status: CInt = 0
      unsafe waitpid(id, &status, 0)
      let signal = status & 0x7f
      state.exit = signal == 0 ? .status(status >> 8 & 0xff) : .signal(signal)
    }
  }
}
