// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Curl
internal import EventLoop
internal import Glibc

/// A stream through TLS, which libcurl makes and carries (CONNECT_ONLY); it sends nothing of its own.
///
/// The server's certificate has to name the host and to come from an authority that is trusted.
///
/// - Source: CURLOPT_CONNECT_ONLY(3), curl_easy_send(3), curl_easy_recv(3).
@safe final class TLSStream: ByteStream, MultiHandleWaiter {
  /// What one record of TLS holds.
  private static let recordBytes = 16_384

  private(set) var isOpen = false
  private let host: String
  private let failures: TLSFailure
  /// Gone once the stream is closed.
  private var multi: MultiHandle?
  private let easy: UnsafeMutableRawPointer
  private let watch: DescriptorWatch
  private let reason: UnsafeMutablePointer<CChar>
  private var addresses: UnsafeMutablePointer<curl_slist>?
  private var descriptor = curl_socket_bad
  private var timer: DeadlineID?
  private var options: EasyOptions
  /// Whether a byte has come since the handshake.
  private var hasRead = false
  /// What watching failed with inside of a callback.
  private var watchFailure: RedisError?
  /// A record being sent. OpenSSL wants the same bytes at the same place again when it had no room.
  private let record: UnsafeMutableRawBufferPointer
  private var unsent = 0..<0

