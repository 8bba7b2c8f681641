// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CFastCGI
import EventLoop
import Glibc
internal import HTTP

/// Owns one `FCGX_Request`: reads a request through libfcgi, and writes its response.
///
/// Its streams point back at it, so it lies on the heap and never moves. libfcgi never closes a descriptor of ours:
/// it reads from a file in memory, and is lent the connection for writing only.
///
/// - Source: fcgiapp.h; the decision "libfcgi behind a door".
@safe
struct Exchange: ~Copyable {
  enum Failure: Error, Equatable {
    /// libfcgi refused what the door let through. Never seen; the connection is closed.
    case accept(CInt)
    case read(CInt)
    case memory(SystemError)
  }

  private let request: UnsafeMutablePointer<FCGX_Request>

  init() {
    unsafe request = .allocate(capacity: 1)
    unsafe request.initialize(to: FCGX_Request())
    _ = unsafe FCGX_InitRequest(request, -1, 0)
  }

  deinit {
    unsafe FCGX_Free(request, 0)
    unsafe request.deallocate()
  }

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - records: a complete request, as `RequestRecords` collects it.
  ///   - memory: to read it from; belongs to the calling thread.
  mutating func read(
    _ records: RequestRecords, through memory: inout MemoryFile, _ limits: Limits
  ) throws(Failure) -> Request {
    do { try memory.fill(with: records.records) } catch { throw .memory(error) }
    try accept(from: &memory)
    var variables = MetaVariables(refusalVariable: limits.refusalVariable)
    var entry = unsafe request.pointee.envp
    while let text = unsafe entry?.pointee {
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
      variables.add(unsafe Span(_unsafeBytes: bytes))
      unsafe entry = entry?.successor()
    }
    let body = try readBody(records.isBodyTooLarge ? 0 : records.bodyBytes)
    return variables.request(
      body: body, isBodyTooLarge: records.isBodyTooLarge, bodyLimit: limits.bodyBytes)
  }

  /// Begins a response with its header. It may lie in libfcgi's buffer of 8 KiB until more is written.
  ///
  /// This and the other functions that write block for as long as the web server does not read and the socket's own
  /// limit allows.
  ///
  /// - Returns: false when the web server is gone or too slow; the connection is of no use then.
  mutating func begin(_ head: [UInt8], on connection: CInt) -> Bool {
    unsafe request.pointee.ipcFd = connection
    return put(head[...])
  }

  /// Writes a part of the body.
  mutating func put(_ bytes: ArraySlice<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        unsafe FCGX_PutStr(buffer.baseAddress, CInt(clamping: buffer.count), request.pointee.out)
          == buffer.count
      }
    }
  }

  /// Sends what lies in libfcgi's buffer.
  mutating func flush() -> Bool {
    unsafe FCGX_FFlush(request.pointee.out) == 0
  }

  /// Ends the response and the request.
  mutating func finish() -> Bool {
    defer { abandon() }
    let isErrorStreamEnded = unsafe FCGX_FClose(request.pointee.err) == 0
    return unsafe FCGX_FClose(request.pointee.out) == 0 && isErrorStreamEnded
  }

  /// Forgets the request. What was not written never will be.
  mutating func abandon() {
    unsafe FCGX_Free(request, 0)
    unsafe request.pointee.ipcFd = -1
  }

  // MARK: Steps

  private func accept(from memory: inout MemoryFile) throws(Failure) {
    _ = unsafe FCGX_InitRequest(request, -1, 0)
    unsafe request.pointee.ipcFd = memory.descriptor
    // FCGX_Accept_r finishes the request before, which closes unless this is set.
    unsafe request.pointee.keepConnection = 1
    _ = unsafe FCGX_Detach(request)
    let code = unsafe FCGX_Accept_r(request)
    guard code == 0 else {
      // It has closed the file.
      memory.wasClosed()
      throw Failure.accept(code)
    }
  }

  private mutating func readBody(_ count: Int) throws(Failure) -> [UInt8] {
    let input = unsafe request.pointee.in
    var body: [UInt8] = []
    if count > 0 {
      unsafe body = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
          initialized = Int(
            unsafe FCGX_GetStr(buffer.baseAddress, CInt(clamping: buffer.count), input))
        }
      }
    }
    let isEnd = unsafe FCGX_GetChar(input) == -1
    let error = unsafe FCGX_GetError(input)
    guard body.count == count, isEnd, error == 0 else { throw .read(error) }
    // Eight KiB that a waiting request need not hold.
    unsafe FCGX_FreeStream(&request.pointee.in)
    unsafe request.pointee.ipcFd = -1
    return body
  }
}
