// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Curl
internal import HTTPTypes

/// One easy handle of libcurl: a transfer's settings, used again for the next after `reset`.
///
/// Stays on the loop's thread. While it is part of a multi handle, nothing of it may be released.
///
/// - Source: curl_easy_setopt(3), libcurl-easy(3).
@safe final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private var lines: UnsafeMutablePointer<curl_slist>?
  private var options: EasyOptions

  /// Nil when memory is short.
  init?() {
    guard let pointer = unsafe curl_easy_init() else { return nil }
    unsafe self.pointer = unsafe pointer
    options = unsafe EasyOptions(pointer)
  }

  deinit {
    unsafe curl_easy_cleanup(pointer)
    unsafe curl_slist_free_all(lines)
  }

  /// Forgets all settings; the connections belong to the multi handle and stay.
  func reset() {
    unsafe curl_easy_reset(pointer)
    unsafe curl_slist_free_all(lines)
    unsafe lines = nil
    options = unsafe EasyOptions(pointer)
  }

  /// - Throws: `.unreachable` when libcurl takes a setting not at all, for lack of memory or of the feature.
  ///
  /// - Parameter isStreamed: the transfer may be paused; see the decision "Streams".
  func prepare(
    _ request: OutgoingRequest, to url: RequestURL, fieldLines: [[UInt8]],
    configuration: HTTPClient.Configuration, isStreamed: Bool
  ) throws(HTTPClientError) {
    setConnection(to: url, configuration: configuration)
    setVersion(canMultiplex: url.isEncrypted && !isStreamed)
    if isStreamed { options.set(CURLOPT_BUFFERSIZE, 32_768) }
    setMethod(request)
    setFields(fieldLines)
    options.set(CURLOPT_FRESH_CONNECT, request.isRepeatable ? 0 : 1)
    try check()
  }

  private func setConnection(to url: RequestURL, configuration: HTTPClient.Configuration) {
    options.set(CURLOPT_URL, url.text)
    options.set(CURLOPT_PROTOCOLS_STR, url.isEncrypted ? "https" : "http")
    options.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
    options.set(CURLOPT_FOLLOWLOCATION, 0)
    options.set(CURLOPT_PATH_AS_IS, 1)
    // The empty name also keeps libcurl from reading the environment's.
    options.set(CURLOPT_PROXY, "")
    options.set(CURLOPT_NOSIGNAL, 1)
    // Without it a transfer taken away while its name is looked up blocks the loop until the resolver answers.
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectLimit.milliseconds)
    options.set(CURLOPT_MAXLIFETIME_CONN, 600)
    // As small as libcurl allows, and as its receive buffer is anyhow: there is one of each for a transfer.
    options.set(CURLOPT_UPLOAD_BUFFERSIZE, 16_384)
    options.set(CURLOPT_USERAGENT, configuration.userAgent)
    options.set(CURLOPT_SSLVERSION, curl_tls_1_2)
    // Debian's default folder would be trusted beside the file, and keeps libcurl from caching what it read.
    options.set(CURLOPT_CAPATH, nil)
    if let file = configuration.certificateAuthorities { options.set(CURLOPT_CAINFO, file) }
  }

  private func setVersion(canMultiplex: Bool) {
    // Waiting for a connection that turns out not to multiplex costs a whole answer where nothing
    // announces HTTP/2 beforehand, so only where TLS does.
    options.set(CURLOPT_PIPEWAIT, canMultiplex ? 1 : 0)
    options.set(CURLOPT_HTTP_VERSION, canMultiplex ? curl_http_2_tls : curl_http_1_1)
  }

  private func setBody(_ body: [UInt8]) {
    let count = curl_off_t(body.count)
    options.note(unsafe curl_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, count))
    // Null would mean that the body is read from standard input.
    guard !body.isEmpty else { return options.set(CURLOPT_COPYPOSTFIELDS, "") }
    unsafe body.withUnsafeBytes { bytes in
      options.note(
        unsafe curl_easy_set_pointer(
          pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress)))
    }
  }

  private func setMethod(_ request: OutgoingRequest) {
    if !request.body.isEmpty || request.method == .post { setBody(request.body) }
    switch request.method {
    case .head: options.set(CURLOPT_NOBODY, 1)
    case .get where request.body.isEmpty: options.set(CURLOPT_HTTPGET, 1)
    case .post: options.set(CURLOPT_POST, 1)
    default: options.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
  }

  private func setFields(_ fieldLines: [[UInt8]]) {
    for line in fieldLines {
      let longer = unsafe (line + [0]).withUnsafeBytes { bytes in
        unsafe curl_slist_append(lines, bytes.bindMemory(to: CChar.self).baseAddress)
      }
      guard let longer = unsafe longer else { return options.note(CURLE_OUT_OF_MEMORY) }
      unsafe lines = unsafe longer
    }
    options.note(unsafe curl_easy_set_list(pointer, CURLOPT_HTTPHEADER, lines))
  }

  /// Sets who takes the answer.
  ///
  /// - Parameters:
  ///   - number: comes back from `ConnectionPool.nextFinished()`.
  ///   - context: given to both functions; has to live until the handle is taken out of the multi handle.
  func setReceiver(
    number: UInt, context: UnsafeMutableRawPointer, line: curl_bytes_callback,
    body: curl_bytes_callback
  ) {
    options.note(unsafe curl_easy_set_pointer(pointer, CURLOPT_PRIVATE, .init(bitPattern: number)))
    options.note(unsafe curl_easy_set_callback(pointer, CURLOPT_HEADERFUNCTION, line))
    options.note(unsafe curl_easy_set_pointer(pointer, CURLOPT_HEADERDATA, context))
    options.note(unsafe curl_easy_set_callback(pointer, CURLOPT_WRITEFUNCTION, body))
    options.note(unsafe curl_easy_set_pointer(pointer, CURLOPT_WRITEDATA, context))
  }

  /// Lets a paused transfer go on. Calls the function that takes the body at once with what was held back.
  ///
  /// - Returns: nil, or why the transfer cannot go on.
  func goOn() -> CurlCode? {
    let code = unsafe curl_easy_pause(pointer, curl_pause_nothing)
    return code == CURLE_OK ? nil : CurlCode(code)
  }

  /// What is wanted of a server that is looked at.
  enum Purpose {
    case head
    /// Nothing is sent, and any certificate will do.
    case handshake
  }

  /// Keeps the certificates that come, and sets the limit that a multi handle's owner would watch over.
  func prepareToLook(for purpose: Purpose, limit: Duration) throws(HTTPClientError) {
    options.set(CURLOPT_CERTINFO, 1)
    options.set(CURLOPT_TIMEOUT_MS, limit.milliseconds)
    if purpose == .handshake {
      options.set(CURLOPT_CONNECT_ONLY, 1)
      options.set(CURLOPT_SSL_VERIFYPEER, 0)
      options.set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    try check()
  }

  /// Runs the transfer to its end on this thread.
  ///
  /// - Returns: nil when an answer came.
  func perform() -> CurlCode? {
    let code = unsafe curl_easy_perform(pointer)
    return code == CURLE_OK ? nil : CurlCode(code)
  }

  /// The server's certificates, its own first, as OpenSSL prints their parts: name and text.
  ///
  /// - Source: CURLINFO_CERTINFO(3).
  var certificates: [[String: String]] {
    var information: UnsafeMutableRawPointer?
    guard
      unsafe curl_easy_get_pointer(pointer, CURLINFO_CERTINFO, &information) == CURLE_OK,
      let chain = unsafe information?.assumingMemoryBound(to: curl_certinfo.self)
    else { return [] }
    return unsafe (0..<Int(chain.pointee.num_of_certs)).map { index in
      var parts: [String: String] = [:]
      var entry = unsafe chain.pointee.certinfo?[index]
      while let current = unsafe entry {
        if let data = unsafe current.pointee.data {
          let pair = unsafe String(cString: data).split(separator: ":", maxSplits: 1)
          if let name = pair.first, pair.count == 2 { parts[String(name)] = String(pair[1]) }
        }
        unsafe entry = current.pointee.next
      }
      return parts
    }
  }

  /// Whether any byte of a request left, over this or an earlier connection of the same transfer.
  var hasSent: Bool {
    number(CURLINFO_REQUEST_SIZE) > 0
  }

  /// The status of the last answer that arrived, or 0.
  var status: Int {
    number(CURLINFO_RESPONSE_CODE)
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe curl_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  private func check() throws(HTTPClientError) {
    guard options.failure == CURLE_OK else { throw .unreachable(CurlCode(options.failure)) }
  }
}