  /// Begins to connect.
  init(
    host: String, address: String, port: UInt16, tls: RedisTLS, watch: DescriptorWatch
  ) throws(RedisError) {
    guard let multi = MultiHandle(), let easy = unsafe curl_easy_init() else {
      throw .unavailable("libcurl does not start")
    }
    self.host = host
    failures = TLSFailure(names: tls.names)
    self.multi = multi
    unsafe self.easy = unsafe easy
    options = unsafe EasyOptions(easy)
    self.watch = watch
    unsafe reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    unsafe record = .allocate(byteCount: Self.recordBytes, alignment: 1)
    set(host: host, address: address, port: port)
    set(tls)
    options.note(unsafe curl_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, reason))
    multi.waiter = self
    Self.blockBrokenPipeSignal()
    guard options.failure == CURLE_OK, unsafe multi.add(easy) else {
      throw failure(options.failure == CURLE_OK ? CURLE_OUT_OF_MEMORY : options.failure)
    }
    try advance([])
  }

  deinit {
    close()
    unsafe record.deallocate()
    unsafe reason.deallocate()
  }

  /// OpenSSL writes with write(2), which raises SIGPIPE in the writing thread when the server has gone, and
  /// that would end the process. Blocked, it stays pending and the write fails with EPIPE.
  private static func blockBrokenPipeSignal() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  // MARK: Settings

  private func set(host: String, address: String, port: UInt16) {
    let name = host.contains(":") ? "[\(host.replacing("%", with: "%25"))]" : host
    options.set(CURLOPT_URL, "https://\(name):\(port)")
    options.set(CURLOPT_PROTOCOLS_STR, "https")
    options.set(CURLOPT_CONNECT_ONLY, 1)
    // The empty name also keeps libcurl from reading the environment's.
    options.set(CURLOPT_PROXY, "")
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_TCP_NODELAY, 1)
    if host != address {
      // It was looked up beforehand, so that a slow resolver is waited for in one place only.
      let place = address.contains(":") ? "[\(address)]" : address
      unsafe addresses = curl_slist_append(nil, "\(host):\(port):\(place)")
      options.note(unsafe curl_easy_set_list(easy, CURLOPT_RESOLVE, addresses))
    }
  }

  private func set(_ tls: RedisTLS) {
    options.set(CURLOPT_SSL_VERIFYPEER, 1)
    options.set(CURLOPT_SSL_VERIFYHOST, 2)
    options.set(CURLOPT_SSLVERSION, curl_tls_1_2)
    options.set(CURLOPT_SSL_ENABLE_ALPN, 0)
    // Debian's default folder would be trusted beside the file.
    options.set(CURLOPT_CAPATH, nil)
    if let authorities = tls.authorities { options.set(CURLOPT_CAINFO_BLOB, bytes: authorities) }
    if let certificate = tls.certificate { options.set(CURLOPT_SSLCERT_BLOB, bytes: certificate) }
    if let key = tls.key { options.set(CURLOPT_SSLKEY_BLOB, bytes: key) }
  }

  // MARK: Connecting

  func watch(_ descriptor: CInt, for readiness: Readiness?) {
    guard let readiness else {
      self.descriptor = curl_socket_bad
      return watch.end()
    }
    self.descriptor = descriptor
    do throws(RedisError) {
      try watch.set(descriptor, for: readiness)
    } catch {
      watchFailure = error
    }
  }

  func wake(after delay: Duration?) {
    if let timer { watch.cancel(timer) }
    timer = delay.map { watch.wake(after: $0) }
  }

  func advance(_ readiness: Readiness) throws(RedisError) {
    if readiness.isEmpty || descriptor == curl_socket_bad {
      multi?.advance()
    } else {
      multi?.advance(descriptor, readiness)
    }
    guard let (_, code) = unsafe multi?.nextFinished() else {
      if let watchFailure { throw watchFailure }
      return
    }
    guard code == CURLE_OK,
      unsafe curl_easy_get_socket(easy, &descriptor) == CURLE_OK, descriptor != curl_socket_bad
    else { throw failure(code) }
    wake(after: nil)
    isOpen = true
  }

  private func failure(_ code: CURLcode) -> RedisError {
    var verification = 0
    unsafe curl_easy_get_long(easy, CURLINFO_SSL_VERIFYRESULT, &verification)
    var system = 0
    unsafe curl_easy_get_long(easy, CURLINFO_OS_ERRNO, &system)
    return .unavailable(
      failures.words(
        code: code, verification: verification, system: CInt(truncatingIfNeeded: system),
        host: host, details: unsafe String(cString: reason)))
  }

  // MARK: Bytes

  func read(into buffer: inout [UInt8]) throws(RedisError) -> Int? {
    var count = 0
    let code = unsafe curl_easy_recv(easy, &buffer, buffer.count, &count)
    guard code != CURLE_AGAIN else { return nil }
    guard code == CURLE_OK else { throw hasRead ? failure(code) : .unavailable(failures.hungUp) }
    guard count > 0 || hasRead else { throw .unavailable(failures.hungUp) }
    hasRead = true
    return count
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(RedisError) -> Int {
    guard try sendRecord() else { return 0 }
    let count = min(bytes.count, Self.recordBytes)
    unsafe record.copyBytes(from: bytes.prefix(count))
    unsent = 0..<count
    _ = try sendRecord()
    return count
  }

  /// - Returns: whether nothing of it is left.
  private func sendRecord() throws(RedisError) -> Bool {
    while !unsent.isEmpty {
      var count = 0
      let start = unsafe record.baseAddress.map { unsafe $0 + unsent.lowerBound }
      let code = unsafe curl_easy_send(easy, start, unsent.count, &count)
      guard code != CURLE_AGAIN else { return false }
      guard code == CURLE_OK else {
        throw hasRead ? failure(code) : .unavailable(failures.hungUp)
      }
      unsent = min(unsent.lowerBound + count, unsent.upperBound)..<unsent.upperBound
    }
    return true
  }

  func watch(forRoom: Bool) throws(RedisError) {
    let wantsRoom = forRoom || !unsent.isEmpty
    try watch.set(descriptor, for: wantsRoom ? [.readable, .writable] : .readable)
  }

  func close() {
    guard let multi else { return }
    self.multi = nil
    multi.waiter = nil
    wake(after: nil)
    watch.end()
    unsafe multi.remove(easy)
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(addresses)
  }
}
