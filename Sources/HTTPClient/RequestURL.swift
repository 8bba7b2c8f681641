// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// A URL that may be asked for, as libcurl itself reads it.
///
/// - Source: curl_url_set(3).
struct RequestURL {
  /// The longest URL, in bytes.
  static let limit = 16_384

  let text: String
  let isEncrypted: Bool

  /// - Parameter allowsPlainHTTP: also take `http` on a loopback host.
  init(_ text: String, allowsPlainHTTP: Bool) throws(HTTPClientError) {
    guard text.utf8.count <= Self.limit else {
      throw .invalidRequest("the URL is longer than \(Self.limit) bytes")
    }
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw .invalidRequest("the URL holds a byte that has to be percent-encoded")
    }
    let parts = try Self.parts(of: text)
    switch parts.scheme {
    case "https": isEncrypted = true
    case "http" where allowsPlainHTTP && Self.isLoopback(parts.host): isEncrypted = false
    default: throw .invalidRequest("the URL does not begin with https")
    }
    self.text = text
  }

  private static func parts(of text: String) throws(HTTPClientError) -> (
    scheme: String, host: String
  ) {
    guard let url = unsafe curl_url() else { throw .unreachable(CurlCode(CURLE_OUT_OF_MEMORY)) }
    defer { unsafe curl_url_cleanup(url) }
    guard
      unsafe curl_url_set(url, CURLUPART_URL, text, CUnsignedInt(CURLU_DISALLOW_USER)) == CURLUE_OK,
      let scheme = unsafe part(CURLUPART_SCHEME, of: url),
      let host = unsafe part(CURLUPART_HOST, of: url)
    else { throw .invalidRequest("the URL is not an absolute URL without user") }
    return (scheme, host)
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe curl_url_get(url, part, &text, 0) == CURLUE_OK, let text = unsafe text else {
      return nil
    }
    defer { unsafe curl_free(text) }
    return unsafe String(cString: text)
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "[::1]"
      || host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2e || (0x30...0x39).contains($0) }
  }
}
