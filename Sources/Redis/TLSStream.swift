// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import EventLoop
internal import Glibc

/// A stream through TLS, which libcurl makes and carries (CONNECT_ONLY); it sends nothing of its own.
///
/// The server's certificate has to name the host and to come from an authority that is trusted.
///
/// - Source: CURLOPT_CONNECT_ONLY(3), curl_easy_send(3), curl_easy_recv(3), curl_multi_socket_action(3).
@safe final class TLSStream: ByteStream {
  /// What one record of TLS holds.
  private static let recordBytes = 16_384

  private(set) var isOpen = false
  private let host: String
  private let multi: UnsafeMutableRawPointer
  private let easy: UnsafeMutableRawPointer
  private let watch: DescriptorWatch
  private let reason: UnsafeMutablePointer<CChar>
  private var addresses: UnsafeMutablePointer<curl_slist>?
  private var descriptor = curl_socket_bad
  private var timer: DeadlineID?
  private var setting = CURLE_OK
  private var isClosed = false
  /// What watching failed with inside of a callback.
  private var watchFailure: RedisError?
  /// A record being sent. OpenSSL wants the same bytes at the same place again when it had no room.
  private let record: UnsafeMutableRawBufferPointer
  private var unsent = 0..<0

  /// Begins to connect.
  init(
    host: String, address: String, port: UInt16, tls: RedisTLS, watch: DescriptorWatch
  ) throws(RedisError) {
    guard curl_global_init(curl_global_default) == CURLE_OK, let multi = unsafe curl_multi_init()
    else { throw .unavailable("libcurl does not start") }
    guard let easy = unsafe curl_easy_init() else {
      unsafe curl_multi_cleanup(multi)
      throw .unavailable("out of memory")
    }
    self.host = host
    unsafe self.multi = unsafe multi
    unsafe self.easy = unsafe easy
    self.watch = watch
    unsafe reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    unsafe record = .allocate(byteCount: Self.recordBytes, alignment: 1)
    set(host: host, address: address, port: port)
    set(tls)
    setCallbacks()
    Self.blockBrokenPipeSignal()
    guard setting == CURLE_OK, unsafe curl_multi_add_handle(multi, easy) == CURLM_OK else {
      throw failure(setting == CURLE_OK ? CURLE_OUT_OF_MEMORY : setting)
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
    set(CURLOPT_URL, "https://\(name):\(port)")
    set(CURLOPT_PROTOCOLS_STR, "https")
    set(CURLOPT_CONNECT_ONLY, 1)
    // The empty name also keeps libcurl from reading the environment's.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_TCP_NODELAY, 1)
    if host != address {
      // It was looked up beforehand, so that a slow resolver is waited for in one place only.
      let place = address.contains(":") ? "[\(address)]" : address
      unsafe addresses = curl_slist_append(nil, "\(host):\(port):\(place)")
      note(unsafe curl_easy_set_list(easy, CURLOPT_RESOLVE, addresses))
    }
  }

  private func set(_ tls: RedisTLS) {
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, curl_tls_1_2)
    set(CURLOPT_SSL_ENABLE_ALPN, 0)
    // Debian's default folder would be trusted beside the file.
    set(CURLOPT_CAPATH, nil)
    if let authorities = tls.authorities { set(CURLOPT_CAINFO_BLOB, bytes: authorities) }
    if let certificate = tls.certificate { set(CURLOPT_SSLCERT_BLOB, bytes: certificate) }
    if let key = tls.key { set(CURLOPT_SSLKEY_BLOB, bytes: key) }
  }

  private func setCallbacks() {
    note(unsafe curl_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, reason))
    let this = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe curl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, this)
    unsafe curl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, this)
    unsafe curl_multi_set_socket_change(multi) { _, descriptor, what, this, _ in
      unsafe TLSStream.from(this)?.watch(descriptor, what)
      return 0
    }
    unsafe curl_multi_set_timer_change(multi) { _, milliseconds, this in
      unsafe TLSStream.from(this)?.setTimer(milliseconds)
      return 0
    }
  }

  private func set(_ option: CURLoption, _ value: Int) {
    note(unsafe curl_easy_set_long(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: String?) {
    note(unsafe curl_easy_set_string(easy, option, value))
  }

  private func set(_ option: CURLoption, bytes text: String) {
    var bytes = Array(text.utf8)
    let count = bytes.count
    note(unsafe curl_easy_set_blob(easy, option, &bytes, count))
  }

  private func note(_ code: CURLcode) {
    if setting == CURLE_OK { setting = code }
  }

  // MARK: Connecting

  private static func from(_ pointer: UnsafeMutableRawPointer?) -> TLSStream? {
    unsafe pointer.map { unsafe Unmanaged<TLSStream>.fromOpaque($0).takeUnretainedValue() }
  }

  private func watch(_ descriptor: CInt, _ what: CInt) {
    guard what != CURL_POLL_REMOVE else {
      self.descriptor = curl_socket_bad
      return watch.end()
    }
    var readiness: Readiness = []
    if what & CURL_POLL_IN != 0 { readiness.insert(.readable) }
    if what & CURL_POLL_OUT != 0 { readiness.insert(.writable) }
    self.descriptor = descriptor
    do throws(RedisError) {
      try watch.set(descriptor, for: readiness)
    } catch {
      watchFailure = error
    }
  }

  private func setTimer(_ milliseconds: Int) {
    if let timer { watch.cancel(timer) }
    timer = milliseconds < 0 ? nil : watch.wake(after: .milliseconds(milliseconds))
  }

  func advance(_ readiness: Readiness) throws(RedisError) {
    var running: CInt = 0
    if readiness.isEmpty || descriptor == curl_socket_bad {
      unsafe curl_multi_socket_action(multi, curl_timeout_socket, 0, &running)
    } else {
      var events: CInt = 0
      if readiness.contains(.readable) { events |= CURL_CSELECT_IN }
      if readiness.contains(.writable) { events |= CURL_CSELECT_OUT }
      if readiness.contains(.hangUp) { events |= CURL_CSELECT_ERR }
      unsafe curl_multi_socket_action(multi, descriptor, events, &running)
    }
    var code = CURLE_OK
    guard unsafe curl_multi_take_finished(multi, &code) != nil else {
      if let watchFailure { throw watchFailure }
      return
    }
    guard code == CURLE_OK,
      unsafe curl_easy_get_socket(easy, &descriptor) == CURLE_OK, descriptor != curl_socket_bad
    else { throw failure(code) }
    setTimer(-1)
    isOpen = true
  }

  private func failure(_ code: CURLcode) -> RedisError {
    var verification = 0
    unsafe curl_easy_get_long(easy, CURLINFO_SSL_VERIFYRESULT, &verification)
    var system = 0
    unsafe curl_easy_get_long(easy, CURLINFO_OS_ERRNO, &system)
    return .unavailable(
      TLSFailure.words(
        code: code, verification: verification, system: CInt(truncatingIfNeeded: system),
        host: host, details: unsafe String(cString: reason)))
  }

  // MARK: Bytes

  func read(into buffer: inout [UInt8]) throws(RedisError) -> Int? {
    var count = 0
    let code = unsafe curl_easy_recv(easy, &buffer, buffer.count, &count)
    guard code != CURLE_AGAIN else { return nil }
    guard code == CURLE_OK else { throw failure(code) }
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
      guard code == CURLE_OK else { throw failure(code) }
      unsent = min(unsent.lowerBound + count, unsent.upperBound)..<unsent.upperBound
    }
    return true
  }

  func watch(forRoom: Bool) throws(RedisError) {
    let wantsRoom = forRoom || !unsent.isEmpty
    try watch.set(descriptor, for: wantsRoom ? [.readable, .writable] : .readable)
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    setTimer(-1)
    watch.end()
    unsafe curl_multi_set_socket_change(multi, nil)
    unsafe curl_multi_set_timer_change(multi, nil)
    unsafe curl_multi_remove_handle(multi, easy)
    unsafe curl_easy_cleanup(easy)
    unsafe curl_multi_cleanup(multi)
    unsafe curl_slist_free_all(addresses)
  }
}
